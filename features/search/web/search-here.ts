import { message, type Message } from '@noroshi/features/talk';
import type { Doc } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { excerptOf, fold, terms } from '../fold.ts';
import { wordsOf } from '../words-of.ts';
import type { Hit } from './hit.ts';

/** Searches what this device holds, for when there is no line. */
export async function searchHere(stair: LowerEnd, wanted: { text: string; room?: string | undefined; by?: string | undefined; from?: number | undefined; until?: number | undefined }, limit = 50): Promise<Hit[]> {
  const all = terms(wanted.text);
  if (all.length === 0) return [];
  const docs: Doc<Message>[] = await stair.replica.all<Message>(message.noun);
  return docs
    .filter(({ value, stream }) => (!wanted.room || stream === `r:${wanted.room}`) && (!wanted.by || value.by === wanted.by) && (!wanted.from || value.at >= wanted.from) && (!wanted.until || value.at < wanted.until))
    .map((doc) => ({ doc, words: wordsOf(doc.value) }))
    .filter(({ words }) => {
      const { text } = fold(words);
      return all.every((term) => text.includes(term));
    })
    .toSorted((a, b) => b.doc.value.at - a.doc.value.at)
    .slice(0, limit)
    .map(({ doc, words }) => ({ id: doc.value.id, room: doc.stream.slice(2), by: doc.value.by, at: doc.value.at, excerpt: excerptOf(words, all) }));
}
