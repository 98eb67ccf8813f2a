import { incidentSays } from '@noroshi/features/incident';
import type { Key, Words } from '@noroshi/foundations/i18n';
import { fromLocal } from '@noroshi/foundations/kernel';
import type { Question, Value } from './form.ts';
import type { Sheet } from './sheet.ts';

/** What a survey is called. */
export const titleOf = ({ kind, title }: Pick<Sheet, 'kind' | 'title'>, { t }: Words): string => (kind === 'safety' ? t('survey.safety') : title);

/** The same where no mark of its own can stand beside it, on paper and in the name of a file: of a drill it says so first. */
export const markedTitleOf = (one: Pick<Sheet, 'kind' | 'title' | 'drill'>, words: Words): string => incidentSays({ name: titleOf(one, words), drill: one.drill ?? false }, words);

/** A question in words; those of the form that the house comes with stand in the language files. */
export const questionSays = (one: Question, { t }: Words): string => one.title || t(`survey.safety.${one.id}` as Key);

/** What can be chosen, in words. */
export function optionSays(question: Question, id: string, { t }: Words): string {
  if (question.kind === 'scale') return id.slice(1);
  return question.options?.find((one) => one.id === id)?.name || t(`survey.safety.${question.id}.${id}` as Key);
}

/** An answer in one line. */
export function valueSays(question: Question, value: Value | undefined, words: Words): string {
  const { t, moment } = words;
  if (value === undefined) return '';
  switch (question.kind) {
    case 'one': return optionSays(question, String(value), words);
    case 'many': return (value as string[]).map((id) => optionSays(question, id, words)).join(t('talk.and'));
    case 'table': return (question.options ?? []).flatMap(({ name }, n) => ((value as unknown[])[n] == null ? [] : [`${name} ${(value as unknown[])[n]}`])).join(t('talk.and'));
    case 'moment': { const at = fromLocal(String(value)); return at === undefined ? String(value) : moment(at); }
    case 'photo': return t('survey.photos', { n: (value as unknown[]).length });
    default: return String(value);
  }
}
