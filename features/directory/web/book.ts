import { sorted } from './sorted.ts';
import { organization, type Organization } from '../organization.ts';
import { person, type Person } from '../person.ts';
import { post, type Post } from '../post.ts';
import type { Language } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';

/** The directory as this device holds it. */
export interface Book {
  readonly organizations: readonly Organization[];
  readonly people: readonly Person[];
  readonly posts: readonly Post[];
  readonly orgOf: (id: Id) => Organization | undefined;
  readonly personOf: (id: Id | undefined) => Person | undefined;
  /** Someone's posts, the highest first. */
  readonly postsOf: (person: Id) => readonly Post[];
  /** An organization's people who are not disabled: by the rank of their posts, then by their reading. */
  readonly peopleOf: (org: Id) => readonly Person[];
}

/** An organization's name for a reader: in Latin letters for those who read English. */
export const nameFor = (language: Language, org: Organization | undefined): string => (language === 'en' ? org?.romaji || org?.name : org?.name) ?? '';

/** People as this device knows them, with what was said of their absence and has not gone up yet. */
async function withWaiting(stair: LowerEnd): Promise<Doc<Person>[]> {
  const [people, items] = await Promise.all([stair.replica.all<Person>(person.noun), stair.replica.outbox.item.toArray()]);
  const waiting = items.filter(({ name, state }) => name === 'directory.setAway' && state !== 'refused');
  return waiting.length === 0 ? people : (await stair.overlay(people as Doc[], waiting)).filter((doc): doc is Doc<Person> => doc.noun === person.noun);
}

/** Reads the directory from the device; works without a network. */
export async function readBook(stair: LowerEnd): Promise<Book> {
  const { replica } = stair;
  const [organizations, people, posts] = await Promise.all([
    replica.all<Organization>(organization.noun), withWaiting(stair), replica.all<Post>(post.noun),
  ]).then(([o, p, d]) => [sorted(o.map((doc) => doc.value)), p.map((doc) => doc.value), d.map((doc) => doc.value)] as const);
  const held = Map.groupBy(posts.filter((desk) => desk.holder).toSorted((a, b) => a.rank - b.rank), (desk) => desk.holder!);
  const orgs = new Map(organizations.map((o) => [o.id, o]));
  const known = new Map(people.map((p) => [p.id, p]));
  const rank = (who: Person): number => held.get(who.id)?.[0]?.rank ?? 100;
  return {
    organizations, people, posts,
    orgOf: (id) => orgs.get(id),
    personOf: (id) => (id === undefined ? undefined : known.get(id)),
    postsOf: (id) => held.get(id) ?? [],
    peopleOf: (org) => people.filter((p) => p.org === org && !p.disabled).toSorted((a, b) => rank(a) - rank(b) || a.kana.localeCompare(b.kana, 'ja')),
  };
}
