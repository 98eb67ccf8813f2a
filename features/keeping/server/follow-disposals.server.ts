import { newId, systemActor, type Id } from '@noroshi/foundations/kernel';
import { roomStream, workspaceStream } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { randomBytes } from 'node:crypto';
import { keptStream } from '../book.ts';
import { dispose, disposal, mostAtOnce, type Disposal } from '../disposal.ts';
import { standingIn, type DueApart, type Standing } from './due-things.ts';
import { nextToGo } from './due.store.ts';

/**
 * Takes out what two have agreed on, until it is done or something holds it. What a stop has left, the next start takes up.
 * @param apart what no node has at hand
 */
export async function disposeAll(stair: Stair, apart: readonly DueApart[]): Promise<void> {
  for (const { value } of stair.memory.of(keptStream, disposal.noun)) {
    const one = value as Disposal;
    const key = one.room === undefined ? workspaceStream : roomStream(one.room);
    const stream = stair.memory.streams.get(key);
    if (one.state !== 'agreed' || !stream) continue;
    const about = { disposal: one.id, ...(one.room === undefined ? {} : { room: one.room }), ...(one.incident === undefined ? {} : { incident: one.incident }) };
    // A new command each time: what it has done already it does not do twice, and a refusal of before is no answer to now.
    const goes = async (more: { messages: Id[]; things?: Standing['thing'][]; last: boolean }): Promise<boolean> =>
      (await stair.submit(systemActor, { id: newId(stair.now(), randomBytes(10)), name: dispose.deed, input: { ...about, ...more } })).ok;
    let going = true;
    for (let after = 0, more = one.room !== undefined; going && more;) {
      const next = await nextToGo(stair.pool, stream.no, one.incident, after, one.at, mostAtOnce);
      more = next.length === mostAtOnce;
      after = next.at(-1)?.born ?? after;
      if (next.length > 0) going = await goes({ messages: next.map(({ id }) => id), last: false });
    }
    for (const of of one.room === undefined || one.incident !== undefined ? [] : apart) {
      for (let after = 0, more = true; going && more;) {
        const next = await of.next(stair.pool, stream.no, after, one.at, mostAtOnce);
        more = next.length === mostAtOnce;
        after = next.at(-1)?.born ?? after;
        if (next.length > 0) going = await goes({ messages: [], things: next.map(({ id }) => ({ noun: of.noun, id })), last: false });
      }
    }
    const things = [...standingIn(stair.memory, key)].filter(({ incident, at }) => incident === one.incident && at < one.at).map(({ thing }) => thing);
    for (let from = 0; going && (from === 0 || from < things.length); from += mostAtOnce) {
      going = await goes({ messages: [], things: things.slice(from, from + mostAtOnce), last: from + mostAtOnce >= things.length });
    }
  }
}
