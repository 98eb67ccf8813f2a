import type { Key, Words } from '@noroshi/foundations/i18n';
import type { Details } from '../content.ts';

/** The details in the order in which they are read: on the page, in the form and on paper. */
export const detailFields = [
  'reason', 'damage', 'place', 'route', 'neededBy', 'priority', 'confirmed', 'startDate', 'endDate', 'rotationDays', 'meetAt', 'meetPlace',
  'receiver', 'commandedBy', 'lodging', 'lodgingText', 'meals', 'transport', 'bring', 'bringText', 'provided', 'safety', 'terms', 'costBearer', 'basis', 'means', 'requestedAt',
] as const satisfies readonly (keyof Details)[];
export type DetailField = (typeof detailFields)[number];

/** What a field is called. */
export const fieldName = (field: string, { t }: Words): string => t(`request.field.${field}` as Key);

/** What a field says, in words. Codes have their words in the language files; moments are told at the prefecture's clock. */
export function fieldValue(field: string, value: unknown, words: Words): string {
  const { t, moment, language } = words;
  const join = (all: readonly string[]): string => all.join(language === 'ja' ? '・' : ', ');
  if (value === undefined || value === null) return '';
  if (field === 'neededBy' || field === 'meetAt' || field === 'requestedAt') return moment(value as number);
  if (field === 'count') return t('request.people', { n: value as number });
  if (field === 'place') return (value as { name: string }).name;
  if (field === 'receiver') {
    const { section, name, phone, otherName, otherPhone } = value as NonNullable<Details['receiver']>;
    return [section, name, phone, otherName, otherPhone].filter(Boolean).join(' ');
  }
  if (field === 'waves') return join((value as readonly { from: string; to: string }[]).map((w) => `${w.from}–${w.to}`));
  if (field === 'files') return join((value as readonly { name: string }[]).map((f) => f.name));
  if (field === 'withdrawn') return t('request.lineWithdrawn');
  if (field === 'rotationDays') return t('request.days', { n: value as number });
  if (field === 'clockMinutes') return t('request.minutes', { n: value as number });
  if (field === 'duty') return t(`request.duty.${value as string}` as Key);
  if (field === 'jobType') return t(`request.job.${value as string}` as Key);
  if (field === 'shift') return t(`request.shift.${value as string}` as Key);
  if (field === 'skills') return join((value as readonly string[]).map((one) => t(`request.skill.${one}` as Key)));
  if (['lodging', 'means', 'priority', 'confirmed'].includes(field)) return t(`request.${field}.${value as string}` as Key);
  if (field === 'basis' || field === 'bring') return join((value as readonly string[]).map((one) => t(`request.${field}.${one}` as Key)));
  return String(value);
}
