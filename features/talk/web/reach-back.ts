import { roomStream } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { ask, useLine, useLive, useStair } from '@noroshi/foundations/web';
import { useEffect, useRef } from 'preact/hooks';
import { stillAsked } from '../still-asked.ts';

/** Messages in one page of older ones, and how many pages are fetched of one room at most. */
const inOne = 200;
const most = 25;

/**
 * Brings what still waits for an answer onto this device, however long ago it was said: a snapshot holds the newest messages
 * alone, and what is not here is no duty on any screen. Whatever lies between comes with it, since a talk has no holes.
 */
export function useReachBack(): void {
  const stair = useStair();
  const line = useLine();
  const floors = useLive(async ({ replica }) => ((await replica.isWhole()) ? new Map((await replica.db.stream.toArray()).map(({ key, floor }) => [key, floor])) : undefined), []);
  const before = useRef<ReadonlyMap<string, number>>(new Map());
  const online = line.state === 'open';
  useEffect(() => {
    if (!online || !floors) return;
    // A snapshot begins a room anew, and its floor goes up; older pages only let it down.
    const isNew = [...floors].some(([key, floor]) => floor > (before.current.get(key) ?? 0));
    before.current = floors;
    if (isNew) void reachBack(stair);
  }, [stair, online, floors]);
}

/** The same once, for a device that is on the line. */
export async function reachBack(stair: LowerEnd, asks = ask): Promise<void> {
  const told = await asks(stillAsked, {});
  if (!told.ok) return;
  for (const { room, born } of told.value.rooms) {
    const key = roomStream(room);
    const floor = async (): Promise<number> => (await stair.replica.db.stream.get(key))?.floor ?? 0;
    for (let at = await floor(), pages = 0; at > born && pages < most; pages++) {
      await stair.older(key, inOne);
      const now = await floor();
      if (now >= at) break;
      at = now;
    }
  }
}
