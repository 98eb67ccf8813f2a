import { useLive, useWords } from '@noroshi/foundations/web';
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import type { ReportSaid } from '../report.ts';
import { formsWith, usualForms, wordsSay } from '../form.ts';
import { damageForm, type FormSet } from '../form-set.ts';
import { fieldSays, figureSays } from '../says.ts';

/** What a report said that the server did not take: it stands where it was asked, until it is sent again or put away. */
export default function SentReport({ item }: { item: OutboxItem }) {
  const words = useWords();
  const { told, words: texts = [], form } = item.input as ReportSaid;
  const forms = useLive(async ({ replica }) => formsWith((await replica.all<FormSet>(damageForm.noun)).map(({ value }) => value)), []) ?? usualForms;
  const written = forms.of(form);
  return (
    <>
      {words.t('damage.title')}　{words.beside(told.map((one) => {
        const field = written?.fields.find(({ key }) => key === one.key);
        return `${field ? fieldSays(field, words) : one.key} ${figureSays(one, words)}`;
      }))}
      {texts.filter(({ text }) => text).map(({ key, text }) => <span key={key}><br />{wordsSay(written?.words.find((one) => one.key === key) ?? { key, forms: [] }, words)} {text}</span>)}
    </>
  );
}
