import type { Key, Words } from '@noroshi/foundations/i18n';
import type { Details, Line, Pledge } from './content.ts';

/** Codes whose words are `request.<group>.<code>`. */
const coded: Readonly<Record<string, string>> = {
  duty: 'duty', jobType: 'job', skills: 'skill', means: 'means', basis: 'basis', lodging: 'lodging', bring: 'bring', priority: 'priority', confirmed: 'confirmed', shift: 'shift',
};
const moments = new Set(['requestedAt', 'meetAt', 'neededBy', 'departs', 'arrives']);

/** A day such as `2018-07-07`, as it is said. */
export function dayInWords(day: string, { day: say }: Words): string {
  return say(Date.parse(`${day}T00:00:00+09:00`));
}

/** The name of a field of a request or of one of its lines. */
export const fieldName = (field: string, { t }: Words): string => t(`request.field.${field}` as Key);

/** One field's value, as people write it: for the page, the formal document and the list of changes. */
export function inWords(field: string, value: unknown, words: Words): string {
  const { t, moment } = words;
  if (value === undefined || value === null) return t('request.unset');
  if (coded[field]) return (Array.isArray(value) ? value : [value]).map((code) => t(`request.${coded[field]}.${code}` as Key)).join(words.language === 'ja' ? '・' : ', ');
  if (moments.has(field)) return moment(value as number);
  if (field === 'startDate' || field === 'endDate') return dayInWords(value as string, words);
  if (field === 'count') return t('request.people', { n: value as number });
  if (field === 'withdrawn') return value ? '✓' : '—';
  if (field === 'place') return (value as NonNullable<Details['place']>).name;
  if (field === 'receiver') {
    const { section, name, phone, otherName, otherPhone } = value as NonNullable<Details['receiver']>;
    return [[section, name, phone], [otherName, otherPhone]].map((part) => part.filter(Boolean).join(' ')).filter(Boolean).join('／');
  }
  if (field === 'waves') return (value as NonNullable<Line['waves']>).map((w, i) => t('request.wave', { n: i + 1, from: dayInWords(w.from, words), to: dayInWords(w.to, words) })).join('、');
  if (field === 'files') return (value as NonNullable<Details['files']>).map((f) => f.name).join('、');
  if (field === 'line') {
    const line = value as Line;
    return `${dutyInWords(line, words)} ${t('request.people', { n: line.count })}`;
  }
  return String(value);
}

/** The work of a line: its code's word, or what was written for その他. */
export function dutyInWords(line: Pick<Line, 'duty' | 'dutyText'>, { t }: Words): string {
  const word = t(`request.duty.${line.duty}` as Key);
  if (!line.dutyText) return word;
  return line.duty === 'other' ? line.dutyText : `${word}（${line.dutyText}）`;
}

/** The fields of the details in the order of the form. */
export const detailFields = [
  'requestedAt', 'means', 'basis', 'damage', 'reason', 'startDate', 'endDate', 'rotationDays', 'place', 'route', 'meetAt', 'meetPlace', 'receiver', 'commandedBy',
  'lodging', 'lodgingText', 'meals', 'transport', 'bring', 'bringText', 'provided', 'terms', 'costBearer', 'safety', 'priority', 'neededBy', 'files', 'confirmed',
] as const satisfies readonly (keyof Details)[];

export type { Pledge };
