import { nameIn, organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { sorted } from '@noroshi/features/directory/web';
import { incident, type Incident } from '@noroshi/features/incident';
import { room, type Room } from '@noroshi/features/talk';
import type { Language } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { drillRun, type DrillRun } from '../drill-run.ts';
import { improvement, type Improvement } from '../improvement.ts';

/** What the screens of this room are made of. */
export interface Known {
  /** Drills; those under way first, then the newest. */
  readonly drills: readonly Incident[];
  /** A real disaster that is open. */
  readonly real: Incident | undefined;
  /** Those of which this person has the desk. */
  readonly runs: ReadonlyMap<Id, DrillRun>;
  readonly improvements: readonly Improvement[];
  readonly organizations: readonly Organization[];
  readonly people: readonly Person[];
  readonly rooms: readonly Room[];
  readonly org: (id: Id) => string;
  readonly person: (id: Id) => string;
  /** This person's organization is the prefecture. */
  readonly headquarters: boolean;
}

/** Reads all of it. */
export async function readKnown({ replica, actor }: LowerEnd, language: Language): Promise<Known> {
  const [incidents, runs, points, organizations, people, rooms] = await Promise.all([
    replica.all<Incident>(incident.noun), replica.all<DrillRun>(drillRun.noun), replica.all<Improvement>(improvement.noun),
    replica.all<Organization>(organization.noun), replica.all<Person>(person.noun), replica.all<Room>(room.noun),
  ]);
  const [orgs, persons] = [new Map(organizations.map(({ id, value }) => [id, value])), new Map(people.map(({ id, value }) => [id, value]))];
  const all = incidents.map(({ value }) => value);
  return {
    drills: all.filter(({ drill }) => drill).toSorted((a, b) => Number(a.closedAt !== undefined) - Number(b.closedAt !== undefined) || b.openedAt - a.openedAt),
    real: all.find(({ drill, closedAt }) => !drill && closedAt === undefined),
    runs: new Map(runs.map(({ id, value }) => [id, value])), improvements: points.map(({ value }) => value),
    organizations: sorted([...orgs.values()]), people: [...persons.values()].filter(({ disabled }) => !disabled).toSorted((a, b) => (a.kana < b.kana ? -1 : 1)), rooms: rooms.map(({ value }) => value),
    org: (id) => nameIn(orgs.get(id), language), person: (id) => persons.get(id)?.name ?? '',
    headquarters: orgs.get(actor.org)?.kind === 'prefecture' && actor.role !== 'guest',
  };
}
