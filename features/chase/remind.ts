import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { theOrganization } from '@noroshi/features/directory';
import { theMessage, theRoom } from '@noroshi/features/talk';
import { command, happens, membership, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { reminded, remindedTold, theReminder } from './reminder.ts';
import { resultsShape } from './run.ts';
import { envelope, mayRing } from './take-card.ts';

/** Not more often than once in so many minutes. */
export const remindEvery = 3;

/** 未読の人にもう一度知らせる: by who said it, or headquarters. */
export const remind = command('chase.remind', {
  about: 'Tells those who have not read a message once more. By its author or the prefecture, once in three minutes.',
  input: z.strictObject({ room: idShape, message: idShape }),
  streams: ({ room }) => [roomStream(room)],
  needs: ({ room, message }, actor) => ({
    room: theRoom(room), me: membership(roomStream(room), actor.person), message: theMessage(message), mine: theOrganization(actor.org), reminder: theReminder(message),
  }),
  may(actor, { room, me, message, mine, reminder: before }, _input, { now }) {
    const verdict = mayRing(actor, room, me);
    if (!verdict.ok) return verdict;
    if (!message) return refused('talk.messageNotFound');
    if (message.withdrawn) return refused('talk.withdrawn');
    if (message.by !== actor.person && mine?.kind !== 'prefecture') return refused('chase.notYoursToRemind');
    const wait = before ? before.at + remindEvery * 60_000 - now : 0;
    return wait > 0 ? refused('chase.remindedJustNow', { minutes: Math.ceil(wait / 60_000) }) : allowed;
  },
  then: ({ message: id }, { message }) => [happens(reminded, { message: id }, envelope(message))],
});

/** What became of it: written down for the record. */
export const reportReminder = command('chase.reportReminder', {
  about: 'What became of telling once more, for whom.',
  input: z.strictObject({ room: idShape, message: idShape, times: z.int(), results: resultsShape }),
  streams: ({ room }) => [roomStream(room)],
  system: true,
  needs: ({ message }) => ({ message: theMessage(message), reminder: theReminder(message) }),
  may: (_actor, { reminder: now }, { times }) => (now?.times === times && !now.told ? allowed : refused('chase.nothingAsked')),
  then: ({ message: id, times, results }, { message }) => [happens(remindedTold, { message: id, times, results }, envelope(message))],
});
