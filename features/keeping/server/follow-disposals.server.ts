import { newId, systemActor } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { randomBytes } from 'node:crypto';
import { keptStream } from '../book.ts';
import { dispose, disposal, mostAtOnce, type Disposal } from '../disposal.ts';
import { nextToGo } from './due.store.ts';

/** Takes out what two have agreed on, until it is done or something holds it. What a stop has left, the next start takes up. */
export async function disposeAll(stair: Stair): Promise<void> {
  for (const { value } of stair.memory.of(keptStream, disposal.noun)) {
    const one = value as Disposal;
    const stream = stair.memory.streams.get(roomStream(one.room));
    if (one.state !== 'agreed' || !stream) continue;
    for (let after = 0, last = false; !last;) {
      const next = await nextToGo(stair.pool, stream.no, one.incident, after, one.at, mostAtOnce);
      last = next.length < mostAtOnce;
      after = next.at(-1)?.born ?? after;
      const input = { disposal: one.id, room: one.room, ...(one.incident === undefined ? {} : { incident: one.incident }), messages: next.map(({ id }) => id), last };
      // A new command each time: what it has done already it does not do twice, and a refusal of before is no answer to now.
      const answer = await stair.submit(systemActor, { id: newId(stair.now(), randomBytes(10)), name: dispose.deed, input });
      if (!answer.ok) break;
    }
  }
}
