import type { Organization, Person } from '@noroshi/features/directory';
import type { Me } from '../account.ts';
import type { Rooms } from './visit.server.ts';
import type { Session } from './sessions.server.ts';

/** Who a session speaks for. */
export async function meOf(rooms: Rooms, session: Session): Promise<Me> {
  const who = rooms.stair.memory.get('person', session.person)!.value as Person;
  const org = rooms.stair.memory.get('organization', who.org)!.value as Organization;
  const account = await rooms.accounts.of(who.id);
  return {
    person: who.id, org: org.id, role: who.role, name: who.name, orgName: org.name,
    demo: rooms.demo, language: account?.language ?? 'ja', session: session.id,
    ...(account ? { login: account.login } : {}), hasPassword: account?.password != null,
    ...(who.until === undefined ? {} : { until: who.until }),
  };
}
