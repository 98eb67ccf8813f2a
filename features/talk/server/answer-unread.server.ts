import { refused, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import { isRefusal, type Asking } from '@noroshi/foundations/sync/server';
import { isAskedToRead, isUnread } from '../asked-to-read.ts';
import type { Message } from '../message.ts';
import { messageAskedFor } from './the-message.server.ts';

/** Who is asked to read a message and has not been shown it. From the marks at hand: the tables are not asked. */
export async function answerUnread(asking: Asking, input: { room: Id; message: Id }): Promise<{ asOf: Moment; of: number; people: Id[] } | Refusal> {
  const { actor, stair } = asking;
  const found = await messageAskedFor(asking, input);
  if (isRefusal(found)) return found;
  const { doc, stream } = found;
  const marks = await stair.marks.of(stream.no);
  // The door may have closed while the marks were read.
  if (!stair.memory.maySee(actor.person, stream.key)) return refused('talk.roomNotFound');
  const people: Id[] = [];
  let of = 0;
  for (const who of stream.byNo.values()) {
    const mark = marks.get(who.no);
    if (!isAskedToRead(doc as Doc<Message>, who, mark)) continue;
    of += 1;
    if (isUnread(doc as Doc<Message>, who, mark)) people.push(who.person);
  }
  return { asOf: stair.now(), of, people };
}
