import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Measured, MeasuredAct } from '@noroshi/foundations/measured';
import type { Event, StreamKey } from '@noroshi/foundations/sync';

/** Something that somebody did in a drill, as an event tells it. */
export interface Act { readonly act: MeasuredAct; readonly at: Moment; readonly org: Id; readonly by: Id; readonly stream: StreamKey; /** The message that was answered. */ readonly message?: Id }

/** The acts among events, as the rooms of the house say. */
export const actsIn = (events: readonly Event<any>[], rooms: readonly Measured[]): Act[] => events.flatMap((event) => {
  const { at, by, stream } = event;
  for (const { act } of rooms) {
    const found = act?.(event);
    if (found) return [{ at, by, stream, ...found }];
  }
  return [];
});
