import { nameIn, organization, person, type Organization, type Person } from '@noroshi/features/directory';
import type { Names } from '@noroshi/foundations/chronicled';
import type { Finds, Shown } from '@noroshi/foundations/found';
import type { Words } from '@noroshi/foundations/i18n';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Hit } from './hit.ts';

/** A hit, and what it is called where its room says so. */
export interface Row extends Hit { readonly shown?: Shown }

/** What organizations and people are called. */
export async function namesHere({ replica }: LowerEnd, { language }: Words): Promise<Names> {
  const [orgs, people] = await Promise.all([replica.all<Organization>(organization.noun), replica.all<Person>(person.noun)]);
  const [org, who] = [new Map(orgs.map(({ id, value }) => [id, value])), new Map(people.map(({ id, value }) => [id, value.name]))];
  return { org: (id) => nameIn(org.get(id), language), person: (id) => who.get(id) ?? '' };
}

/** What was found, as its rooms call it. What this device does not hold yet stands there with its words alone. */
export function rowsOf({ replica }: LowerEnd, found: readonly Finds[], hits: readonly Hit[], words: Words, names: Names): Promise<Row[]> {
  /** A thing by its id, itself or as a part of another. */
  const valueOf = async ({ noun, things }: Finds, id: string): Promise<unknown> =>
    (await replica.get(noun, id)) ?? (await replica.all(noun)).find((doc) => things(doc.value, doc.id, words, names).some((thing) => thing.id === id))?.value;
  const opens = async (of: string, room: string | undefined): Promise<string | undefined> => {
    for (const finds of found) {
      const value = finds.shows ? await replica.get(finds.noun, of) : undefined;
      const href = value ? finds.shows!(value, of, words, names, room).href : undefined;
      if (href) return href;
    }
    return room && `/talk/${room}?m=${of}`;
  };
  return Promise.all(hits.map(async (hit): Promise<Row> => {
    const finds = found.find(({ noun }) => noun === hit.noun);
    if (finds?.opens) return { ...hit, shown: { title: words.t(`search.shelf.${finds.shelf}`), href: finds.opens(hit.id, hit.at, hit.room) } };
    const value = finds?.shows ? await valueOf(finds, hit.id) : undefined;
    if (!value) return hit;
    const shown = finds!.shows!(value, hit.id, words, names, hit.room);
    const href = shown.href ?? (shown.of && (await opens(shown.of, hit.room)));
    return { ...hit, shown: { ...shown, ...(href ? { href } : {}) } };
  }));
}
