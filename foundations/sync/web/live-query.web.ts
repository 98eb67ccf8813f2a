import { Dexie, liveQuery as dexies, rangesOverlap, type ObservabilitySet, type Observable } from 'dexie';

/** One who watches: what they read now and until when, and what they have read; undefined while they read, and where it has failed. */
interface Reader { reads: ObservabilitySet; until: AbortSignal; read: ObservabilitySet | undefined }

// By Dexie's own names for them; a test tells should they change. Each who watches has one `requery`, and each reading one `subscr` and one `signal`.
const { Promise: scope } = Dexie as unknown as { Promise: { PSD: { subscr: ObservabilitySet; requery: Reader; signal: AbortSignal } } };
/** Who has just begun to read: whoever asks in this very turn to be told of what is written. Nothing else watches a store but what is here. */
let begun: Reader;

const { storagemutated } = Dexie.on;
const { subscribe } = storagemutated;
storagemutated.subscribe = (told) => {
  const reader = begun;
  // Who watches no longer is let go of with the next writing.
  const spared = (parts: ObservabilitySet): void => {
    if (reader.until.aborted) storagemutated.unsubscribe(spared);
    else if (!reader.read || overlap(reader.read, parts)) told(parts);
  };
  subscribe(spared);
};

/**
 * Watches what this device holds: asked anew whenever something is written that it has read. Dexie's own adds up whatever is
 * written to any store since it was last asked, and compares all of that with what it has read, at each writing: on a screen
 * that watches thirty things each of ten thousand writings goes into thirty trees that only grow. Here one is told of what it
 * has read, and, while it reads, of everything.
 */
export function liveQuery<T>(query: () => T | PromiseLike<T>): Observable<T> {
  // Dexie follows what is read after the first `await` only in what it recognizes as an async function.
  return dexies(async () => {
    const { subscr, requery, signal } = scope.PSD;
    begun = Object.assign(requery, { reads: subscr, until: signal, read: undefined });
    const value = await query();
    // Asked anew meanwhile, the later reading is what counts.
    if (requery.reads === subscr) requery.read = subscr;
    return value;
  });
}

/** Whether of one anything lies in the other, as Dexie compares them. */
const overlap = (read: ObservabilitySet, written: ObservabilitySet): unknown => read.all || written.all || Object.keys(read).some((part) => written[part] && rangesOverlap(written[part], read[part]!));
