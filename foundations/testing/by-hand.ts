import type { Actor } from '@noroshi/foundations/kernel';
import { down, pack, unpack, up, wireVersion, type Frame } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { inflateRawSync } from 'node:zlib';
import { freshId } from './small-house.ts';

/** Speaks the wire by hand. @returns what came down, but for the greeting */
export async function rawly(stair: Stair, who: Actor, frames: readonly Frame[], greet = true, wait = 100): Promise<Frame[]> {
  const came: Frame[] = [];
  const line = stair.open({ session: freshId(), actor: () => who, carrier: { send: (bytes) => came.push(...unpack(bytes)!), close: () => undefined, unsent: 0 } });
  if (greet) {
    await line.hear(pack([up.hello, wireVersion, new Uint8Array(16)]));
    await new Promise((turn) => setImmediate(turn));
    came.length = 0;
  }
  for (const frame of frames) await line.hear(pack(frame));
  await new Promise((done) => setTimeout(done, wait));
  line.gone();
  return came;
}

/** What someone is sent who was away since `after`, event by event. */
export async function caughtUp(stair: Stair, who: Actor, stream: number, after: number): Promise<Frame[]> {
  const batch = (await rawly(stair, who, [[up.fetch, stream, after]], true, 50)).find((frame) => frame[0] === down.batch && frame[1] === stream)!;
  const bytes = batch[5] as Uint8Array;
  return unpack(batch[4] === 1 ? inflateRawSync(bytes) : bytes)!;
}
