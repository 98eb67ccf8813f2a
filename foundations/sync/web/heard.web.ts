import type { StreamKey } from '@noroshi/foundations/sync';

/** The streams that this device hears on its line: their names by their numbers, and how far it holds each. */
export class Heard {
  readonly keys = new Map<number, StreamKey>();
  readonly heads = new Map<StreamKey, number>();
  /** Those that grew by live events since it was last told how far they have arrived, or been read. */
  readonly grown = new Set<StreamKey>();

  clear(): void {
    this.keys.clear();
    this.heads.clear();
  }
}
