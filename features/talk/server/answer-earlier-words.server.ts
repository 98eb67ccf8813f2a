import { mostEarlier } from '@noroshi/features/talk';
import { refused, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import type { Asking } from '@noroshi/foundations/sync/server';
import { versionsOf, type Version } from './talk.store.ts';

/** What a message said before. What the asker may not see, or what was withdrawn, is answered as if it did not exist. */
export async function answerEarlierWords({ actor, sight, stair }: Asking, input: { room: Id; message: Id }): Promise<{ words: Version[]; more: boolean } | Refusal> {
  const key = roomStream(input.room);
  const stay = sight.get(key);
  const stream = stair.memory.streams.get(key);
  if (!stay || !stream) return refused('talk.roomNotFound');
  const all = await versionsOf(stair.pool, stream.no, input.message, stay.visibleFrom, mostEarlier);
  // The door may have closed while this was read.
  if (!stair.memory.maySee(actor.person, key)) return refused('talk.roomNotFound');
  if (!all) return refused('talk.messageNotFound');
  return { words: all.versions.slice(0, -1), more: all.times > mostEarlier };
}
