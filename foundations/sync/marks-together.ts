import type { Range } from './watermark.ts';

/** One member's watermark: number in the stream, delivered, read, ranges, when it last moved. */
export type MarkRow = readonly [member: number, delivered: number, read: number, ranges: readonly Range[], at: number];
/** Whose mark it is: one member's, by number; some members'; or many, as bits (bit `n` of the bytes, lowest first: member `n`). */
export type Whose = number | readonly number[] | Uint8Array;
/** Marks that are alike, told once. */
export type JointMarks = readonly [whose: Whose, delivered: number, read: number, ranges: readonly Range[], at: number];

/** Tells marks that are alike together: when a whole room has read one message, a byte holds eight of its members. */
export function together(rows: readonly MarkRow[]): JointMarks[] {
  const alike = new Map<string, { row: MarkRow; members: number[] }>();
  for (const row of rows) {
    const key = row.slice(1).join('/');
    const found = alike.get(key);
    if (found) found.members.push(row[0]);
    else alike.set(key, { row, members: [row[0]] });
  }
  return [...alike.values()].map(({ row: [, ...mark], members }) => [whose(members), ...mark]);
}

function whose(members: readonly number[]): Whose {
  if (members.length === 1) return members[0]!;
  const size = (members.reduce((most, no) => Math.max(most, no), 0) >> 3) + 1;
  // As a list, a number takes one byte up to 127, and two or three beyond.
  if (members.reduce((sum, no) => sum + (no < 128 ? 1 : no < 256 ? 2 : 3), 0) <= size) return members;
  const bits = new Uint8Array(size);
  for (const no of members) bits[no >> 3]! |= 1 << (no & 7);
  return bits;
}

/** The same, one for each member. */
export const apart = (rows: readonly JointMarks[]): MarkRow[] => rows.flatMap(([whose, ...mark]) => membersIn(whose).map((no): MarkRow => [no, ...mark]));

function membersIn(whose: Whose): readonly number[] {
  if (typeof whose === 'number') return [whose];
  if (!(whose instanceof Uint8Array)) return whose;
  const members: number[] = [];
  whose.forEach((byte, at) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) members.push(at * 8 + bit);
  });
  return members;
}
