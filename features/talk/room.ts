import { idShape, type Id } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** A counterpart group, the room of all members, a room for a purpose, two people. */
export const roomKinds = ['group', 'all', 'purpose', 'direct'] as const;

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
  readonly incidents: readonly RoomIncident[];
  readonly pins: readonly { message: Id; by: Id; at: number }[];
}

export const roomOpened = eventKind('talk.roomOpened', 30, roomShape);
export const roomRenamed = eventKind('talk.roomRenamed', 31, z.object({ room: idShape, name: roomShape.def.shape.name, short: roomShape.def.shape.short }));
export const roomClosed = eventKind('talk.roomClosed', 32, z.object({ room: idShape }));
/** A room learns of an incident, and later that it is over. */
export const roomTold = eventKind('talk.roomTold', 33, z.object({ room: idShape, ...roomIncidentShape.def.shape }));
export const roomReleased = eventKind('talk.roomReleased', 34, z.object({ room: idShape, incident: idShape }));

export const room = noun<Room>('room', { always: true })
  .on(roomOpened, (e) => e.body.id, (_now, e) => ({ ...e.body, incidents: [], pins: [] }))
  .on(roomRenamed, (e) => e.body.room, (now, e) => now && { ...now, name: e.body.name, short: e.body.short })
  .on(roomClosed, (e) => e.body.room, (now, e) => now && { ...now, closedAt: e.at })
  .on(roomTold, (e) => e.body.room, (now, e) => {
    if (!now) return undefined;
    const { room: _room, ...told } = e.body;
    return { ...now, incidents: [...now.incidents.filter((i) => i.incident !== told.incident), told] };
  })
  .on(roomReleased, (e) => e.body.room, (now, e) => now && { ...now, incidents: now.incidents.filter((i) => i.incident !== e.body.incident) });

export const theRoom = (id: Id): Ref<Room> => ref(room, id);
