import { nameIn, phoneKinds, type Organization, type Person, type Phone, type Post } from '@noroshi/features/directory';
import type { Words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { contactKinds, type Contact } from './contact.ts';
import { belowName, nameOf } from './says.ts';

/** A line of the list for the wall: who, what they are, and the numbers to try. */
export interface WallRow { readonly key: string; readonly name: string; readonly below: string; readonly numbers: readonly { readonly kind: string; readonly number: string }[] }
export interface WallGroup { readonly key: string; readonly title: string; readonly rows: readonly WallRow[] }

export interface WallChoice {
  /** Of which organization the people stand on it; of none, or of all. */
  readonly people: 'none' | 'own' | 'all';
  readonly outside: boolean;
  /** Mobile and home numbers of people: not everyone who passes a wall is to have them. */
  readonly privately: boolean;
}

/** What of the directory is needed: organizations and their people in the order of the book. */
interface Book { readonly organizations: readonly Organization[]; readonly peopleOf: (org: Id) => readonly Person[]; readonly postsOf: (person: Id) => readonly Post[] }

/** Numbers of an office; the others are somebody's own. */
const office: readonly Phone['kind'][] = phoneKinds.filter((kind) => kind !== 'mobile' && kind !== 'home');

/** Priority lines never leave the house (C1): they stand on no wall. */
const isShown = ({ kind, priority }: Phone, { privately }: WallChoice): boolean => !priority && (privately || office.includes(kind));

const peopleRows = (book: Book, org: Id, choice: WallChoice, { t }: Words): WallRow[] => book.peopleOf(org).filter(({ role }) => role !== 'guest').map((who) => ({
  key: who.id, name: who.name, below: book.postsOf(who.id).map(({ title }) => title).join(' '),
  numbers: who.phones.filter((one) => isShown(one, choice)).map(({ kind, number }) => ({ kind: t(`phone.${kind}`), number })),
}));

/**
 * What stands on the list for the wall, group by group: organizations in the order of the book, then contacts by kind. Groups of nobody are
 * left out. (AB11)
 * @param mine the organization of who prints it
 */
export function wallOf(book: Book, contacts: readonly Contact[], choice: WallChoice, mine: Id, words: Words): WallGroup[] {
  const { t, language } = words;
  const orgs = choice.people === 'none' ? [] : book.organizations.filter(({ id }) => choice.people === 'all' || id === mine);
  return [
    ...orgs.map((org): WallGroup => ({ key: org.id, title: nameIn(org, language), rows: peopleRows(book, org.id, choice, words) })),
    ...(choice.outside ? contactKinds : []).map((kind): WallGroup => ({
      key: kind, title: t(`contacts.kind.${kind}`),
      rows: contacts.filter((one) => one.kind === kind).map((one) => ({ key: one.id, name: nameOf(one, words), below: belowName(one), numbers: one.phones.map((line) => ({ kind: t(`contacts.line.${line.kind}`), number: line.number })) })),
    })),
  ].filter(({ rows }) => rows.length > 0);
}
