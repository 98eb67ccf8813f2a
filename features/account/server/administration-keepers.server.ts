import { mayRule, mayTend, person as personNoun, type Person } from '@noroshi/features/directory';
import { refused } from '@noroshi/foundations/kernel';
import { workspaceStream } from '@noroshi/foundations/sync';
import type { AtDoor } from '@noroshi/foundations/sync/server';
import { attempts, endSessions, standings } from '../account.ts';
import { at } from './at.server.ts';
import { thePerson } from './in-the-book.server.ts';
import { mayInvite } from './may-invite.server.ts';
import type { Rooms, Visit } from './visit.server.ts';

/** What those see to who tend the accounts of others. */
export function administrationKeepers(rooms: Rooms): [string, AtDoor<Visit>][] {
  const { accounts, sessions, stair } = rooms;
  return [
    at(standings, async (visit) => {
      const actor = visit.actor!;
      const people = stair.memory.of(workspaceStream, personNoun.noun).map((doc) => doc.value as Person).filter((who) => mayTend(actor, who.org).ok).map((who) => who.id);
      if (people.length === 0) return refused('account.notAllowed');
      const [rows, counts, invited] = await Promise.all([accounts.all(people), sessions.count(people), rooms.invitations.open(people)]);
      return {
        standings: people.map((person) => {
          const account = rows.get(person);
          const seen = counts.get(person)?.seen;
          const until = invited.get(person);
          return {
            person, hasPassword: account?.password != null, devices: counts.get(person)?.devices ?? 0,
            ...(account ? { login: account.login } : {}), ...(seen !== undefined ? { seen } : {}), ...(until !== undefined ? { invitedUntil: until } : {}),
          };
        }),
      };
    }),
    at(endSessions, async (visit, { person }) => {
      const verdict = mayInvite(visit.actor!, thePerson(rooms, person));
      return verdict.ok ? { ended: await sessions.end(person) } : verdict;
    }),
    at(attempts, async (visit, { before }) => {
      const verdict = mayRule(visit.actor!);
      return verdict.ok ? { attempts: await rooms.attempts.before(before) } : refused('account.notAllowed');
    }),
  ];
}
