import type { Names } from '@noroshi/foundations/chronicled';
import { shelves, type Finds } from '@noroshi/foundations/found';
import type { Words } from '@noroshi/foundations/i18n';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { excerptOf, fold, terms } from '../fold.ts';
import type { Hit, Shelved, Wanted } from './hit.ts';

/** Searches what this device holds, for when there is no line. @param limit so many of each shelf */
export async function searchHere({ replica }: LowerEnd, found: readonly Finds[], { text, shelf, room, by, from, until }: Wanted, words: Words, names: Names, limit = 50): Promise<Shelved[]> {
  const all = terms(text);
  if (all.length === 0) return [];
  const has = (says: string): boolean => {
    const folded = fold(says).text;
    return all.every((term) => folded.includes(term));
  };
  const told = await Promise.all(shelves.filter((one) => !shelf || one === shelf).map(async (one): Promise<Shelved> => {
    const hits: (Hit & { readonly says: string })[] = [];
    for (const { noun, things } of found.filter((finds) => finds.shelf === one)) {
      for (const { id, stream, value } of await replica.all(noun)) {
        if (room && stream !== `r:${room}`) continue;
        for (const thing of things(value, id, words, names)) {
          if ((by && thing.by !== by) || (from !== undefined && (thing.at ?? 0) < from) || (until !== undefined && (thing.at ?? until) >= until) || !has(thing.words)) continue;
          hits.push({ noun, id: thing.id, ...(stream.startsWith('r:') ? { room: stream.slice(2) } : {}), ...(thing.by ? { by: thing.by } : {}), ...(thing.at === undefined ? {} : { at: thing.at }), says: thing.words, excerpt: { text: '', marks: [] } });
        }
      }
    }
    const newest = hits.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0) || (a.id < b.id ? 1 : -1)).slice(0, limit);
    return { shelf: one, count: hits.length, more: false, hits: newest.map(({ says, ...hit }) => ({ ...hit, excerpt: excerptOf(says, all) })) };
  }));
  return told.filter(({ count }) => count > 0);
}
