import type { Id } from '@noroshi/foundations/kernel';
import { figuresOf } from './figures.ts';
import type { DamageSheet } from './sheet.ts';

/** A figure of several towns together. */
export interface Total {
  /** Of those who told a number; nothing where nobody has. Silence is no number, and neither is 未確認. */
  readonly sum: number | undefined;
  /** How many towns told a number, */
  readonly told: number;
  /** how many said that they do not know yet, */
  readonly unknown: number;
  /** and of how many numbers nobody is sure. */
  readonly unconfirmed: number;
}

/** What several towns have reported together, and how many of them have. */
export interface Totals { readonly reported: number; readonly of: number; readonly total: (key: string) => Total }

/**
 * Adds up what towns have reported. (D7)
 * @param sheets those of one incident: real and drill are never added up, since nothing is that belongs to another incident
 * @param towns those that could have reported
 */
export function totalsOf(incident: Id, sheets: readonly DamageSheet[], towns: readonly Id[]): Totals {
  const those = sheets.filter((sheet) => sheet.incident === incident && towns.includes(sheet.town) && sheet.reports.length > 0);
  const figures = those.map(({ reports }) => figuresOf(reports));
  return {
    reported: those.length,
    of: towns.length,
    total(key) {
      const all = figures.flatMap((one) => one.get(key) ?? []);
      const numbers = all.flatMap(({ n }) => (n === null ? [] : [n]));
      return {
        sum: numbers.length === 0 ? undefined : Math.round(numbers.reduce((sum, n) => sum + n, 0) * 1_000) / 1_000,
        told: numbers.length, unknown: all.length - numbers.length, unconfirmed: all.filter(({ n, confirmed }) => n !== null && !confirmed).length,
      };
    },
  };
}

/** Who is hit and has not reported this long after the opening is 未報告. (D8) */
export const firstWithin = 30 * 60_000;
