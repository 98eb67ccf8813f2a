import { canonical } from '@noroshi/foundations/kernel';
import type { Details, Line } from './content.ts';

/** A line as someone writes it: one that is new has no number yet, nor does it say how many until someone has said so. */
export type DraftLine = Omit<Line, 'id' | 'count'> & { readonly id?: number; readonly count?: number | undefined };
/** The content of a request, as written or as it stands. */
export interface Written<L = DraftLine> { readonly lines: readonly L[]; readonly details: Details; readonly clockMinutes: number }

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** Field by field: what I have changed since `base` stays mine, all else is as it stands `now`. */
function merged<T extends object>(mine: T, base: T, now: T): T {
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(now)])] as (keyof T)[];
  return Object.fromEntries(keys.map((key) => [key, same(mine[key], base[key]) ? now[key] : mine[key]]).filter(([, value]) => value !== undefined)) as T;
}

/** Puts what was written upon one revision onto a newer one, so that nobody else's change is taken back by it. */
export function rebased(mine: Written, base: Written<Line>, now: Written<Line>): Written {
  const kept = now.lines.map((line): DraftLine => {
    const [written, before] = [mine.lines.find(({ id }) => id === line.id), base.lines.find(({ id }) => id === line.id)];
    return written && before ? merged<DraftLine>(written, before, line) : line;
  });
  return {
    lines: [...kept, ...mine.lines.filter(({ id }) => id === undefined)],
    details: merged(mine.details, base.details, now.details),
    clockMinutes: mine.clockMinutes === base.clockMinutes ? now.clockMinutes : mine.clockMinutes,
  };
}
