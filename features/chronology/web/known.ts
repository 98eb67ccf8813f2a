import { nameIn, organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { sorted } from '@noroshi/features/directory/web';
import { incident, type Incident } from '@noroshi/features/incident';
import type { Names } from '@noroshi/foundations/chronicled';
import type { Language } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { entry, type Entry } from '../entry.ts';
import { instruction, type Instruction } from '../instruction.ts';

/** What people wrote, as it will be when the outbox has been heard. */
export interface Book {
  readonly entries: readonly Entry[];
  readonly instructions: ReadonlyMap<Id, Instruction>;
  /** What is on this device alone: 仮. Its number may still change. */
  readonly waiting: ReadonlySet<Id>;
}

/** Reads all of it, of every incident. */
export async function readEntries(stair: LowerEnd): Promise<Book> {
  const [entries, instructions, items] = await Promise.all([
    stair.replica.all<Entry>(entry.noun), stair.replica.all<Instruction>(instruction.noun), waitingItems(stair),
  ]);
  const docs: readonly Doc[] = [...entries, ...instructions] as Doc[];
  const now = items.length > 0 ? await stair.overlay(docs, items) : docs;
  const held = new Set(entries.map(({ id }) => id));
  return {
    entries: now.filter((doc): doc is Doc<Entry> => doc.noun === entry.noun).map(({ value }) => value),
    instructions: new Map(now.filter((doc): doc is Doc<Instruction> => doc.noun === instruction.noun).map(({ id, value }) => [id, value])),
    waiting: new Set(items.map(({ id }) => id).filter((id) => !held.has(id))),
  };
}

/** Instructions alone, and their entries one by one: a Home that stands all day does not read thousands of lines for three that wait. */
export async function readInstructions(stair: LowerEnd, wanted: (one: Instruction) => boolean): Promise<readonly { readonly entry: Entry; readonly order: Instruction }[]> {
  const [held, items] = await Promise.all([stair.replica.all<Instruction>(instruction.noun), waitingItems(stair)]);
  const now = items.length > 0 ? await stair.overlay(held as Doc[], items) : (held as Doc[]);
  const found = await Promise.all(now.filter((doc): doc is Doc<Instruction> => doc.noun === instruction.noun && wanted(doc.value as Instruction)).map(async ({ id, value }) => {
    const of = (now.find((doc) => doc.noun === entry.noun && doc.id === id)?.value as Entry | undefined) ?? (await stair.replica.get<Entry>(entry.noun, id));
    return of ? [{ entry: of, order: value }] : [];
  }));
  return found.flat();
}

const waitingItems = (stair: LowerEnd) => stair.replica.outbox.item.filter(({ name, state }) => name.startsWith('chronology.') && state !== 'refused').sortBy('order');

/** Whom and what the lines speak of. */
export interface Around {
  /** Open ones, real before drills, the newest first; those that are over behind them. */
  readonly incidents: readonly Incident[];
  readonly organizations: readonly Organization[];
  readonly people: readonly Person[];
  readonly names: Names;
}

/** @param wanted stands first, whatever it is */
export async function readAround(stair: LowerEnd, language: Language, wanted?: Id): Promise<Around> {
  const [organizations, people, incidents] = await Promise.all([stair.replica.all<Organization>(organization.noun), stair.replica.all<Person>(person.noun), stair.replica.all<Incident>(incident.noun)]);
  const [orgs, persons] = [new Map(organizations.map(({ id, value }) => [id, value])), new Map(people.map(({ id, value }) => [id, value]))];
  return {
    incidents: incidents.map(({ value }) => value).toSorted((a, b) => Number(b.id === wanted) - Number(a.id === wanted)
      || Number(a.closedAt !== undefined) - Number(b.closedAt !== undefined) || Number(a.drill) - Number(b.drill) || b.openedAt - a.openedAt),
    organizations: sorted([...orgs.values()]),
    people: [...persons.values()].toSorted((a, b) => (a.kana < b.kana ? -1 : 1)),
    names: { org: (id) => nameIn(orgs.get(id), language), person: (id) => persons.get(id)?.name ?? '' },
  };
}
