import { allowed, idShape, momentShape, refused, type Id, type Moment } from '@noroshi/foundations/kernel';
import { command, happens, member, workspaceStream, type Effect, type Many } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import type { Seat } from './hand-over.ts';
import { mayTend } from './may-administer.ts';
import { guestTimeSet, personDisabled, personEnabled, thePerson } from './person.ts';
import { toldInRooms } from './told-in-rooms.ts';

/** The longest that someone from outside is let in at a time: a year, after which somebody has to want it again. (C3c) */
export const longestGuestTime = 366 * 24 * 3_600_000;

/** Whether this can be the end of a guest's time: it lies ahead, and no further than a year. */
export function checkGuestTime(until: Moment, now: Moment): ReturnType<typeof refused> | typeof allowed {
  if (until <= now) return refused('directory.guestTimePast');
  return until - now > longestGuestTime ? refused('directory.guestTimeLong') : allowed;
}

/** What makes a guest's time end by itself. Only the last that was set ends anything. */
export const guestEnds = (id: Id, until: Moment): Effect => ({ later: until, step: `guest/${until}`, command: 'directory.guestOver', input: { id, until } });

const everySeat = { many: member.noun, stream: '*' } as Many<Seat>;

/** Someone from outside is let in for longer, or for less; whose time is over comes in again. (C3c) */
export const setGuestTime = command('directory.setGuestTime', {
  about: 'Sets until when a guest is let in. Their account closes by itself then; one that was closed opens again.',
  input: z.strictObject({ id: idShape, until: momentShape }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ who: thePerson(input.id), seats: everySeat }),
  may(actor, { who }, { until }, { now }) {
    const verdict = mayTend(actor, who?.org);
    if (!verdict.ok) return verdict;
    if (!who) return refused('directory.notFound');
    if (who.role !== 'guest') return refused('directory.onlyGuestsEnd');
    return checkGuestTime(until, now);
  },
  then: ({ id, until }, { who, seats }) => [
    happens(guestTimeSet, { id, until }),
    ...(who!.disabled ? [happens(personEnabled, { id }), ...toldInRooms(id, seats, false)] : []),
    guestEnds(id, until),
  ],
});

/** The time of a guest is over. (C3c) */
export const guestOver = command('directory.guestOver', {
  about: 'Closes the account of a guest whose time is over.',
  input: z.strictObject({ id: idShape, until: momentShape }),
  streams: () => [workspaceStream],
  alone: true,
  system: true,
  offline: false,
  needs: (input) => ({ who: thePerson(input.id), seats: everySeat }),
  // They may have been given longer, or shown out before.
  may: (_actor, { who }, { until }) => (who?.until === until && !who.disabled ? allowed : refused('directory.notFound')),
  then: ({ id }, { seats }) => [happens(personDisabled, { id }), ...toldInRooms(id, seats, true)],
});
