import type { Chronicled, Tells } from '@noroshi/foundations/chronicled';
import type { Key, Words } from '@noroshi/foundations/i18n';
import { formOf } from './form.ts';
import { damageSheet, type DamageSheet, type Report } from './sheet.ts';

/** The reports of a town, for the chronology. */
export const damageChronicled = ({ incident, town, reports }: DamageSheet): Chronicled[] => reports.map((one, i): Chronicled => ({
  key: `damage/${one.id}`, at: one.at, by: one.by, org: one.org, about: [town], kind: 'damage',
  says: (words, names) => words.t('damage.chronicled', { town: names.org(town), rev: words.t('damage.rev', { n: i + 1 }), says: reportSays(one, words) }),
  href: `/damage/${incident}/${town}`,
}));

/** What is new in it: the figures in the form's order, 未確認 where nobody knows, and the words. */
function reportSays({ form, told, words: texts }: Report, words: Words): string {
  const { t, language } = words;
  const fields = formOf(form)?.fields ?? [];
  const figures = fields.flatMap(({ key, name, unit }) => {
    const n = told.find((one) => one.key === key)?.n;
    return n === undefined ? [] : [`${t(`damage.field.${name}` as Key)} ${n === null ? t('damage.unknown') : `${n.toLocaleString('en')}${language === 'ja' ? t(`damage.unit.${unit}` as Key) : ''}`}`];
  });
  return [...figures, ...texts.map(({ text }) => text)].filter(Boolean).join(language === 'ja' ? '、' : ', ') || t('damage.noChange');
}

/** The same, of whatever this room holds. */
export const damageTells: Tells<DamageSheet> = { noun: damageSheet.noun, told: (value, incident) => (value.incident === incident ? damageChronicled(value) : []) };
