/** 予定表: what is when, who comes, and who is reminded. */
import { feature } from '@noroshi/foundations/sync';
import { answerAppointment, ring } from './answer-appointment.ts';
import { calendarFacts } from './facts.ts';
import { closeFeed, feedOf, openFeed } from './feed.ts';
import { importAppointments } from './import-appointments.ts';
import { openCalendar, openOwn, shareCalendar, unshareCalendar } from './open-calendar.ts';
import { putAppointment } from './put-appointment.ts';
import { amendAppointment, amendFollowing, amendOne, takeOut } from './tend-appointment.ts';

export { calendarFacts };
export { amendAppointment, amendFollowing, amendOne, answerAppointment, closeFeed, feedOf, importAppointments, openCalendar, openFeed, openOwn, putAppointment, ring, shareCalendar, takeOut, unshareCalendar };
export { answerOf, appointment, appointmentRedacts, wordsRedacts, isAsked, privateWords, theAppointment, type Answer, type Appointment, type PrivateWords } from './appointment.ts';
export { calendar, deskOf, deskStream, ownCalendarOf, type Calendar } from './calendar-place.ts';
export { inTheMorning, type Content } from './content.ts';
export { addDays, localAt, momentOf, weekday, dayNo } from './local-time.ts';
export { timesOf, type Time } from './times.ts';

export const calendars = feature('calendar', {
  ...calendarFacts,
  deeds: [openOwn, openCalendar, shareCalendar, unshareCalendar, putAppointment, amendAppointment, amendOne, amendFollowing, takeOut, answerAppointment, ring, importAppointments],
  doors: [feedOf, openFeed, closeFeed],
});
