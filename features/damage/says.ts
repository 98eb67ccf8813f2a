import type { Key, Words } from '@noroshi/foundations/i18n';
import type { FormField } from './form.ts';
import { formNow } from './form.ts';
import { figuresOf } from './figures.ts';
import type { DamageSheet, Told } from './sheet.ts';
import type { Total, Totals } from './totals.ts';

/** `1,234` */
export const numberSays = (n: number): string => n.toLocaleString('en', { maximumFractionDigits: 3 });

/** 全壊（棟） */
export const fieldSays = ({ name, unit }: FormField, { t }: Words): string => t('damage.fieldUnit', { name: t(`damage.field.${name}` as Key), unit: t(`damage.unit.${unit}` as Key) });

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
export function glanceSays({ reports }: DamageSheet, words: Words): string {
  const figures = figuresOf(reports);
  return [
    words.t('damage.rev', { n: reports.length }),
    ...formNow.fields.filter(({ key }) => atAGlance.includes(key) && figures.has(key)).map(({ key, name }) => `${words.t(`damage.field.${name}` as Key)} ${figureSays(figures.get(key), words)}`),
  ].join('・');
}

/** 3/5市町が報告, 死者 2, 全壊 30 …: all that was told together, what one wants to know first. What nobody has told is not in it, and is not 0. */
export function overallSays(totals: Totals, words: Words): readonly string[] {
  const { t } = words;
  return [t('damage.reported', { n: totals.reported, of: totals.of }), ...formNow.fields.filter(({ key }) => atAGlance.includes(key)).flatMap(({ key, name }) => {
    const total = totals.total(key);
    return total.told + total.unknown === 0 ? [] : [`${t(`damage.field.${name}` as Key)} ${totalSays(total, words)}`];
  })];
}
