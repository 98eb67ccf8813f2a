import type { Words } from '@noroshi/foundations/i18n';
import { fieldsFor, nameSays, unitSays, type Form, type FormField, type Forms } from './form.ts';
import { figuresOf } from './figures.ts';
import type { DamageSheet, Told } from './sheet.ts';
import type { Total, Totals } from './totals.ts';

/** `1,234` */
export const numberSays = (n: number): string => n.toLocaleString('en', { maximumFractionDigits: 3 });

/** 標準の様式（第1版） */
export const formSays = ({ version, name }: Form, { t }: Words): string => t('damage.form.version', { name: name ?? t('damage.form.builtIn'), n: version });

/** 全壊（棟） */
export const fieldSays = (field: FormField, words: Words): string => words.t('damage.fieldUnit', { name: nameSays(field, words), unit: unitSays(field, words) });

/** A figure as it was told; 未確認, 未報告 where it was not. */
export const figureSays = (told: Pick<Told, 'n'> | undefined, { t }: Words): string => (told === undefined ? t('damage.notReported') : told.n === null ? t('damage.unknown') : numberSays(told.n));

/** A sum, and how much of it is not known: never 0 where nobody said so. */
export function totalSays({ sum, unknown }: Total, { t }: Words): string {
  if (sum === undefined) return t(unknown > 0 ? 'damage.unknown' : 'damage.notReported');
  return unknown > 0 ? t('damage.sumUnknown', { sum: numberSays(sum), n: unknown }) : numberSays(sum);
}

/** What one wants to know first. */
const atAGlance = ['dead', 'missing', 'destroyed.buildings', 'halfDestroyed.buildings', 'floodedAbove.buildings'];

/** 死者 1・不明 未確認・全壊 3: a town's damage in a short line. */
export function glanceSays({ reports }: DamageSheet, forms: Forms, words: Words): string {
  const figures = figuresOf(reports);
  return words.beside([
    words.t('damage.rev', { n: reports.length }),
    ...fieldsFor(forms, new Set(figures.keys())).filter(({ key }) => atAGlance.includes(key) && figures.has(key)).map((field) => `${nameSays(field, words)} ${figureSays(figures.get(field.key), words)}`),
  ]);
}

/** 3/5市町が報告, 死者 2, 全壊 30 …: all that was told together, what one wants to know first. What nobody has told is not in it, and is not 0. */
export function overallSays(totals: Totals, forms: Forms, words: Words): readonly string[] {
  const { t } = words;
  return [t('damage.reported', { n: totals.reported, of: totals.of }), ...fieldsFor(forms, new Set(atAGlance)).filter(({ key }) => atAGlance.includes(key)).flatMap((field) => {
    const total = totals.total(field.key);
    return total.told + total.unknown === 0 ? [] : [`${nameSays(field, words)} ${totalSays(total, words)}`];
  })];
}
