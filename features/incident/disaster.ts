import type { Words } from '@noroshi/foundations/i18n';
import { idShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { clockShape } from './support-plan.ts';

/** What kind of disaster. A tsunami alone, after a far earthquake, is one of its own. */
export const incidentKinds = ['flood', 'typhoon', 'landslide', 'earthquake', 'tsunami', 'volcano', 'snow', 'nuclear', 'other'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** Who helps one hit town, and where they talk. */
export const supportRoleShape = z.strictObject({
  affected: idShape,
  /** Decides at once what it sends. The prefecture itself, where nobody of the plan is left. */
  primary: idShape,
  /** Prepare early, in the plan's order. Those who are hit themselves are left out. */
  secondaries: z.array(idShape),
  /** 仮定: a pair of this role is our assumption, not published. */
  assumed: z.boolean(),
  /** The room where this town's requests live: its counterpart group, or in a drill its twin. */
  room: idShape,
  /** Who would have been primary, in the plan's order, and why they are not. */
  succeeded: z.optional(z.array(z.strictObject({ from: idShape, because: z.enum(['hit']) }))),
});
export type SupportRole = z.output<typeof supportRoleShape>;

export const incidentNameShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(60));

/** A disaster or a drill: what its talk, requests, reports and records are gathered under. */
export interface Incident {
  readonly id: Id;
  readonly name: string;
  readonly kind: IncidentKind;
  readonly drill: boolean;
  readonly openedAt: Moment;
  /** The person. */
  readonly openedBy: Id;
  readonly closedAt?: Moment;
  readonly closedBy?: Id;
  /** What became known later, and who said so. Of those widened before this was kept it is not known. */
  readonly widened?: readonly { readonly at: Moment; readonly by: Id; readonly towns: readonly Id[] }[];
  /** Municipalities hit, in the order in which it became known. */
  readonly affected: readonly Id[];
  readonly roles: readonly SupportRole[];
  /** The prefecture: it watches all, and steps in. */
  readonly headquarters: Id;
  /** Name and number of the support plan that gave the roles; it stays the same until the incident is over. */
  readonly planVersion: string;
  readonly planRevision: number;
  /** How long a primary has to answer, in minutes, as that plan said (`clockOf`). */
  readonly clockMinutes?: number;
  /** A drill in which mail, SMS and calls go out too. Otherwise a drill stays inside the hotline. */
  readonly outside?: boolean;
  /** Grows with every change; who changes it names the one they saw. */
  readonly revision: number;
}

/** What a real incident and a drill are called, so that nobody takes one for the other. */
export const incidentSays = ({ name, drill }: Pick<Incident, 'name' | 'drill'>, { t }: Pick<Words, 't'>): string => (drill ? `${t('app.drillMark')}${name}` : name);

/** Opened. Numbers 70 to 79 are the incident's own. */
export const opened = eventKind('incident.opened', 70, z.object({
  id: idShape,
  name: incidentNameShape,
  kind: z.enum(incidentKinds),
  drill: z.boolean(),
  affected: z.array(idShape),
  roles: z.array(supportRoleShape),
  headquarters: idShape,
  planVersion: z.string(),
  planRevision: z.int(),
  clockMinutes: z.optional(clockShape),
  outside: z.optional(z.boolean()),
}));
/** More towns are hit; the roles are those of now, all of them. */
export const widened = eventKind('incident.widened', 71, z.object({ id: idShape, affected: z.array(idShape), roles: z.array(supportRoleShape) }));
export const renamed = eventKind('incident.renamed', 72, z.object({ id: idShape, name: incidentNameShape, kind: z.enum(incidentKinds) }));
export const closed = eventKind('incident.closed', 73, z.object({ id: idShape }));

export const incident = noun<Incident>('incident')
  .begins(opened, (e) => e.body.id, (e) => ({ ...e.body, openedAt: e.at, openedBy: e.by, revision: 1 }))
  .on(widened, (e) => e.body.id, (now, e) => now && {
    ...now, affected: e.body.affected, roles: e.body.roles, revision: now.revision + 1,
    widened: [...(now.widened ?? []), { at: e.at, by: e.by, towns: e.body.affected.filter((town) => !now.affected.includes(town)) }],
  })
  .on(renamed, (e) => e.body.id, (now, e) => now && { ...now, name: e.body.name, kind: e.body.kind, revision: now.revision + 1 })
  .on(closed, (e) => e.body.id, (now, e) => now && { ...now, closedAt: e.at, closedBy: e.by, revision: now.revision + 1 });

export const theIncident = (id: Id): Ref<Incident> => ref(incident, id);

/** What an organization is in an incident. */
export type Standing = 'affected' | 'primary' | 'secondary' | 'headquarters' | 'none';

/**
 * What an organization is in an incident, or towards one hit town of it. Who is several things at once is the first of
 * affected, primary, secondary, headquarters: what is owed soonest. The prefecture is primary where it had to take over.
 */
export function roleOf(of: Incident, org: Id, affected?: Id): Standing {
  const roles = affected === undefined ? of.roles : of.roles.filter((role) => role.affected === affected);
  if (roles.some((role) => role.affected === org)) return 'affected';
  if (roles.some((role) => role.primary === org)) return 'primary';
  if (roles.some((role) => role.secondaries.includes(org))) return 'secondary';
  return org === of.headquarters ? 'headquarters' : 'none';
}
