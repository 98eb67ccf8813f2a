import { facts } from '@noroshi/foundations/sync';
import { amended, answered, appointment, changedOne, droppedOne, privateWords, put, rang, takenOut, worded, wordsTakenOut } from './appointment.ts';
import { calendar, calendarSet } from './calendar-place.ts';

/** What this room makes true: all that a device must know to hold it. */
export const calendarFacts = facts('calendar', {
  events: [calendarSet, put, amended, changedOne, droppedOne, takenOut, answered, rang, worded, wordsTakenOut],
  nouns: [calendar, appointment, privateWords],
});
