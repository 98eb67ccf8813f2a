import { nameIn, organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { incident, isMunicipality, type Incident } from '@noroshi/features/incident';
import { room, type Room } from '@noroshi/features/talk';
import type { Language } from '@noroshi/foundations/i18n';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { formsWith, type Forms } from '../form.ts';
import { damageForm, type FormSet } from '../form-set.ts';
import { population, type Population } from '../population.ts';
import { damageSheet, type DamageSheet } from '../sheet.ts';

/** What this device knows of the damage, as it will be when the outbox has been heard. */
export interface Known {
  /** Open ones, real before drills, the newest first; and the one that was asked for. */
  readonly incidents: readonly Incident[];
  readonly towns: readonly Organization[];
  /** Counterpart groups that this device sees, and the towns for which each is there. */
  readonly groups: readonly { readonly id: Id; readonly name: string; readonly towns: readonly Id[] }[];
  readonly rooms: readonly Room[];
  readonly sheets: readonly DamageSheet[];
  readonly forms: Forms;
  /** How many live in a town, where somebody has said it. */
  readonly lives: ReadonlyMap<Id, Population>;
  /** Reports that are on this device alone: 仮. */
  readonly waiting: ReadonlySet<Id>;
  readonly org: (id: Id) => string;
  readonly person: (id: Id) => string;
}

const byCode = (a: Organization, b: Organization): number => ((a.code ?? a.id) < (b.code ?? b.id) ? -1 : 1);

/** Reads it. */
export async function readDamage(stair: LowerEnd, language: Language, wanted?: Id): Promise<Known> {
  const values = async <T>(noun: string): Promise<T[]> => (await stair.replica.all<T>(noun)).map((doc) => doc.value);
  const [organizations, people, incidents, rooms, docs, set, counted] = await Promise.all([
    values<Organization>(organization.noun), values<Person>(person.noun), values<Incident>(incident.noun), values<Room>(room.noun), stair.replica.all<DamageSheet>(damageSheet.noun), values<FormSet>(damageForm.noun), values<Population>(population.noun),
  ]);
  const waiting = (await stair.replica.outbox.item.toArray()).filter(({ name, state }) => name === 'damage.report' && state !== 'refused');
  const sheets = (await stair.overlay(docs as Doc[], waiting)).filter((doc): doc is Doc<DamageSheet> => doc.noun === damageSheet.noun).map(({ value }) => value);
  const orgs = new Map(organizations.map((one) => [one.id, one]));
  const names = new Map(people.map((one) => [one.id, one.name]));
  const towns = organizations.filter(isMunicipality).toSorted(byCode);
  const held = new Set(docs.flatMap(({ value }) => value.reports.map(({ id }) => id)));
  return {
    incidents: incidents.filter((one) => one.closedAt === undefined || one.id === wanted)
      .toSorted((a, b) => Number(b.id === wanted) - Number(a.id === wanted) || Number(a.drill) - Number(b.drill) || b.openedAt - a.openedAt),
    towns,
    groups: rooms.filter((one) => one.kind === 'group' && one.drill === undefined && one.closedAt === undefined)
      .map((one) => ({ id: one.id, name: one.name, towns: towns.filter(({ id }) => one.orgs.includes(id) && !one.supportOnly?.includes(id)).map(({ id }) => id) }))
      .filter((one) => one.towns.length > 0).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    rooms,
    forms: formsWith(set),
    lives: new Map(counted.map((one) => [one.town, one])),
    sheets,
    waiting: new Set(waiting.map(({ id }) => id).filter((id) => !held.has(id))),
    org: (id) => nameIn(orgs.get(id), language),
    person: (id) => names.get(id) ?? '',
  };
}

/** The sheet of a town in an incident. */
export const sheetOf = ({ sheets }: Pick<Known, 'sheets'>, of: Id, town: Id): DamageSheet | undefined => sheets.find((one) => one.incident === of && one.town === town);

/** For which towns someone may report in an incident: the town's people for it, the prefecture for all. */
export const townsToReport = ({ towns }: Pick<Known, 'towns'>, of: Incident, actor: Pick<Actor, 'org' | 'role'>): readonly Organization[] =>
  (actor.role === 'guest' || of.closedAt !== undefined ? [] : towns.filter(({ id }) => id === actor.org || actor.org === of.headquarters));
