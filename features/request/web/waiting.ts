import type { Moment } from '@noroshi/foundations/kernel';
import type { DispatchRequest, Stage } from '../dispatch-request.ts';
import { sumsOf } from '../sums.ts';
import { hasSpoken, isOver, overdue } from './duties.ts';

/** Whose word a request waits for, and until when: what everyone who sees it may know. */
export interface Waiting {
  readonly tier: Stage['tier'];
  readonly due?: Moment;
  /** The primary let its time pass and has said nothing since. */
  readonly late?: boolean;
}

/** The clocks of a request that still run, and the one that ran out unanswered; the nearest of each tier. */
export function waitingFor(request: DispatchRequest): Waiting[] {
  if (isOver(request)) return [];
  const found = new Map<string, Waiting>();
  const add = (one: Waiting): void => {
    const key = `${one.tier}/${one.late ?? false}`;
    const before = found.get(key);
    if (!before || (one.due ?? 0) < (before.due ?? 0)) found.set(key, one);
  };
  for (const l of sumsOf(request).lines) {
    const { tier, due } = request.stages[l.line.id] ?? {};
    if (l.short === 0 || !tier) continue;
    const late = hasSpoken(request, l) ? undefined : overdue(request, l.line.id);
    if (late !== undefined) add({ tier: 'primary', due: late, late: true });
    add({ tier, ...(due === undefined || tier === 'headquarters' ? {} : { due }) });
  }
  const order = ['primary', 'secondaries', 'headquarters'];
  return [...found.values()].toSorted((a, b) => order.indexOf(a.tier) - order.indexOf(b.tier));
}
