import { message, type Message } from '@noroshi/features/talk';
import { refused, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import { docsByRef, type Asking, type StreamMemory } from '@noroshi/foundations/sync/server';

/** A message that is asked about, and its room. What the asker may not see is answered as if it did not exist. */
export async function messageAskedFor({ sight, stair }: Asking, input: { room: Id; message: Id }): Promise<{ doc: Doc<Message>; stream: StreamMemory } | Refusal> {
  const key = roomStream(input.room);
  const stay = sight.get(key);
  const stream = stair.memory.streams.get(key);
  if (!stay || !stream) return refused('talk.roomNotFound');
  const doc = (stair.memory.get(message.noun, input.message) ?? (await docsByRef(stair.pool, [{ noun: message.noun, id: input.message }]))[0]) as Doc<Message> | undefined;
  if (!doc || doc.stream !== key || !stair.memory.isVisible(doc, stay)) return refused('talk.messageNotFound');
  return { doc, stream };
}
