import { lastSeen } from '@noroshi/features/account/server';
import { organization, person as personNoun, type Organization, type Person } from '@noroshi/features/directory';
import { incident as incidentNoun, isMunicipality, type Incident } from '@noroshi/features/incident';
import { whatWaits } from '@noroshi/features/talk/server';
import { refused, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { roomStream, workspaceStream } from '@noroshi/foundations/sync';
import type { Asking } from '@noroshi/foundations/sync/server';
import type { Contact } from '../contact.ts';

/**
 * Two journeys to the tables for all towns together, whatever the number of people: what was said of the incident, and which
 * devices were heard of before this process began. All else is at hand.
 */
export async function answerContact(asking: Asking, { incident, org }: { incident: Id; org?: Id | undefined }): Promise<Contact | Refusal> {
  const { actor, stair } = asking;
  const { memory } = stair;
  const known = stair.see<Incident>(actor, incidentNoun.noun, incident)?.value;
  const mine = stair.see<Organization>(actor, organization.noun, actor.org)?.value;
  // A town holds a part of it: for it, as for who is from outside, this does not exist.
  if (!known || mine?.kind !== 'prefecture' || actor.role === 'guest') return refused('incident.notFound');
  const towns = memory.of(workspaceStream, organization.noun).map((doc) => doc.value as Organization).filter((one) => isMunicipality(one) && (org === undefined || one.id === org));
  if (org !== undefined && towns.length === 0) return refused('incident.notFound');
  const people = Map.groupBy(memory.of(workspaceStream, personNoun.noun).map((doc) => doc.value as Person).filter((one) => !one.disabled), (one) => one.org);
  const asked = towns.flatMap((town) => people.get(town.id) ?? []);
  const rooms = [...new Set(known.roles.map(({ room }) => room))];
  const [seen, waits] = await Promise.all([lastSeen(stair.pool, asked.map(({ id }) => id)), whatWaits(asking, rooms, incident)]);
  const marked = lastMarked(asking, rooms);
  const of = ({ id }: Person) => {
    const { heard, devices } = stair.hub.lines.presence(id);
    const at = latest([heard, seen.get(id), marked.get(id)]);
    const { unread = 0, unanswered = 0, first } = waits.get(id) ?? {};
    return { person: id, devices, ...(at !== undefined && { heard: at }), unread, unanswered, ...(first && { first }) };
  };
  const told = towns.map((town) => {
    const all = (people.get(town.id) ?? []).map(of);
    const at = latest(all.map(({ heard }) => heard));
    return {
      org: town.id, people: all.length, devices: all.reduce((sum, one) => sum + one.devices, 0), ...(at !== undefined && { heard: at }),
      unread: all.filter((one) => one.unread > 0).length, unanswered: all.filter((one) => one.unanswered > 0).length, all,
    };
  });
  return {
    asOf: stair.now(), all: stair.isAlone, towns: told.map(({ all: _all, ...town }) => town),
    ...(org !== undefined && { people: told.flatMap(({ all }) => all) }),
  };
}

/** When each person last told that something had arrived or was read, in the rooms whose marks are at hand: known again after a restart. */
function lastMarked({ sight, stair: { memory, marks } }: Asking, rooms: readonly Id[]): Map<Id, Moment> {
  const last = new Map<Id, Moment>();
  for (const room of rooms) {
    const stream = sight.has(roomStream(room)) ? memory.streams.get(roomStream(room)) : undefined;
    for (const [no, { at }] of (stream && marks.held(stream.no)) ?? []) {
      const who = stream!.byNo.get(no);
      if (who) last.set(who.person, Math.max(at, last.get(who.person) ?? 0));
    }
  }
  return last;
}

const latest = (moments: readonly (Moment | undefined)[]): Moment | undefined => {
  const known = moments.filter((at) => at !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
};
