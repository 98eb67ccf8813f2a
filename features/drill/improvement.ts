import { theOrganization, thePerson, type Person } from '@noroshi/features/directory';
import { theIncident } from '@noroshi/features/incident';
import { allowed, idShape, momentShape, refused, type Actor, type Id, type Moment } from '@noroshi/foundations/kernel';
import { command, eventKind, happens, noun, ref, workspaceStream, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** 未着手・着手・完了・取消 */
export const pointStates = ['open', 'begun', 'done', 'cancelled'] as const;
export type PointState = (typeof pointStates)[number];

const wordShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));
const fields = { text: wordShape, owner: idShape, person: z.optional(idShape), due: z.optional(momentShape) };

export const pointed = eventKind('drill.pointed', 266, z.object(fields));
export const pointMoved = eventKind('drill.pointMoved', 267, z.object({ point: idShape, state: z.enum(pointStates), word: z.optional(wordShape) }));

/** 改善事項: what a drill has shown to be mended, by whom and until when. Unlike an instruction it goes on after the drill. */
export interface Improvement {
  readonly id: Id;
  readonly incident: Id;
  readonly text: string;
  readonly owner: Id;
  readonly person?: Id | undefined;
  readonly due?: Moment | undefined;
  readonly at: Moment;
  readonly by: Id;
  readonly state: PointState;
  readonly steps: readonly { readonly state: PointState; readonly at: Moment; readonly by: Id; readonly org: Id; readonly word?: string | undefined }[];
}

export const improvement = noun<Improvement>('improvement')
  .begins(pointed, (e) => e.id, ({ id, at, by, incident, body }) => ({ ...body, id, at, by, incident: incident!, state: 'open', steps: [] }))
  .on(pointMoved, (e) => e.body.point, (now, { at, by, org, body: { state, word } }) => now && { ...now, state, steps: [...now.steps, { state, at, by, org, word }] });

export const theImprovement = (id: Id): Ref<Improvement> => ref(improvement, id);

export const isOpenPoint = ({ state }: Pick<Improvement, 'state'>): boolean => state === 'open' || state === 'begun';

/** To which states someone may bring it: its owner and the prefecture say how far it is, the prefecture alone calls it off. */
export const pointMovesFor = (actor: Pick<Actor, 'org' | 'role'>, one: Improvement, headquarters: Id): readonly PointState[] =>
  (actor.role === 'guest' ? [] : pointStates.filter((state) => state !== one.state && (actor.org === headquarters || (actor.org === one.owner && state !== 'cancelled'))));

/** 改善事項を書く */
export const addPoint = command('drill.addPoint', {
  about: 'Writes down what a drill has shown to be mended, who sees to it and until when. The prefecture.',
  input: z.strictObject({ incident: idShape, ...fields }),
  streams: () => [workspaceStream],
  offline: false,
  needs: ({ incident, owner, person }) => ({ incident: theIncident(incident), owner: theOrganization(owner), ...(person ? { who: thePerson(person) } : {}) as { who: Ref<Person> } }),
  may(actor, { incident, owner, who }, input) {
    if (!incident || actor.role === 'guest') return refused('incident.notFound');
    if (!incident.drill) return refused('drill.notADrill', { name: incident.name });
    if (actor.org !== incident.headquarters) return refused('incident.prefectureOnly');
    if (!owner || owner.kind === 'outside') return refused('directory.organizationNotFound');
    return input.person && (!who || who.org !== input.owner || who.disabled) ? refused('directory.personNotFound') : allowed;
  },
  then: ({ incident, ...point }) => [happens(pointed, point, { incident, drill: true })],
});

/** 着手・完了・取消 */
export const movePoint = command('drill.movePoint', {
  about: 'Says how far something that a drill has shown is mended. Names how many steps the writer had seen.',
  input: z.strictObject({ point: idShape, incident: idShape, state: z.enum(pointStates), sees: z.int().check(z.minimum(0)), word: z.optional(wordShape) }),
  streams: () => [workspaceStream],
  offline: false,
  needs: ({ point, incident }) => ({ one: theImprovement(point), incident: theIncident(incident) }),
  may(actor, { one, incident }, { state, sees }) {
    if (!one || !incident || one.incident !== incident.id || actor.role === 'guest') return refused('drill.pointNotFound');
    if (one.steps.length !== sees) return refused('drill.pointChanged');
    return pointMovesFor(actor, one, incident.headquarters).includes(state) ? allowed : refused('drill.notYourPoint');
  },
  then: ({ point, incident, state, word }) => [happens(pointMoved, { point, state, ...(word ? { word } : {}) }, { incident, drill: true })],
});
