import type { Chronicled, Tells } from '@noroshi/foundations/chronicled';
import { listed, type Words } from '@noroshi/foundations/i18n';
import { builtIn, nameSays, unitSays } from './form.ts';
import { damageSheet, type DamageSheet, type Report } from './sheet.ts';

/** The reports of a town, for the chronology. */
export const damageChronicled = ({ incident, town, reports }: DamageSheet): Chronicled[] => reports.map((one, i): Chronicled => ({
  key: `damage/${one.id}`, at: one.at, by: one.by, org: one.org, about: [town], kind: 'damage',
  says: (words, names) => words.t('damage.chronicled', { town: names.org(town), rev: words.t('damage.rev', { n: i + 1 }), says: reportSays(one, words) }),
  href: `/damage/${incident}/${town}`,
}));

/** What is new in it: the figures in the form's order, 未確認 where nobody knows, and the words. */
function reportSays({ form, told, words: texts, called }: Report, words: Words): string {
  const { t, language } = words;
  const usual = form === builtIn.version ? builtIn.fields : [];
  // On a form that was set the report says itself what its figures are called.
  const named = told.filter(({ key }) => !usual.some((one) => one.key === key)).map(({ key }) => ({ key, name: called?.[key]?.name[language] ?? key, unit: called?.[key]?.unit?.[language] ?? '' }));
  const figures = [...usual.map((field) => ({ key: field.key, name: nameSays(field, words), unit: unitSays(field, words) })), ...named].flatMap(({ key, name, unit }) => {
    const n = told.find((one) => one.key === key)?.n;
    return n === undefined ? [] : [`${name} ${n === null ? t('damage.unknown') : `${n.toLocaleString('en')}${language === 'ja' ? unit : ''}`}`];
  });
  return listed([...figures, ...texts.map(({ text }) => text)].filter(Boolean), words) || t('damage.noChange');
}

/** The same, of whatever this room holds. */
export const damageTells: Tells<DamageSheet> = { noun: damageSheet.noun, told: (value, incident) => (value.incident === incident ? damageChronicled(value) : []) };
