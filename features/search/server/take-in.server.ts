import { message, type Message } from '@noroshi/features/talk';
import { touched, type Doc } from '@noroshi/foundations/sync';
import { docsByRef, eventsAfter, type Stair } from '@noroshi/foundations/sync/server';
import { behind, index } from './search.store.ts';

const pageSize = 1_000;

/** Takes in what was said on all streams since their cursors. */
export async function takeIn({ pool, house }: Stair, isOver: () => boolean): Promise<void> {
  for (const stream of await behind(pool)) {
    for (let seen = stream.seen; seen < stream.head && !isOver();) {
      const events = await eventsAfter(pool, house, stream, seen, pageSize);
      if (events.length === 0) break;
      const ids = new Set(events.flatMap((event) => touched([message], event).map((ref) => ref.id)));
      const docs = await docsByRef(pool, [...ids].map((id) => ({ noun: message.noun, id })));
      seen = events.at(-1)!.seq;
      await index(pool, stream.no, seen, docs as Doc<Message>[]);
    }
  }
}
