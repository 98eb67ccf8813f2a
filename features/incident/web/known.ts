import { organization, type Organization } from '@noroshi/features/directory';
import { room, type Room } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, roomStream, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { incident, type Incident } from '../disaster.ts';
import { headquartersOf, rolesFor, type Place } from '../roles-for.ts';
import type { SupportRole } from '../disaster.ts';
import { plan, type Plan } from '../support-plan.ts';

/** What this device holds of the house, as far as incidents need it. */
export interface Known {
  readonly organizations: readonly Organization[];
  readonly rooms: readonly Room[];
  readonly plans: readonly Plan[];
  readonly incidents: readonly Incident[];
  readonly mine: Organization | undefined;
  readonly headquarters: Organization | undefined;
}

/** Reads it; watched by `useLive`. `undefined` on a new device, until the directory has come. */
export async function readKnown(stair: LowerEnd): Promise<Known | undefined> {
  const values = async <T>(noun: string): Promise<T[]> => (await stair.replica.all<T>(noun)).map((doc) => doc.value);
  const [organizations, rooms, plans, incidents] = await Promise.all([
    values<Organization>(organization.noun), values<Room>(room.noun), values<Plan>(plan.noun), values<Incident>(incident.noun),
  ]);
  if (organizations.length === 0) return undefined;
  const byCode = organizations.toSorted((a, b) => ((a.code ?? '9') + a.id < (b.code ?? '9') + b.id ? -1 : 1));
  return { organizations: byCode, rooms, plans, incidents, mine: organizations.find((o) => o.id === stair.actor.org), headquarters: headquartersOf(organizations) };
}

/** How many people sit in a room. */
export async function seatsIn(stair: LowerEnd, place: Id): Promise<number> {
  return (await stair.replica.all<Member>('member', roomStream(place))).filter((doc) => currentStay(doc.value)).length;
}

/**
 * The parts as the server would give them. A town's device does not hold the rooms of other groups; where a room is
 * unknown here its id is empty.
 * @param alsoHit towns that another disaster has hit
 */
export function foresee(affected: readonly Id[], version: Plan | undefined, known: Known, alsoHit: readonly Id[]): SupportRole[] {
  const elsewhere: Place = { id: '', kind: 'all', name: '', orgs: [...affected] };
  return rolesFor(affected, version, [...known.rooms.filter((r) => r.kind === 'group'), elsewhere], known.headquarters?.id ?? '', alsoHit);
}

/** A day such as 2018-04-01, for a sentence. */
export function dayParams(day: string): { from: string; y: number; m: number; d: number } {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return { from: day, y, m, d };
}
