import type { Id, Moment, Refusal } from '@noroshi/foundations/kernel';
import { isRefusal, type Asking } from '@noroshi/foundations/sync/server';
import { messageAskedFor } from './the-message.server.ts';

/** When each member was first shown a message. What the asker may not see is answered as if it did not exist. */
export async function answerReaders(asking: Asking, input: { room: Id; message: Id }): Promise<{ asOf: Moment; times: { person: Id; at: Moment }[] } | Refusal> {
  const { stair } = asking;
  const found = await messageAskedFor(asking, input);
  if (isRefusal(found)) return found;
  const { doc, stream } = found;
  const asOf = stair.now();
  const times = await stair.marks.readTimes(stream.no, doc.born);
  return { asOf, times: [...times].flatMap(([no, at]) => {
    const who = stream.byNo.get(no);
    return who ? [{ person: who.person, at }] : [];
  }) };
}
