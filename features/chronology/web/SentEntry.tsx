import { useWords } from '@noroshi/foundations/web';
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import type { Said } from '../enter.ts';

/** What someone wrote and the server did not take: it stands where it was asked, until it is sent again or put away. */
export default function SentEntry({ item }: { item: OutboxItem }) {
  const { t, moment } = useWords();
  const { kind, on, content } = item.input as Said;
  return <>{t('chronology.title')}　{t(`chronology.kind.${kind}`)}　{moment(on)}<br />{content}</>;
}
