import { idShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, roomStream, type Event, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** All see all; or one shows, and the others watch. */
export const callKinds = ['meet', 'show'] as const;
export type CallKind = (typeof callKinds)[number];

/** As many as one call rings by name; a room rings whole. */
export const mostRung = 200;

/** Numbers 420 to 439 are this room's. `rings`: whom it rings; all of the room where it is left out. */
export const callStarted = eventKind('call.started', 420, z.object({ id: idShape, kind: z.enum(callKinds), rings: z.optional(z.array(idShape).check(z.maxLength(mostRung))) }));
export const callJoined = eventKind('call.joined', 421, z.object({ call: idShape, person: idShape }));
/** `lost`: their line had died, and the clock took them out. */
export const callLeft = eventKind('call.left', 422, z.object({ call: idShape, person: idShape, lost: z.optional(z.literal(1)) }));
export const callEnded = eventKind('call.ended', 423, z.object({ call: idShape }));
export const callDeclined = eventKind('call.declined', 424, z.object({ call: idShape }));

/** One stay of someone in a call. */
export interface Visit { readonly person: Id; readonly from: Moment; readonly until?: Moment; readonly lost?: 1 }

/** 通話: a call of a room, running or over. */
export interface Call {
  readonly id: Id;
  readonly kind: CallKind;
  readonly by: Id;
  readonly at: Moment;
  /** Whom it rings; all of the room where it is left out. */
  readonly rings?: readonly Id[];
  readonly visits: readonly Visit[];
  readonly declined: readonly Id[];
  readonly ended?: Moment;
  readonly incident?: Id;
  readonly drill?: boolean;
}

const left = (visits: readonly Visit[], person: Id | undefined, until: Moment, lost?: 1): Visit[] =>
  visits.map((visit) => (visit.until === undefined && (person === undefined || visit.person === person) ? { ...visit, until, ...(lost ? { lost } : {}) } : visit));

export const call = noun<Call>('call')
  .begins(callStarted, (e) => e.body.id, ({ by, at, incident, drill, body: { id, kind, rings } }) => ({
    id, kind, by, at, visits: [], declined: [],
    ...(rings ? { rings } : {}), ...(incident ? { incident } : {}), ...(drill ? { drill: true } : {}),
  }))
  .on(callJoined, (e) => e.body.call, (now, { at, body: { person } }) => now && { ...now, visits: [...now.visits, { person, from: at }] })
  .on(callLeft, (e) => e.body.call, (now, { at, body: { person, lost } }) => now && { ...now, visits: left(now.visits, person, at, lost) })
  .on(callDeclined, (e) => e.body.call, (now, { by }) => now && { ...now, declined: [...now.declined, by] })
  .on(callEnded, (e) => e.body.call, (now, { at }) => now && { ...now, visits: left(now.visits, undefined, at), ended: at });

/** The call that runs in a room, by the room's id; `call` is absent where none does. */
export interface RoomCall { readonly call?: Id }
const roomOf = ({ stream }: Event<unknown>): Id => stream.slice(roomStream('').length);
export const roomCall = noun<RoomCall>('roomCall')
  .on(callStarted, roomOf, (_now, { body: { id } }) => ({ call: id }))
  .on(callEnded, roomOf, (now, { body }) => (now?.call === body.call ? {} : undefined));

export const theCall = (id: Id): Ref<Call> => ref(call, id);
export const theRoomCall = (room: Id): Ref<RoomCall> => ref(roomCall, room);
/** The streams of a deed about a call: its room. */
export const inRoom = ({ room }: { room: Id }): readonly StreamKey[] => [roomStream(room)];

/** Who is in it now, each once, who came first before the others. */
export const present = ({ visits }: Call): Id[] => [...new Set(visits.filter(({ until }) => until === undefined).map(({ person }) => person))];
/** Who was in it at any time, each once. */
export const attended = ({ visits }: Call): Id[] => [...new Set(visits.map(({ person }) => person))];
/** Whether it rings someone, who has neither come nor said that they do not. */
export const ringsFor = (one: Call, person: Id): boolean =>
  one.ended === undefined && one.by !== person && (one.rings?.includes(person) ?? true) && !one.declined.includes(person) && !one.visits.some((visit) => visit.person === person);
