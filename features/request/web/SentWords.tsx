import { useWords } from '@noroshi/foundations/web';
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import type { Asked } from './asked-again.ts';
import { dutyOf } from './words.ts';

/** What a request asked for that the server did not take: it stands where it was asked, until it is sent again or put away. */
export default function SentWords({ item }: { item: OutboxItem }) {
  const words = useWords();
  const { lines, details = {} } = item.input as Asked;
  const says = [details.place?.name, details.reason, details.damage].filter(Boolean);
  return (
    <>
      {words.t('request.title')}　{words.beside(lines.map((line) => `${dutyOf(line, words)} ${words.t('request.people', { n: line.count })}`))}
      {says.map((one) => <span key={one}><br />{one}</span>)}
    </>
  );
}
