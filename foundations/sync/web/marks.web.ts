import { Dexie } from 'dexie';
import type { Moment } from '@noroshi/foundations/kernel';
import { mergeRead, nothingRead, type MarkRow, type Range, type StreamKey } from '@noroshi/foundations/sync';
import type { Replica } from './replica.web.ts';
import type { HeldMark } from './store.web.ts';

/**
 * Watermarks as the server has them; my own also settles what was shown.
 * @returns whether the unread below the floor must be counted anew, because more of them were read elsewhere
 */
export async function takeMarks(replica: Replica, no: number, rows: readonly MarkRow[], at: Moment, whole: boolean): Promise<boolean> {
  const { db } = replica;
  return db.transaction('rw', db.stream, db.mark, db.shown, async () => {
    const held = await db.stream.where('no').equals(no).first();
    if (!held) return false;
    // Frames may overtake each other, marks only grow: the union of both is right.
    const before = await db.mark.bulkGet(rows.map((row): [StreamKey, number] => [held.key, row[0]]));
    const now = rows.map((row, i) => joinedMark(before[i], markOf(held.key, row)));
    await db.mark.bulkPut(now);
    // One's own mark comes in any case; the others' only while the room is open.
    if (whole || (held.told !== undefined && rows.some((row) => row[0] !== held.myNo))) await db.stream.update(held.key, { told: at });
    const mine = now.find((mark) => mark.member === held.myNo);
    if (!mine) return false;
    const below = mine.read >= held.floor - 1 ? 0 : held.below;
    await db.stream.update(held.key, { read: mine.read, ranges: mine.ranges, below });
    const settled = (await db.shown.where('stream').equals(held.key).toArray()).filter((s) => s.ranges.every(([from, to]) => covers(mine, from, to)));
    await db.shown.bulkDelete(settled.map((s) => s.n!));
    const isBelow = (mark: { read: number; ranges: readonly Range[] }): string => JSON.stringify([Math.min(mark.read, held.floor - 1), mark.ranges.filter(([from]) => from < held.floor)]);
    return below > 0 && isBelow(mine) !== isBelow(held);
  });
}

/**
 * What a screen has shown, as it is told to the server: cut to what is held, and stretched over what is no message
 * (someone came, a name changed), which nobody is asked to read. So reading on without a gap makes one range.
 * @param exact what is read there are no messages: nothing is stretched (S55a)
 */
export async function asShown(replica: Replica, key: StreamKey, ranges: readonly Range[], exact?: boolean): Promise<Range[]> {
  const { db } = replica;
  const held = await db.stream.get(key);
  if (!held) return [];
  const stretched: Range[] = [];
  for (const [from, to] of ranges) {
    const last = Math.min(to, held.head);
    const first = Math.max(from, held.from, 1);
    if (last < first) continue;
    if (exact) {
      stretched.push([first, last]);
      continue;
    }
    let before = 0;
    for (const noun of replica.house.messageNouns) {
      const doc = await db.doc.where('[stream+noun+born]').between([key, noun, Dexie.minKey], [key, noun, first]).last();
      before = Math.max(before, doc?.born ?? 0);
    }
    stretched.push([Math.min(first, Math.max(before + 1, held.floor, held.from)), last]);
  }
  return stretched;
}

/** A mark as it came. */
export const markOf = (stream: StreamKey, [member, delivered, read, ranges, at]: MarkRow): HeldMark => ({ stream, member, delivered, read, ranges, at });
const covers = (mark: { read: number; ranges: readonly Range[] }, from: number, to: number): boolean =>
  to <= mark.read || mark.ranges.some(([a, b]) => a <= Math.max(from, mark.read + 1) && to <= b);

function joinedMark(before: HeldMark | undefined, now: HeldMark): HeldMark {
  if (!before) return now;
  const both = mergeRead(nothingRead, [[1, Math.max(before.read, now.read)], ...before.ranges, ...now.ranges]);
  return { ...now, read: both.read, ranges: both.ranges, delivered: Math.max(before.delivered, now.delivered), at: Math.max(before.at, now.at) };
}
