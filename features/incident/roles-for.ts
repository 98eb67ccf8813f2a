import type { Id } from '@noroshi/foundations/kernel';
import type { Organization } from '@noroshi/features/directory';
import type { Room } from '@noroshi/features/talk';
import type { SupportRole } from './disaster.ts';
import type { PlanRow } from './support-plan.ts';

/** What of a room decides where a town's matter lives. */
export type Place = Pick<Room, 'id' | 'kind' | 'name' | 'orgs' | 'supportOnly' | 'drill' | 'closedAt'>;

/**
 * The permanent room in which a hit town asks: its counterpart group; a group where it only supports comes after that,
 * the room of all comes last. A town without any group can still call, and everyone hears it.
 */
export function roomOf(town: Id, rooms: readonly Place[]): Place | undefined {
  const here = rooms.filter((r) => r.drill === undefined && r.closedAt === undefined && r.orgs.includes(town));
  const order = (r: Place): number => (r.kind === 'all' ? 2 : r.kind !== 'group' ? 3 : r.supportOnly?.includes(town) ? 1 : 0);
  return here.filter((r) => order(r) < 3).toSorted((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1))[0];
}

/** The prefecture that watches; where the directory holds several, the one with the lowest code. */
export function headquartersOf(organizations: readonly Organization[]): Organization | undefined {
  return organizations.filter((o) => o.kind === 'prefecture').toSorted((a, b) => ((a.code ?? a.id) < (b.code ?? b.id) ? -1 : 1))[0];
}

/** Whether disasters strike it and the plan must know it. */
export const isMunicipality = (o: Organization): boolean => o.kind === 'city' || o.kind === 'town' || o.kind === 'village';

/**
 * Gives each hit town its supporters. The first of the plan's order who is not hit is primary, the others who are not hit
 * are secondary in that order. Where nobody is left, or the plan does not know the town, the prefecture takes over as
 * primary (災対法 72, 73: the governor directs or acts): so a request always has someone whose clock runs.
 * @param affected towns hit, each once; each has a room (`roomOf`), which the deeds have checked
 * @param alsoHit towns on which nobody counts, since another disaster has hit them
 */
export function rolesFor(affected: readonly Id[], plan: { readonly rows: readonly PlanRow[] } | undefined, rooms: readonly Place[], headquarters: Id, alsoHit: readonly Id[] = []): SupportRole[] {
  const hit = new Set([...affected, ...alsoHit]);
  return affected.map((town) => {
    const order = plan?.rows.find((row) => row.affected === town)?.supporters ?? [];
    const standing = order.filter((s) => !hit.has(s.org));
    const [primary, ...secondaries] = standing;
    const before = primary ? order.slice(0, order.indexOf(primary)) : order;
    const room = roomOf(town, rooms);
    if (!room) throw new Error('a hit town has no room');
    return {
      affected: town,
      primary: primary?.org ?? headquarters,
      secondaries: secondaries.map((s) => s.org),
      assumed: standing.some((s) => s.assumed),
      room: room.id,
      ...(before.length > 0 ? { succeeded: before.map((s) => ({ from: s.org, because: 'hit' as const })) } : {}),
    };
  });
}
