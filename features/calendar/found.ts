import type { Finds } from '@noroshi/foundations/found';
import { appointment, type Appointment } from './appointment.ts';

/** Appointments, also those that are over. Of what is private nothing lies here; its words are found by nobody. */
export const appointmentFound: Finds<Appointment> = {
  noun: appointment.noun, shelf: 'calendar',
  things: ({ id, at, by, title, place, note, otherwise = [] }) => [{ id, at, by, words: [title, place, note, ...otherwise.flatMap((one) => [one.title, one.place, one.note])].filter(Boolean).join('\n') }],
  shows: ({ id, title }, _thing, { t }, _names, calendar) => ({ title: title || t('calendar.busy'), href: `/calendar/${calendar}/${id}` }),
};
