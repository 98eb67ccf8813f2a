import { refused, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { hasRead, isCounted } from '@noroshi/foundations/sync';
import { isRefusal, type Asking } from '@noroshi/foundations/sync/server';
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
    if (who.person === doc.value.by || !isCounted(who, doc.born)) continue;
    of += 1;
    if (!hasRead(marks.get(who.no), doc.born)) people.push(who.person);
  }
  return { asOf: stair.now(), of, people };
}
