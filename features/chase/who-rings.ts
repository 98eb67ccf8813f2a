import type { Id } from '@noroshi/foundations/kernel';
import type { Ringing } from './ringing.ts';

/** Who but this person rings them now, by any card. What is only a drill holds up nothing real. */
export const otherWhoRings = (now: Ringing | undefined, me: Id, drill: boolean): Id | undefined =>
  now?.held.find((one) => one.by !== me && (drill || !one.drill))?.by;
