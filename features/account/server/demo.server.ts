import { post as postNoun, type Organization, type Person, type Post } from '@noroshi/features/directory';
import { refused, type Id } from '@noroshi/foundations/kernel';
import { workspaceStream } from '@noroshi/foundations/sync';
import type { AtDoor } from '@noroshi/foundations/sync/server';
import { deviceName, demoPeople, demoSignIn, parts, type Part } from '../account.ts';
import type { Rooms, Visit } from './visit.server.ts';
import { at } from './at.server.ts';
import { meOf } from './me-of.server.ts';

/** Who plays a part in the demo, if anyone does. */
export type Cast = (part: Part) => Id | undefined;

/** The demo's door: one chooses who to be. */
export function demoKeepers(rooms: Rooms, cast: Cast): [string, AtDoor<Visit>][] {
  const all = <T>(noun: string): T[] => rooms.stair.memory.of(workspaceStream, noun).map((doc) => doc.value as T);
  return [
    at(demoPeople, async () => {
      const organizations = all<Organization>('organization');
      const posts = all<Post>(postNoun.noun).toSorted((a, b) => a.rank - b.rank);
      const highest = (person: Id): Post | undefined => posts.find((post) => post.holder === person);
      const people = all<Person>('person')
        .filter((who) => !who.disabled)
        .toSorted((a, b) => (highest(a.id)?.rank ?? 100) - (highest(b.id)?.rank ?? 100) || (a.kana < b.kana ? -1 : 1))
        .map((who) => ({
          person: who.id, name: who.name, role: who.role, org: who.org,
          orgName: organizations.find((org) => org.id === who.org)?.name ?? '',
          post: highest(who.id)?.title ?? '',
        }));
      return {
        cast: parts.flatMap((part) => people.filter((who) => who.person === cast(part)).map((who) => ({ ...who, part }))),
        // The prefecture, then by code as the ministry orders them, then those from outside.
        organizations: organizations
          .toSorted((a, b) => Number(a.kind === 'outside') - Number(b.kind === 'outside') || (a.code ?? '9').localeCompare(b.code ?? '9'))
          .map((org) => ({ org: org.id, name: org.name, people: people.filter((who) => who.org === org.id) }))
          .filter((org) => org.people.length > 0),
      };
    }),
    at(demoSignIn, async (visit, { person, device }) => {
      if (!rooms.actorOf(person)) return refused('directory.personNotFound');
      if (visit.session) await rooms.sessions.end(visit.session.person, { only: visit.session.id });
      const { secret, session } = await rooms.sessions.begin(person, device ?? deviceName(visit.agent));
      visit.keep(secret);
      return meOf(rooms, session);
    }),
  ];
}
