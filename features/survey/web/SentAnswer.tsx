import type { OutboxItem } from '@noroshi/foundations/sync/web';
import { listed } from '@noroshi/foundations/i18n';
import { useLive, useWords } from '@noroshi/foundations/web';
import type { AnswerSaid } from '../answer.ts';
import { shownOf } from '../form.ts';
import { questionSays, titleOf, valueSays } from '../says.ts';
import { sheet as sheetNoun, type Sheet } from '../sheet.ts';

/** What was answered and not taken, in words: nothing of it is lost. */
export default function SentAnswer({ item }: { item: OutboxItem }) {
  const words = useWords();
  const said = item.input as AnswerSaid;
  const sheet = useLive((stair) => stair.replica.get<Sheet>(sheetNoun.noun, said.sheet), [said.sheet]);
  if (!sheet) return null;
  return <p><b>{titleOf(sheet, words)}</b>　{listed(shownOf(sheet.form, said.values).filter(({ id }) => said.values[id] !== undefined).map((one) => words.t('survey.told', { question: questionSays(one, words), answer: valueSays(one, said.values[one.id], words) })), words)}</p>;
}
