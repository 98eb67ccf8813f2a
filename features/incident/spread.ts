import type { Id } from '@noroshi/foundations/kernel';
import { noted, roomOpened, roomTold, type Room } from '@noroshi/features/talk';
import { currentStay, happens, memberShut, roomStream, type Effect, type Member } from '@noroshi/foundations/sync';
import type { Incident, SupportRole } from './disaster.ts';

/** What the rooms have to learn of an incident. */
export type Spreading = Pick<Incident, 'id' | 'name' | 'drill' | 'affected' | 'roles' | 'headquarters'>;

type Seat = Member & { readonly stream: string };

const distinct = (ids: readonly Id[]): Id[] => [...new Set(ids)];

/** Open rooms that have learnt of an incident. */
export function roomsKnowing(incident: Id, rooms: readonly Room[]): Room[] {
  return rooms.filter((r) => r.closedAt === undefined && r.incidents.some((i) => i.incident === incident));
}

/**
 * A drill runs in twin rooms: the same organizations and, one by one, the same people as in the permanent room at this
 * moment. Nothing of it stands in the permanent talk.
 * @param roles as they would be in the permanent rooms
 * @returns the roles in the twin rooms; the rooms they are in, twins included; what must happen for those that are new
 */
export function intoTwins(incident: Id, roles: readonly SupportRole[], rooms: readonly Room[], members: readonly Seat[], newId: (label: string) => Id): { roles: SupportRole[]; rooms: readonly Room[]; effects: Effect[] } {
  const twins = new Map(rooms.filter((r) => r.drill === incident && r.twinOf !== undefined).map((r) => [r.twinOf!, r]));
  const effects: Effect[] = [];
  for (const id of distinct(roles.map((role) => role.room))) {
    if (twins.has(id)) continue;
    const { kind, name, short, orgs, supportOnly } = rooms.find((r) => r.id === id)!;
    const words = { id: newId(`twin/${id}`), kind, name, short, orgs, drill: incident, twinOf: id, ...(supportOnly ? { supportOnly } : {}) };
    const on = roomStream(words.id);
    effects.push({ begins: on }, happens(roomOpened, words, { on, incident, drill: true }));
    for (const seat of members) {
      if (seat.stream !== roomStream(id) || !currentStay(seat)) continue;
      effects.push({ joins: seat.person, card: seat.card, history: true, on });
      if (seat.shut) effects.push(happens(memberShut, { person: seat.person, shut: true }, { on }));
    }
    twins.set(id, { ...words, incidents: [], pins: [] });
  }
  return { roles: roles.map((role) => ({ ...role, room: twins.get(role.room)!.id })), rooms: [...rooms, ...twins.values()], effects };
}

/**
 * What each room learns, and what stands in its talk: that the incident was opened or has widened, and who takes over
 * where a primary is hit itself. One of these lines a room is urgent, so that phones ring at night, and ring once.
 * @param before the incident as the rooms knew it; `undefined` when it opens
 */
export function spread(now: Spreading, before: Spreading | undefined, rooms: readonly Room[], nameOf: (org: Id) => string, newId: (label: string) => Id): Effect[] {
  const effects: Effect[] = [];
  const names = (orgs: readonly Id[]): string => orgs.map(nameOf).join('・');
  for (const place of distinct(now.roles.map((role) => role.room))) {
    const envelope = { on: roomStream(place), incident: now.id, drill: now.drill };
    const seats = rooms.find((r) => r.id === place)!.orgs;
    const hitHere = (of: Spreading | undefined): Id[] => (of?.affected ?? []).filter((org) => seats.includes(org));
    const knew = before?.roles.some((role) => role.room === place) ?? false;
    const affected = hitHere(now);
    if (!knew || hitHere(before).length !== affected.length) {
      effects.push(happens(roomTold, { room: place, incident: now.id, name: now.name, drill: now.drill, affected }, envelope));
    }
    let lines = 0;
    /** Gaps that name organizations are given by their ids. */
    const note = (line: string, orgs: Record<string, readonly Id[]>, params: Record<string, string> = {}): void => {
      const urgent = lines === 0 ? { urgency: 'urgent' as const } : {};
      effects.push(happens(noted, { id: newId(`note/${place}/${lines++}`), line: `incident.${line}`, params: { ...params, ...Object.fromEntries(Object.entries(orgs).map(([gap, ids]) => [gap, names(ids)])) }, ref: { noun: 'incident', id: now.id }, ...urgent, orgs: Object.fromEntries(Object.entries(orgs).map(([gap, ids]) => [gap, [...ids]])) }, envelope));
    };
    const mine = now.roles.filter((role) => role.room === place);
    const fresh = mine.filter((role) => !before?.affected.includes(role.affected)).map((role) => role.affected);
    if (fresh.length > 0) note(knew ? 'widened' : now.drill ? 'drillOpened' : 'opened', { towns: fresh }, { name: now.name });
    for (const role of mine) {
      const was = before?.roles.find((r) => r.affected === role.affected);
      if (was?.primary === role.primary) continue;
      const parts = { town: [role.affected], to: [role.primary] };
      const from = role.succeeded?.map((s) => s.from);
      // The prefecture is primary only where the plan has nobody left, or never had anyone.
      const isTaken = role.primary === now.headquarters;
      if (from) note(isTaken ? 'tookOver' : 'succeeded', { ...parts, from });
      else if (isTaken) note('notPlanned', parts);
    }
  }
  return effects;
}
