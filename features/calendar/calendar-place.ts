import { derivedId, idShape, refused, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { theRoom, type Room } from '@noroshi/features/talk';
import { currentStay, eventKind, membership, noun, ref, roomStream, type Member, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** How many marks tell calendars apart: each a colour and a shape. */
export const mostMarks = 6;
export const markShape = z.int().check(z.minimum(1), z.maximum(mostMarks));

/** Numbers 320 to 339 are this room's. */
export const calendarSet = eventKind('calendar.set', 320, z.object({ calendar: idShape, mark: markShape, /** Whose own it is. */ own: z.optional(idShape), /** Their name, for those with whom it is shared. */ name: z.optional(z.string().check(z.maxLength(80))) }));

/** 予定表: a place whose readers are the members of its stream. A shared one is called as its `room` is; one of a person's own has none, so that nobody tends it but they. */
export interface Calendar {
  readonly id: Id;
  readonly mark: number;
  readonly own?: Id;
  readonly name?: string;
}

export const calendar = noun<Calendar>('calendar', { always: true })
  .on(calendarSet, (e) => e.body.calendar, (_now, { body: { calendar: id, ...rest } }) => ({ id, ...rest }));
export const theCalendar = (id: Id): Ref<Calendar> => ref(calendar, id);

/** A person has one calendar of their own; which, follows from who they are. */
export const ownCalendarOf = (person: Id): Id => derivedId(person, 'calendar/own');

/** The desk of a calendar: a place of its own, whose members are those who may write. The words of what is private lie there. */
export const deskOf = (id: Id): Id => derivedId(id, 'calendar/desk');
export const deskStream = (id: Id): StreamKey => roomStream(deskOf(id));

/** The streams of a deed of those who write. Who has no place at the desk is answered as if there were no such calendar. */
export const writing = ({ calendar: id }: { calendar: Id }): readonly StreamKey[] => [roomStream(id), deskStream(id)];

/** What whoever writes must know. */
export const atDesk = ({ calendar: id }: { calendar: Id }, actor: Actor) => ({ calendar: theCalendar(id), room: theRoom(id), me: membership(deskStream(id), actor.person) });
/** What whoever reads must know. */
export const onCalendar = ({ calendar: id }: { calendar: Id }, actor: Actor) => ({ calendar: theCalendar(id), room: theRoom(id), me: membership(roomStream(id), actor.person) });

/** Why nothing can be done here, if so: no such calendar or nobody of it, or closed. */
export function noPlace({ calendar: here, room, me }: { readonly calendar: Calendar | undefined; readonly room: Room | undefined; readonly me: Member | undefined }): Refusal | undefined {
  if (!here || !currentStay(me)) return refused('calendar.notFound');
  return room?.closedAt === undefined ? undefined : refused('calendar.closed');
}
