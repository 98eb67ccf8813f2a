import { message, type Message } from '@noroshi/features/talk';
import { refused, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import { docsByRef, type Asking } from '@noroshi/foundations/sync/server';

/** When each member was first shown a message. What the asker may not see is answered as if it did not exist. */
export async function answerReaders({ sight, stair }: Asking, input: { room: Id; message: Id }): Promise<{ asOf: Moment; times: { person: Id; at: Moment }[] } | Refusal> {
  const key = roomStream(input.room);
  const stay = sight.get(key);
  const stream = stair.memory.streams.get(key);
  if (!stay || !stream) return refused('talk.roomNotFound');
  const doc = (stair.memory.get(message.noun, input.message) ?? (await docsByRef(stair.pool, [{ noun: message.noun, id: input.message }]))[0]) as Doc<Message> | undefined;
  if (!doc || doc.stream !== key || !stair.memory.isVisible(doc, stay)) return refused('talk.messageNotFound');
  const asOf = stair.now();
  const times = await stair.marks.readTimes(stream.no, doc.born);
  return { asOf, times: [...times].flatMap(([no, at]) => {
    const who = stream.byNo.get(no);
    return who ? [{ person: who.person, at }] : [];
  }) };
}
