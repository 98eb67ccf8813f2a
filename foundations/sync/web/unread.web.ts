import type { Collection } from 'dexie';
import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, member as memberNoun, memberId, mergeRead, nothingRead, type House, type Member, type Range, type StreamKey, type Watermark } from '@noroshi/foundations/sync';
import type { ReplicaDb } from './store.web.ts';

/** What is held, by which house, for whom. */
interface UnreadNeeds { readonly db: ReplicaDb; readonly house: House; readonly person: Id }

/** How many messages of a stream I have not been shown, counting what waits to be confirmed as shown. */
export function unread({ db, house, person }: UnreadNeeds, key: StreamKey): Promise<number> {
  // In one look: a mark that is being confirmed is neither shown nor read for a moment, between two.
  return db.transaction('r', db.stream, db.doc, db.shown, async () => {
    const held = await db.stream.get(key);
    const me = held && ((await db.doc.get([memberNoun.noun, memberId(key, person)]))?.value as Member | undefined);
    if (!held || !me || !currentStay(me)) return 0;
    const shown = (await db.shown.where('stream').equals(key).toArray()).flatMap((s) => s.ranges);
    const mark = { delivered: 0, read: held.read, ranges: [...held.ranges, ...shown] };
    let unread = 0;
    // Counted on the indexes, gap by gap: a talk of ten thousand is not read to be counted.
    for (const [from, to] of gaps(me, mark, Math.max(held.read + 1, held.floor))) {
      for (const noun of house.messageNouns) {
        unread += await countOf(db.doc.where('[stream+noun+born]').between([key, noun, from], [key, noun, to], true, true));
        unread -= await countOf(db.doc.where('[stream+noun+value.by+born]').between([key, noun, person, from], [key, noun, person, to], true, true));
      }
      unread -= await db.doc.where('[stream+value.quiet+born]').between([key, 1, from], [key, 1, to], true, true).filter(({ value }) => (value as { by: Id }).by !== person).count();
    }
    return unread + held.below;
  });
}

/** Up to so many are counted one by one. */
const few = 50;

/**
 * How many lie there. Of a mere count Dexie must suppose that a change of anything may have changed it, and every room would
 * be counted anew whenever one of them hears something: what is few is counted by its keys, which are known.
 */
async function countOf(there: Collection): Promise<number> {
  const keys = await there.clone().limit(few).primaryKeys();
  return keys.length < few ? keys.length : there.count();
}

/** Where someone's reading is asked and they have not been shown it: between their marks, within their stays. */
function gaps(who: Member, mark: Watermark, first: number): Range[] {
  const stays = who.stays.map((stay): Range => [Math.max(stay.countedFrom, first), stay.until ?? Number.MAX_SAFE_INTEGER]);
  const read = mergeRead(nothingRead, [[1, mark.read], ...mark.ranges]);
  const open: Range[] = [];
  let from = read.read + 1;
  for (const [a, b] of read.ranges) {
    open.push([from, a - 1]);
    from = b + 1;
  }
  open.push([from, Number.MAX_SAFE_INTEGER]);
  return open.flatMap(([a, b]) => stays.map(([c, d]): Range => [Math.max(a, c), Math.min(b, d)])).filter(([a, b]) => a <= b);
}
