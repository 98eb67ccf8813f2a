/** Several incidents side by side. What is real is added up; a drill stands by itself and is in no sum. (A3) */
import type { Incident } from '@noroshi/features/incident';

/** 必要・決定・到着・不足, with what is beyond the need and who is home. */
export interface Figures { readonly needed: number; readonly committed: number; readonly arrived: number; readonly short: number; readonly surplus: number; readonly home: number }

/** One open incident: its own sums, absent where nobody has asked for anyone. */
export interface Told { readonly incident: Incident; readonly sums: Figures | undefined }

/** All that is open. */
export interface Together<T extends Told> {
  readonly real: readonly T[];
  readonly drills: readonly T[];
  /** Of the real ones together; absent where nobody has asked in any of them. */
  readonly sums: Figures | undefined;
}

/**
 * Parts what is real from what is a drill, the newest first, and adds up the real ones. Each figure by itself: what one incident
 * has too many does not fill another.
 */
export function together<T extends Told>(all: readonly T[]): Together<T> {
  const sorted = all.filter(({ incident }) => incident.closedAt === undefined).toSorted((a, b) => b.incident.openedAt - a.incident.openedAt);
  const [real, drills] = [sorted.filter(({ incident }) => !incident.drill), sorted.filter(({ incident }) => incident.drill)];
  const asked = real.flatMap(({ sums }) => (sums ? [sums] : []));
  const add = (figure: keyof Figures): number => asked.reduce((sum, one) => sum + one[figure], 0);
  return { real, drills, sums: asked.length === 0 ? undefined : { needed: add('needed'), committed: add('committed'), arrived: add('arrived'), short: add('short'), surplus: add('surplus'), home: add('home') } };
}
