import type { Range } from '@noroshi/foundations/sync';

/** One message as it stands on the screen: its number, the one before it that this device holds, and where it is (CSS pixels). */
export interface Standing {
  readonly born: number;
  /** The number of the message before it; events between the two are no messages and count as shown with it. */
  readonly after: number;
  readonly top: number;
  readonly bottom: number;
}

/** The part of the screen in which words can be read: not behind the head or the composer. */
export interface Area { readonly top: number; readonly bottom: number }

interface Seen { since: number | undefined; long: boolean; end: boolean }

/** How long something must stand on the screen to have been read (milliseconds). */
export const readAfter = 1_000;

/**
 * When a message counts as read: when half of it, or half a screen of it, was on a focused, visible screen for one
 * second, and its end was shown. What a jump skipped never stood there and is not read.
 */
export class Reading {
  readonly #seen = new Map<number, Seen>();
  readonly #read = new Set<number>();

  /**
   * Looks at the screen.
   * @param now milliseconds of a clock that does not jump
   * @param looking whether the screen is focused and visible, and nothing lies over it
   * @returns what was read just now, as ranges, and when to look again if nothing moves
   */
  look(now: number, looking: boolean, rows: readonly Standing[], area: Area): { read: Range[]; again: number | undefined } {
    const read: Range[] = [];
    const here = new Set<number>();
    let again: number | undefined;
    const screen = area.bottom - area.top;
    for (const { born, after, top, bottom } of rows) {
      if (this.#read.has(born)) continue;
      const visible = Math.min(bottom, area.bottom) - Math.max(top, area.top);
      if (visible <= 0 || !looking || screen <= 0) continue;
      let seen = this.#seen.get(born);
      if (!seen) this.#seen.set(born, (seen = { since: undefined, long: false, end: false }));
      // A pixel's breadth is lost where positions are rounded.
      if (bottom <= area.bottom + 1) seen.end = true;
      if (visible >= Math.min(bottom - top, screen) / 2 - 1) {
        here.add(born);
        seen.since ??= now;
        if (now - seen.since >= readAfter) seen.long = true;
        else again = Math.min(again ?? Infinity, seen.since + readAfter);
      }
      if (!seen.long || !seen.end) continue;
      this.#read.add(born);
      this.#seen.delete(born);
      read.push([after + 1, born]);
    }
    for (const [born, seen] of this.#seen) if (!here.has(born)) seen.since = undefined;
    return { read: joined(read), again };
  }
}

/** Ranges that touch, as one. */
export function joined(ranges: readonly Range[]): Range[] {
  const all: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}
