import { addDays, amendAppointment, amendFollowing, amendOne, answerAppointment, appointment, calendar, localAt, openOwn, putAppointment, takeOut, timesOf, type Appointment, type Calendar, type Content } from '@noroshi/features/calendar';
import type { Doc } from '@noroshi/foundations/sync';
import type { Client } from '../client.ts';
import { placeOf, some, type Act, type Stage } from './act.ts';

const hours = ['09:00', '10:30', '13:00', '15:30'];
const comes = ['yes', 'maybe', 'no'] as const;

/** Once, or day by day, or week by week; reminders are due while the round lasts, now and then. */
function meeting({ dice, house, token }: Stage, now: number): Content {
  const day = localAt(now + (1 + dice.below(5)) * 86_400_000).slice(0, 10);
  const soon = localAt(now + 60_000 + dice.below(120_000));
  const start = dice.chance(0.2) ? soon : `${day}T${dice.pick(hours)}`;
  const repeat = dice.below(3);
  return {
    title: `会議 ${token()}`, start, end: localAt(Date.parse(`${start}:00+09:00`) + 3_600_000), reminders: [1],
    ...(repeat === 0 ? { repeat: 'FREQ=DAILY;COUNT=6' } : repeat === 1 ? { repeat: 'FREQ=WEEKLY;COUNT=4' } : {}),
    ...(dice.chance(0.6) ? { people: house.people.slice(0, 1 + dice.below(3)).map(({ actor }) => actor.person) } : {}),
  };
}

/** The day after, at the same hours. */
const later = (at: string): string => `${addDays(at.slice(0, 10), 1)}${at.slice(10)}`;

const contentOf = ({ title, start, end, repeat, reminders, people }: Appointment): Content => (
  { title, start, end, ...(repeat ? { repeat } : {}), ...(reminders ? { reminders } : {}), ...(people ? { people } : {}) });

const someTime = ({ dice }: Stage, { value }: Doc<Appointment>): string => dice.pick(timesOf(value, value.start, addDays(value.start.slice(0, 10), 40)))?.on ?? value.start;
const someAppointment = (stage: Stage, by: Client): Promise<Doc<Appointment> | undefined> => some<Appointment>(stage, by, appointment.noun, ({ takenOut }) => !takenOut);

/** What people do in calendars. */
export const calendars: readonly Act[] = [
  {
    act: 'open a calendar of one’s own', weight: 0.3,
    do: (stage, by) => by.give(openOwn, { mark: 1 + stage.dice.below(6) }),
  },
  {
    act: 'make an appointment', weight: 1.5,
    async do(stage, by) {
      const where = (await some<Calendar>(stage, by, calendar.noun))?.value;
      if (!where) return;
      const { people, ...content } = meeting(stage, by.end.now());
      // A private one asks nobody to come.
      const isPrivate = stage.dice.chance(0.3);
      await by.give(putAppointment, { calendar: where.id, ...content, ...(isPrivate ? { private: true } : people ? { people } : {}) });
    },
  },
  {
    act: 'move an appointment, or take it out', weight: 2,
    async do(stage, by) {
      const { dice } = stage;
      const doc = await someAppointment(stage, by);
      if (!doc) return;
      const on = { calendar: placeOf(doc), appointment: doc.id, sees: doc.value.rev };
      const which = dice.below(10);
      // Of what is private a reader does not have the words: theirs are refused.
      const content = { ...contentOf(doc.value), title: doc.value.title || '内部の打合せ' };
      const series = doc.value.repeat === undefined ? undefined : someTime(stage, doc);
      if (which < 3) await by.give(amendAppointment, { ...on, ...content, start: later(content.start), end: later(content.end) });
      else if (which < 6 && series) await by.give(amendOne, { ...on, on: series, title: doc.value.private ? '' : content.title, start: later(series), end: `${later(series).slice(0, 10)}T23:00` });
      else if (which < 8 && series) await by.give(amendFollowing, { ...on, on: series, ...content, start: series, end: `${series.slice(0, 10)}T23:30`, repeat: 'FREQ=DAILY;COUNT=3' });
      else if (which < 9 && series) await by.give(takeOut, { ...on, on: series, ...(dice.chance(0.3) ? { following: true as const } : {}) });
      else if (dice.chance(0.4)) await by.give(takeOut, on);
    },
  },
  {
    act: 'say whether one comes', weight: 4,
    async do(stage, by) {
      const doc = await someAppointment(stage, by);
      if (!doc) return;
      const one = stage.dice.chance(0.5) ? { on: someTime(stage, doc) } : {};
      await by.give(answerAppointment, { calendar: placeOf(doc), appointment: doc.id, answer: stage.dice.pick(comes), ...one });
    },
  },
];
