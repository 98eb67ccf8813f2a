import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { withdrawn } from './message.ts';

/** A counterpart group, the room of all members, a room for a purpose, two people; and a board, where people read and nobody talks. */
export const roomKinds = ['group', 'all', 'purpose', 'direct', 'board'] as const;

export const roomShape = z.strictObject({
  id: idShape,
  kind: z.enum(roomKinds),
  name: z.string().check(z.minLength(1), z.maxLength(80)),
  /** What stands on its mark. */
  short: z.string().check(z.minLength(1), z.maxLength(4)),
  /** Organizations whose every post has a seat here. */
  orgs: z.array(idShape).check(z.maxLength(200)),
  /** The drill whose twin room this is. */
  drill: z.optional(idShape),
  /** The permanent room whose twin this is. */
  twinOf: z.optional(idShape),
  /** Organizations that only support here: when they are hit themselves, it is another room's matter. */
  supportOnly: z.optional(z.array(idShape).check(z.maxLength(200))),
  /** Another part of the house lives here: nobody renames or closes it as a room. */
  fixed: z.optional(z.literal(1)),
});

/** What a room has learnt of an incident: enough to mark what is said, however much else is known elsewhere. */
export const roomIncidentShape = z.strictObject({
  incident: idShape,
  name: z.string(),
  drill: z.boolean(),
  /** Organizations hit, whose voice is marked. */
  affected: z.array(idShape),
});
export type RoomIncident = z.output<typeof roomIncidentShape>;

/** Where people talk. Its members are in its stream. */
export interface Room extends z.output<typeof roomShape> {
  readonly closedAt?: number;
  /** Who opened it: with the administrators, the one who may close it. */
  readonly openedBy?: Id;
  readonly incidents: readonly RoomIncident[];
  /** Organizations that sit here for an incident alone, and leave with it. */
  readonly lent?: readonly { readonly org: Id; readonly incident: Id }[];
  readonly pins: readonly Pin[];
}

/** A message kept in view until a day. */
export interface Pin { readonly message: Id; readonly by: Id; readonly at: Moment; readonly until: Moment }

/** More would be a second talk above the talk. */
export const mostPins = 3;
/** The pins that still stand. */
export const standing = (pins: readonly Pin[], now: Moment): readonly Pin[] => pins.filter((pin) => pin.until > now);

export const roomOpened = eventKind('talk.roomOpened', 30, roomShape);
export const roomRenamed = eventKind('talk.roomRenamed', 31, z.object({ room: idShape, name: roomShape.def.shape.name, short: roomShape.def.shape.short }));
export const roomClosed = eventKind('talk.roomClosed', 32, z.object({ room: idShape }));
/** A room learns of an incident, and later that it is over. */
export const roomTold = eventKind('talk.roomTold', 33, z.object({ room: idShape, ...roomIncidentShape.def.shape }));
export const roomReleased = eventKind('talk.roomReleased', 34, z.object({ room: idShape, incident: idShape }));
/** An organization from outside takes its seats here until an incident is over. It only supports. */
export const roomLent = eventKind('talk.roomLent', 37, z.object({ room: idShape, org: idShape, incident: idShape }));
export const pinned = eventKind('talk.pinned', 35, z.object({ room: idShape, message: idShape, until: momentShape }));
export const unpinned = eventKind('talk.unpinned', 36, z.object({ room: idShape, message: idShape }));

export const room = noun<Room>('room', { always: true })
  .begins(roomOpened, (e) => e.body.id, (e) => ({ ...e.body, openedBy: e.by, incidents: [], pins: [] }))
  .on(roomRenamed, (e) => e.body.room, (now, e) => now && { ...now, name: e.body.name, short: e.body.short })
  .on(roomClosed, (e) => e.body.room, (now, e) => now && { ...now, closedAt: e.at })
  .on(roomTold, (e) => e.body.room, (now, e) => {
    if (!now) return undefined;
    const { room: _room, ...told } = e.body;
    return { ...now, incidents: [...now.incidents.filter((i) => i.incident !== told.incident), told] };
  })
  .on(roomLent, (e) => e.body.room, (now, { body: { org, incident } }) => now && {
    ...now, orgs: withOrg(now.orgs, org), supportOnly: withOrg(now.supportOnly ?? [], org), lent: [...now.lent ?? [], { org, incident }],
  })
  .on(roomReleased, (e) => e.body.room, (now, { body: { incident } }) => {
    if (!now) return undefined;
    const incidents = now.incidents.filter((one) => one.incident !== incident);
    if (lentFor(now, incident).length === 0) return { ...now, incidents };
    const leave = leavingWith(now, incident);
    const stays = (org: Id): boolean => !leave.includes(org);
    return { ...now, incidents, orgs: now.orgs.filter(stays), supportOnly: (now.supportOnly ?? []).filter(stays), lent: now.lent!.filter((one) => one.incident !== incident) };
  })
  .on(pinned, (e) => e.body.room, (now, e) => now && {
    ...now, pins: [...standing(now.pins, e.at).filter((pin) => pin.message !== e.body.message), { message: e.body.message, by: e.by, at: e.at, until: e.body.until }],
  })
  .on(unpinned, (e) => e.body.room, (now, e) => without(now, e.body.message))
  // The stream is the room's own: `r:` and its id.
  .on(withdrawn, (e) => e.stream.slice(2), (now, e) => without(now, e.body.message));

function without(now: Room | undefined, message: Id): Room | undefined {
  return now?.pins.some((pin) => pin.message === message) ? { ...now, pins: now.pins.filter((pin) => pin.message !== message) } : undefined;
}

/** Which organizations sit in a room for this incident alone. */
export const lentFor = ({ lent = [] }: Pick<Room, 'lent'>, incident: Id): readonly Id[] => lent.filter((one) => one.incident === incident).map(({ org }) => org);

/** Whether an organization sits here by a loan alone. */
export const isLent = ({ lent = [] }: Pick<Room, 'lent'>, org: Id): boolean => lent.some((one) => one.org === org);

/** Which of them leave when it is over: those that sit here for no other. */
export const leavingWith = (room: Pick<Room, 'lent'>, incident: Id): readonly Id[] =>
  lentFor(room, incident).filter((org) => !room.lent!.some((one) => one.org === org && one.incident !== incident));

const withOrg = (orgs: readonly Id[], org: Id): Id[] => (orgs.includes(org) ? [...orgs] : [...orgs, org]);

export const theRoom = (id: Id): Ref<Room> => ref(room, id);
