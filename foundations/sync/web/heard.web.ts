import type { StreamKey } from '@noroshi/foundations/sync';

/** The streams that this device hears on its line: their names by their numbers, and how far it holds each. */
export class Heard {
  readonly keys = new Map<number, StreamKey>();
  readonly heads = new Map<StreamKey, number>();

  clear(): void {
    this.keys.clear();
    this.heads.clear();
  }
}
