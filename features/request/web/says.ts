import { inMinutes, type Words } from '@noroshi/foundations/i18n';
import type { LineSums, Sums } from '../sums.ts';
import { dutyOf } from './words.ts';

// What cards and pages say of a request's numbers and hours. Not what the first screen needs: that is in `words.ts`.

/** How long past its time somebody is, in words. */
export function lateSays(due: number, now: number, words: Words): string {
  const n = Math.max(0, Math.floor((now - due) / 60_000));
  return n === 0 ? words.t('request.lateNow') : inMinutes('request.late', n, words);
}

/** What stands in the place of 不足: both where one line has too many and another too few, so that the sums add up. */
export function shortSays({ short, surplus }: Pick<Sums, 'short' | 'surplus'>, { t, beside }: Words): string {
  return beside([(short > 0 || surplus === 0) && `${t('request.short')} ${short}`, surplus > 0 && `${t('request.surplus')} ${surplus}`]);
}

/** A line's squares in words. */
export const unitsSay = (line: LineSums, words: Words): string =>
  words.t(line.home > 0 ? 'request.units.home' : 'request.units', { duty: dutyOf(line.line, words), needed: line.needed, committed: line.committed, arrived: line.arrived, home: line.home });

/** A line's numbers beside its name: 不足 and 余剰 both where people are left over from a wave that was cut. */
export function lineSays({ committed, short, surplus, home }: LineSums, { t, beside }: Words): string {
  return beside([
    t(surplus > 0 && short === 0 ? 'request.line.surplus' : 'request.line.sums', { committed, short, surplus }),
    surplus > 0 && short > 0 && `${t('request.surplus')} ${surplus}`, home > 0 && `${t('request.home')} ${home}`,
  ]);
}
