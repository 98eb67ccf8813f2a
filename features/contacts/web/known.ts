import { readBook, type Book } from '@noroshi/features/directory/web';
import type { Id } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { contact, type Contact } from '../contact.ts';
import { favourites, type Favourites } from '../favourites.ts';
import { regions, type Region, type Regions } from '../regions.ts';

/** What this room holds on this device, with what waits in the outbox laid over it. */
export interface Kept {
  readonly contacts: readonly Contact[];
  /** On this device alone: 仮. */
  readonly waits: ReadonlySet<Id>;
  readonly favourites: readonly Id[];
  readonly regions: readonly Region[];
}

/** Reads the contacts that stand, one's favourites and the regions; works without a network. */
export async function readKept(stair: LowerEnd): Promise<Kept> {
  const { replica, actor } = stair;
  const [held, items] = await Promise.all([
    replica.db.doc.where('noun').anyOf([contact.noun, favourites.noun, regions.noun]).toArray(),
    replica.outbox.item.where('state').notEqual('refused').sortBy('order'),
  ]);
  const mine = items.filter(({ name }) => name.startsWith('contacts.'));
  const now: readonly Doc[] = mine.length === 0 ? held : await stair.overlay(held, mine);
  const before = new Map(held.map((doc): [string, Doc] => [`${doc.noun}/${doc.id}`, doc]));
  const of = <T>(noun: string): Doc<T>[] => now.filter((doc): doc is Doc<T> => doc.noun === noun);
  const contacts = of<Contact>(contact.noun).filter(({ value }) => !value.removed);
  return {
    contacts: contacts.map(({ value }) => value).toSorted((a, b) => (a.kana || a.name).localeCompare(b.kana || b.name, 'ja')),
    waits: new Set(contacts.filter((doc) => before.get(`${doc.noun}/${doc.id}`)?.value !== doc.value).map(({ id }) => id)),
    favourites: of<Favourites>(favourites.noun).find(({ id }) => id === actor.person)?.value.of ?? [],
    regions: of<Regions>(regions.noun)[0]?.value.regions ?? [],
  };
}

export interface Known extends Kept { readonly book: Book }

/** The same, and the directory. */
export async function readKnown(stair: LowerEnd): Promise<Known> {
  const [book, kept] = await Promise.all([readBook(stair), readKept(stair)]);
  return { book, ...kept };
}
