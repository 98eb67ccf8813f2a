import { idShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { command, happens, type Effect } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { asksAnyone, put, worded, type Appointment } from './appointment.ts';
import { atDesk, deskStream, noPlace, writing } from './calendar-place.ts';
import { checkContent, contentShape, type Content } from './content.ts';
import { nextRing } from './times.ts';

/** The clock reminds of the next time alone; each time plans the one behind it. A change plans anew, and what was planned before it is refused. */
export function ringLater(calendar: Id, of: Pick<Appointment, 'start' | 'end' | 'title' | 'repeat' | 'except' | 'otherwise' | 'reminders' | 'takenOut'>, id: Id, rev: number, after: Moment): Effect[] {
  const next = nextRing(of, after);
  return next ? [{ later: next.at, step: `ring/${rev}/${next.at}`, command: 'calendar.ring', input: { calendar, appointment: id, rev, on: next.on, at: next.at } }] : [];
}

/** What is said of it where all may read, and, of what is private, what lies at the desk. */
export function parted(calendar: Id, id: Id, content: Content, isPrivate: boolean): { readonly open: Content; readonly desk: Effect[] } {
  if (!isPrivate) return { open: content, desk: [] };
  const { title, place, note, ...rest } = content;
  return { open: { ...rest, title: '' }, desk: [happens(worded, { appointment: id, title, ...(place ? { place } : {}), ...(note ? { note } : {}) }, { on: deskStream(calendar) })] };
}

/** 予定を入れる. Of a private one the readers of the calendar see when it is, and those who write alone see what it is. */
export const putAppointment = command('calendar.putAppointment', {
  about: 'Puts an appointment into a calendar. The id of the command is the id of the appointment. Of a private one readers see only when it is.',
  input: z.strictObject({ calendar: idShape, private: z.optional(z.boolean()), ...contentShape.def.shape }),
  streams: writing,
  needs: atDesk,
  may(_actor, facts, { private: isPrivate = false, ...content }) {
    return noPlace(facts) ?? checkContent(content, isPrivate, asksAnyone(content));
  },
  then({ calendar, private: isPrivate = false, ...content }, _facts, _actor, { id, now }): Effect[] {
    const { open, desk } = parted(calendar, id, content, isPrivate);
    return [happens(put, { id, ...open, ...(isPrivate ? { private: true } : {}) }), ...desk, ...ringLater(calendar, content, id, 1, now)];
  },
});
export type PutSaid = z.output<typeof putAppointment.input>;

