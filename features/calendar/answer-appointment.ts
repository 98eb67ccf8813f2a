import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { answered, answers, rang, theAppointment } from './appointment.ts';
import { noPlace, onCalendar, theCalendar } from './calendar-place.ts';
import { localShape, ringsAt } from './content.ts';
import { ringLater } from './put-appointment.ts';
import { timeOn } from './times.ts';

/** 出席・未定・欠席: to all of it, or to one time. Anyone who reads the calendar may; the last answer counts. */
export const answerAppointment = command('calendar.answer', {
  about: 'Says whether one comes to an appointment, or to one time of a series. The last answer counts.',
  input: z.strictObject({ calendar: idShape, appointment: idShape, answer: z.enum(answers), on: z.optional(localShape) }),
  streams: ({ calendar }) => [roomStream(calendar)],
  needs: (input, actor) => ({ ...onCalendar(input, actor), appointment: theAppointment(input.appointment) }),
  may(_actor, facts, { on }) {
    const gone = noPlace(facts);
    if (gone) return gone;
    if (!facts.appointment) return refused('calendar.appointmentNotFound');
    if (facts.appointment.takenOut) return refused('calendar.takenOut');
    if (facts.appointment.private) return refused('calendar.privateHasNobody');
    return on === undefined || timeOn(facts.appointment, on) ? allowed : refused('calendar.noSuchOccurrence');
  },
  then: ({ appointment: id, answer, on }) => [happens(answered, { appointment: id, answer, ...(on ? { on } : {}) })],
});

/** A reminder of a time that is so late is history (milliseconds): the server was away. */
export const stale = 60 * 60_000;

/** People are reminded. The clock does this, and plans the next time. */
export const ring = command('calendar.ring', {
  about: 'Reminds people of an appointment whose time for that has come.',
  input: z.strictObject({ calendar: idShape, appointment: idShape, rev: z.int(), on: localShape, at: z.int() }),
  streams: ({ calendar }) => [roomStream(calendar)],
  system: true,
  needs: ({ calendar, appointment: id }) => ({ calendar: theCalendar(calendar), appointment: theAppointment(id) }),
  may(_actor, { calendar, appointment: of }, { rev, on, at }) {
    if (!calendar || !of || of.takenOut || of.rev !== rev) return refused('calendar.takenOut');
    const time = timeOn(of, on);
    return time && of.reminders?.some((minutes) => ringsAt(time.start, minutes) === at) ? allowed : refused('calendar.noSuchOccurrence');
  },
  then: ({ calendar, appointment: id, rev, on, at }, { appointment: of }, _actor, { now }) => [
    ...(now - at <= stale ? [happens(rang, { appointment: id, on, at })] : []),
    // What came due while the server was away is past; two that fall on one moment ring as one.
    ...ringLater(calendar, of!, id, rev, Math.max(at, now - stale)),
  ],
});
