import { seekable, seeks, type Seekable } from '@noroshi/features/directory/seek';
import type { Organization, Person } from '@noroshi/features/directory';
import type { Contact } from './contact.ts';

/** Something of the address book, and what it is found by: made ready once, compared at each key. */
export interface Indexed<T> { readonly it: T; readonly by: Seekable }

const both = (a: Seekable, b: Seekable): Seekable => ({ words: `${a.words}\n${b.words}`, readings: `${a.readings}\n${b.readings}`, numbers: `${a.numbers}\n${b.numbers}` });

/** What all people of an organization are found by: read once for all of them. */
export const organizationBy = ({ name, short, kana, romaji }: Organization): Seekable => seekable([name, short], [kana, romaji]);

/**
 * A person is found by their name, their posts and what these do, their organization, their numbers. A priority line is no word to look for.
 * @param posts titles, and duties in words
 * @param org as `organizationBy` has it
 */
export const personBy = (who: Person, posts: readonly string[], org: Seekable): Seekable =>
  both(seekable([who.name, ...posts], [who.kana], who.phones.filter(({ priority }) => !priority).map(({ number }) => number)), org);

/** A contact is found by all that stands on its card, and by what it is: whoever types 病院 means all of them. */
export const contactBy = (one: Contact, kindSays: string): Seekable =>
  seekable([one.name, kindSays, one.desk ?? '', one.person ?? '', one.place ?? '', one.note ?? '', one.email ?? ''], [one.kana, one.personKana ?? ''], one.phones.map(({ number }) => number));

/** All that is meant by what was typed, in the order of the book. */
export function findIn<T>(index: readonly Indexed<T>[], typed: string): T[] {
  const isMeant = seeks(typed);
  return index.filter(({ by }) => isMeant(by)).map(({ it }) => it);
}
