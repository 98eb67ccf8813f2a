import { wallTime, type Id } from '@noroshi/foundations/kernel';
import { lateAfter, saidAtLine } from '@noroshi/foundations/parcel';
import type { StreamKey } from '@noroshi/foundations/sync';
import type { EventLine } from './form.ts';
import type { Head, Values } from './parcel-says.ts';

/** A line of the hotline itself in a talk. */
const noted = 41;

/** What was said late, and whose time is to stand in the talk: it is told with the words, by the same command. */
interface Late { readonly id: Id; readonly time: string; readonly wrong: () => void }

/**
 * When something was said by the clock over there, held against what the talk tells of it. The time of an event itself is of the house that took it in:
 * of that its log and its checkpoints tell.
 */
export class SaidAt {
  readonly #late = new Map<StreamKey, Late>();
  /** Whether a line of the talk is shown wherever the words are. */
  readonly #isShown: boolean;

  constructor(isShown: boolean) {
    this.#isShown = isShown;
  }

  /** Words were taken in under this head. @param wrong told when the talk gives another time, or none */
  said({ stream, id, at }: EventLine, head: Head, wrong: () => void): void {
    if (at - head.at >= lateAfter) this.#late.set(stream, { id, time: wallTime(head.at), wrong });
    else this.#late.set(stream, { id, time: '', wrong });
  }

  /** The next event of a stream: the lines that go with words come behind them, before anything else. */
  next({ stream, id, kind }: EventLine, { line, params }: Values): void {
    const late = this.#late.get(stream);
    if (!late) return;
    if (late.id !== id) return this.#close(stream, late);
    // Of a line that is hidden nothing is known.
    if (kind !== noted || line === undefined) return void (kind === noted && this.#late.delete(stream));
    if (line !== saidAtLine) return;
    this.#late.delete(stream);
    if (typeof params !== 'object' || params === null || !('time' in params) || params.time !== late.time) late.wrong();
  }

  #close(stream: StreamKey, { time, wrong }: Late): void {
    this.#late.delete(stream);
    if (time !== '' && this.#isShown) wrong();
  }

  end(): void {
    for (const [stream, late] of this.#late) this.#close(stream, late);
  }
}
