import type { Id, Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** There is one for all: lines are choked for everyone at once. */
const onlyOne = 'all';

/** Whether every device is asked to carry less, by whom and since when. */
export interface Congestion {
  readonly on: boolean;
  /** Who said so last, and for which organization. */
  readonly by: Id;
  readonly org: Id;
  readonly at: Moment;
}

/** Lines are choked, or are so no longer. Numbers 200 to 209 are this room's. */
export const declared = eventKind('congestion.declared', 200, z.object({ on: z.boolean() }));

export const congestion = noun<Congestion>('congestion').on(declared, () => onlyOne, (_now, { body, by, org, at }) => ({ on: body.on, by, org, at }));

/** What holds for everyone now; nothing where nobody has said anything yet. */
export const theCongestion = (): Ref<Congestion> => ref(congestion, onlyOne);
