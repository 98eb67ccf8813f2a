import { weighPath, weight } from '../weigh.ts';
import type { Measured } from '../tiers.ts';

/** On a line on which it takes longer, no picture is sent: it need not be known how much longer (milliseconds). */
const patience = 5_000;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return Math.max(1, performance.now() - from);
};
/** Kilobits a second, of so many bytes in so many milliseconds beside the way there and back. */
const rate = (bytes: number, ms: number, way: number): number => (bytes * 8) / Math.max(1, ms - way);

/**
 * Measures this device's line with our own server, by a few bytes there and back and by as many as a second of pictures each way.
 * @returns what it bears at most; nothing where it could not be measured
 */
export async function measure(signal: AbortSignal): Promise<Measured | undefined> {
  if (signal.aborted) return undefined;
  // An AbortSignal of two is more than iOS 16 has.
  const ending = new AbortController();
  const end = (): void => ending.abort();
  signal.addEventListener('abort', end);
  let isLate = false;
  const ringing = setTimeout(() => {
    isLate = true;
    end();
  }, patience);
  const asks = async (bytes: number, init: RequestInit = {}): Promise<void> => {
    const answer = await fetch(`${weighPath}?n=${bytes}`, { ...init, cache: 'no-store', signal: ending.signal });
    if (!answer.ok) throw new Error(`the measurement was answered with ${answer.status}`);
    await answer.arrayBuffer();
  };
  let way = patience;
  try {
    // The first opens the connection, and is not counted.
    await asks(1);
    way = Math.min(await timed(() => asks(1)), await timed(() => asks(1)));
    const down = await timed(() => asks(weight));
    const up = await timed(() => asks(1, { method: 'POST', body: new Blob([new Uint8Array(weight)], { type: 'application/octet-stream' }) }));
    return { way, down: rate(weight, down, way), up: rate(weight, up, way) };
  } catch {
    // Not done in time: it bears no more than that.
    return isLate && !signal.aborted ? { way, down: rate(weight, patience, 0), up: 0 } : undefined;
  } finally {
    clearTimeout(ringing);
    signal.removeEventListener('abort', end);
  }
}
