import { octetsOf } from '@noroshi/foundations/documents/content-lines';
import { allowed, derivedId, idShape, refused, type Id } from '@noroshi/foundations/kernel';
import { command, happens, type Effect } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { amended, asksAnyone, put, theAppointment, type Appointment } from './appointment.ts';
import { atDesk, noPlace, writing } from './calendar-place.ts';
import { checkContent, checkTimes, contentShape, exceptShape, otherwiseListShape } from './content.ts';
import { parted, ringLater } from './put-appointment.ts';

/** So many appointments go in at once; a file of more goes in bit by bit. */
export const mostAtOnce = 50;

/** A message of the wire holds 256 KiB: what goes in at once stays well below, in bytes as JSON has it. */
export const mostBytesAtOnce = 180_000;
export const bytesOf = (one: object): number => octetsOf(JSON.stringify(one));

const oneShape = z.strictObject({ uid: z.string().check(z.minLength(1), z.maxLength(400)), private: z.optional(z.boolean()), ...contentShape.def.shape, except: z.optional(exceptShape), otherwise: z.optional(otherwiseListShape) });
export type Imported = z.output<typeof oneShape>;

const ours = /^([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})@noroshi$/;
/** The name that an appointment bears in a file. */
export const uidOf = ({ id, uid }: Pick<Appointment, 'id' | 'uid'>): string => uid ?? `${id}@noroshi`;
/** Which appointment of this calendar a UID names: the same file taken twice finds what it made, and what was made here finds itself. */
export const idOfUid = (calendar: Id, uid: string): Id => ours.exec(uid)?.[1] ?? derivedId(calendar, `ics/${uid}`);

/** What is to go in, in as many parts as it needs: each within a message. */
export function inMessages(all: readonly Imported[]): Imported[][] {
  const parts: Imported[][] = [];
  let room = 0;
  for (const one of all) {
    const bytes = bytesOf(one);
    if (bytes > room || parts.at(-1)!.length === mostAtOnce) {
      parts.push([]);
      room = mostBytesAtOnce;
    }
    parts.at(-1)!.push(one);
    room -= bytes;
  }
  return parts;
}

/** .icsを取り込む. What is here under its UID is changed, and not doubled. */
export const importAppointments = command('calendar.import', {
  about: 'Puts appointments from a file into a calendar. What stands there under its UID becomes the next version; nothing is doubled.',
  input: z.strictObject({ calendar: idShape, appointments: z.array(oneShape).check(z.minLength(1), z.maxLength(mostAtOnce)) }),
  streams: writing,
  needs: (input, actor) => ({
    ...atDesk(input, actor), ...Object.fromEntries(input.appointments.map(({ uid }) => [`@${idOfUid(input.calendar, uid)}`, theAppointment(idOfUid(input.calendar, uid))])) as {},
  }),
  may(_actor, facts, { appointments }) {
    const gone = noPlace(facts);
    if (gone) return gone;
    if (new Set(appointments.map(({ uid }) => uid)).size < appointments.length) return refused('calendar.uidTwice');
    for (const { uid: _uid, private: isPrivate = false, except: _except, otherwise = [], ...content } of appointments) {
      const verdict = checkContent(content, isPrivate, asksAnyone(content));
      if (!verdict.ok) return verdict;
      if (isPrivate && otherwise.length > 0) return refused('calendar.privateKeepsWords');
      const odd = otherwise.map(checkTimes).find(({ ok }) => !ok);
      if (odd) return odd;
    }
    return allowed;
  },
  then({ calendar, appointments }, facts, _actor, { now }): Effect[] {
    const held = facts as Readonly<Record<`@${Id}`, Appointment | undefined>>;
    return appointments.flatMap(({ uid, private: said = false, except, otherwise, ...content }): Effect[] => {
      const id = idOfUid(calendar, uid);
      const before = held[`@${id}`];
      // What was taken out here is not brought back by a file.
      if (before?.takenOut) return [];
      // What was private stays so, whatever the file says.
      const isPrivate = before ? before.private ?? false : said;
      const { open, desk } = parted(calendar, id, content, isPrivate);
      const odd = { ...(except?.length ? { except } : {}), ...(otherwise?.length && !isPrivate ? { otherwise } : {}) };
      const kept = before ? { ...(before.reminders && !content.reminders ? { reminders: before.reminders } : {}), ...(before.people ? { people: before.people } : {}), ...(before.orgs ? { orgs: before.orgs } : {}) } : {};
      return [
        before ? happens(amended, { appointment: id, ...open, ...kept, ...odd } as never) : happens(put, { id, ...open, ...odd, ...(isPrivate ? { private: true } : {}), ...(ours.test(uid) ? {} : { uid }) } as never),
        ...desk, ...ringLater(calendar, { ...content, ...kept, ...odd }, id, (before?.rev ?? 0) + 1, now),
      ];
    });
  },
});
