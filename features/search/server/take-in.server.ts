import { organization, person, type Organization, type Person } from '@noroshi/features/directory';
import type { Names } from '@noroshi/foundations/chronicled';
import { shelves, type Finds } from '@noroshi/foundations/found';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { touched } from '@noroshi/foundations/sync';
import { docsByRef, eventsAfter, type Stair } from '@noroshi/foundations/sync/server';
import { setImmediate as turn } from 'node:timers/promises';
import { fold } from '../fold.ts';
import { aboutOf, behind, index, type Entry } from './search.store.ts';

const pageSize = 1_000;
/** Of a thing that tells about the stream itself, and is seen by all who see the stream, whenever they joined. */
const always = Number.MAX_SAFE_INTEGER;

/** Takes in what happened on all streams since their cursors. */
export async function takeIn(stair: Stair, found: readonly Finds[], isOver: () => boolean): Promise<void> {
  const { pool, house } = stair;
  const nouns = found.map(({ noun }) => house.nounByName.get(noun)!);
  const byNoun = new Map(found.map((finds) => [finds.noun, finds]));
  const names = namesOf(stair);
  const ja = words('ja', japanese);
  for (const stream of await behind(pool)) {
    for (let seen = stream.seen; seen < stream.head && !isOver();) {
      const events = await eventsAfter(pool, house, stream, seen, pageSize);
      if (events.length === 0) break;
      const refs = new Map(events.flatMap((event) => touched(nouns, event)).map((ref) => [`${ref.noun}\0${ref.id}`, ref]));
      const docs = refs.size > 0 ? await docsByRef(pool, [...refs.values()]) : [];
      const about = await aboutOf(pool, stream.no, docs.filter(({ noun }) => house.of?.has(noun)).map(({ born }) => born));
      seen = events.at(-1)!.seq;
      const entries: Entry[] = [];
      for (const doc of docs) {
        const { shelf, things } = byNoun.get(doc.noun)!;
        const shown = house.nounByName.get(doc.noun)!.always ? always : (about.get(doc.born) ?? doc.born);
        for (const { id, by, at = 0, words: says } of things(doc.value, doc.id, ja, names)) {
          const folded = fold(says).text;
          entries.push({ shelf: shelves.indexOf(shelf), noun: doc.noun, id, shown, by, at, words: says, folded: folded.trim() && folded });
          // A page of long messages takes seconds: whoever talks comes in between.
          await turn();
        }
      }
      await index(pool, stream.no, seen, entries);
    }
  }
}

/** What organizations and people are called, for the words of what names them. */
function namesOf({ memory }: Stair): Names {
  return {
    org: (id) => (memory.get(organization.noun, id)?.value as Organization | undefined)?.name ?? '',
    person: (id) => (memory.get(person.noun, id)?.value as Person | undefined)?.name ?? '',
  };
}
