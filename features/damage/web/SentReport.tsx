import { useWords } from '@noroshi/foundations/web';
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import type { Key } from '@noroshi/foundations/i18n';
import { formOf } from '../form.ts';
import type { ReportSaid } from '../report.ts';
import { fieldSays, figureSays } from '../says.ts';

/** What a report said that the server did not take: it stands where it was asked, until it is sent again or put away. */
export default function SentReport({ item }: { item: OutboxItem }) {
  const words = useWords();
  const { told, words: texts = [], form } = item.input as ReportSaid;
  return (
    <>
      {words.t('damage.title')}　{told.map((one) => {
        const field = formOf(form)?.fields.find(({ key }) => key === one.key);
        return `${field ? fieldSays(field, words) : one.key} ${figureSays(one, words)}`;
      }).join('・')}
      {texts.filter(({ text }) => text).map(({ key, text }) => <span key={key}><br />{words.t(`damage.words.${key}` as Key)} {text}</span>)}
    </>
  );
}
