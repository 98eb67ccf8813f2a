import { idTime, type Moment } from '@noroshi/foundations/kernel';
import type { Key, Words } from '@noroshi/foundations/i18n';
import type { Details, Line, LineWords, Pledge } from './content.ts';

/** The details in the order in which they are read: on the page and on paper. */
export const detailFields = [
  'reason', 'damage', 'damageReport', 'place', 'route', 'neededBy', 'priority', 'confirmed', 'startDate', 'endDate', 'rotationDays', 'meetAt', 'meetPlace',
  'receiver', 'commandedBy', 'lodging', 'lodgingText', 'meals', 'transport', 'bring', 'bringText', 'provided', 'safety', 'terms', 'costBearer', 'basis', 'means',
  'requestedAt', 'files',
] as const satisfies readonly (keyof Details)[];
export type DetailField = (typeof detailFields)[number];

/** What a line says beside its work and its number, in the order in which it is read. */
export const lineFields = ['jobType', 'skills', 'skillsText', 'genderNeed', 'shift', 'waves', 'substitutes'] as const satisfies readonly (keyof LineWords)[];
export type LineField = (typeof lineFields)[number];

/** What an answer says beside its number. */
export const pledgeFields = ['departs', 'arrives', 'leader', 'staff', 'vehicles', 'lodgingNeeded', 'cost', 'conditions', 'note'] as const satisfies readonly (keyof Pledge)[];
export type PledgeField = (typeof pledgeFields)[number];

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

/** When a message was written: its id tells. */
export const reportedAt = (message: string): Moment => idTime(message);

/** One field's value, as people write it: for the page, the formal document and the list of changes. */
export function inWords(field: string, value: unknown, words: Words): string {
  const { t, moment, beside } = words;
  if (value === undefined || value === null) return t('request.unset');
  if (coded[field]) return beside((Array.isArray(value) ? value : [value]).map((code) => t(`request.${coded[field]}.${code}` as Key)));
  if (moments.has(field)) return moment(value as number);
  if (field === 'damageReport') return t('request.damageReport.told', { time: moment(reportedAt(value as string)) });
  if (field === 'startDate' || field === 'endDate') return dayInWords(value as string, words);
  if (field === 'rotationDays') return t('request.days', { n: value as number });
  if (field === 'clockMinutes') return t('request.minutes', { n: value as number });
  if (field === 'count') return t('request.people', { n: value as number });
  if (field === 'withdrawn') return t('request.lineWithdrawn');
  if (field === 'place') {
    const { name, lat, lon } = value as NonNullable<Details['place']>;
    return lat === undefined || lon === undefined ? name : t('request.placeAt', { name, point: pointInWords({ lat, lon }) });
  }
  if (field === 'receiver') {
    const { section, name, phone, otherName, otherPhone } = value as NonNullable<Details['receiver']>;
    return [[section, name, phone], [otherName, otherPhone]].map((part) => part.filter(Boolean).join(' ')).filter(Boolean).join('／');
  }
  if (field === 'waves') return beside((value as NonNullable<Line['waves']>).map((w, i) => t('request.wave', { n: i + 1, from: dayInWords(w.from, words), to: dayInWords(w.to, words) })));
  if (field === 'files') return beside((value as NonNullable<Details['files']>).map((f) => (f.caption ? t('request.fileOf', { name: f.name, caption: f.caption }) : f.name)));
  if (field === 'line') {
    const line = value as Line;
    return `${dutyInWords(line, words)} ${t('request.people', { n: line.count })}`;
  }
  return String(value);
}

/** A place on earth as one can type it again: 33.36291, 132.51108. */
export const pointInWords = ({ lat, lon }: { lat: number; lon: number }): string => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

/** The work of a line: its code's word, or what was written for その他. */
export function dutyInWords(line: Pick<Line, 'duty' | 'dutyText'>, { t }: Words): string {
  const word = t(`request.duty.${line.duty}` as Key);
  if (!line.dutyText) return word;
  return line.duty === 'other' ? line.dutyText : `${word}（${line.dutyText}）`;
}

/** What an answer says beside its number, field by field; what was not said is left out. */
export function pledgeInWords(pledge: Pledge, words: Words): { readonly field: PledgeField; readonly name: string; readonly says: string }[] {
  const { t } = words;
  const says: Record<PledgeField, string | undefined> = {
    departs: pledge.departs === undefined ? undefined : inWords('departs', pledge.departs, words),
    arrives: pledge.arrives === undefined ? undefined : inWords('arrives', pledge.arrives, words),
    leader: [pledge.leader, pledge.leaderPhone].filter(Boolean).join(' '),
    staff: pledge.staff?.map((one) => staffInWords(one, words)).join('\n'),
    vehicles: pledge.vehicles,
    lodgingNeeded: pledge.lodgingNeeded === undefined ? undefined : t(pledge.lodgingNeeded ? 'request.lodgingNeeded.yes' : 'request.lodgingNeeded.no'),
    cost: pledge.cost, conditions: pledge.conditions, note: pledge.note,
  };
  return pledgeFields.flatMap((field) => (says[field] ? [{ field, name: t(`request.pledge.${field}`), says: says[field] }] : []));
}

/** One of the staff in a line: name, section, post, kind, skills, telephone. */
export function staffInWords({ name, section, post, jobType, skills, phone }: NonNullable<Pledge['staff']>[number], words: Words): string {
  const kind = words.beside([jobType && inWords('jobType', jobType, words), skills?.length && inWords('skills', skills, words)]);
  return [name, section, post, kind && `（${kind}）`, phone].filter(Boolean).join(' ');
}

/** A date with its era in Japanese: 平成30年7月7日. */
export function dateInWords(at: Moment, { language }: Words): string {
  const locale = language === 'ja' ? 'ja-JP-u-ca-japanese' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Tokyo', ...(language === 'ja' ? { era: 'long' as const } : {}), year: 'numeric', month: 'long', day: 'numeric' }).format(at);
}
