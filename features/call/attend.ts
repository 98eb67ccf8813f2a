import { theRoom } from '@noroshi/features/talk';
import { allowed, idShape, refused, type Id, type Verdict } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, membership, roomStream, type Effect, type Member } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { callDeclined, callEnded, callJoined, callLeft, inRoom, present, ringsFor, theCall, type Call } from './call-noun.ts';

/** A call is one thing on every device: whoever comes and goes without end does not make it grow without end. */
const mostVisits = 1_000;

const ofCall = z.strictObject({ room: idShape, call: idShape });
const needsOf = ({ room, call }: z.output<typeof ofCall>, { person }: { person: Id }) => ({ one: theCall(call), me: membership(roomStream(room), person) });
const envelope = ({ incident, drill }: Call) => ({ ...(incident ? { incident } : {}), drill: drill ?? false });

/** What is refused of every deed about a call: one that is not here, and one that is over. */
const runs = (one: Call | undefined, me: Member | undefined): Verdict => (!one || !currentStay(me) ? refused('call.notFound') : one.ended === undefined ? allowed : refused('call.over'));

/** Someone is out of it; with the last of them it is over. (CA3) */
const goes = (one: Call, person: Id, lost?: 1): Effect[] => [
  happens(callLeft, { call: one.id, person, ...(lost ? { lost } : {}) }, envelope(one)),
  ...(present(one).some((who) => who !== person) ? [] : [happens(callEnded, { call: one.id }, envelope(one))]),
];

const ofSomeone = z.strictObject({ ...ofCall.def.shape, person: idShape });

/** 入る: made by the server when a device stands on the call's line, and by nobody else. (CA3) */
export const join = command('call.join', {
  about: 'Notes that someone stands on the line of a call.',
  input: ofSomeone, streams: inRoom, system: true, offline: false, needs: ({ room, call, person }) => ({ one: theCall(call), me: membership(roomStream(room), person), room: theRoom(room) }),
  may(_actor, { one, me, room }, { person }) {
    const verdict = runs(one, me);
    if (!verdict.ok) return verdict;
    if (room?.closedAt !== undefined) return refused('talk.roomClosed');
    if (present(one!).includes(person)) return refused('call.hereAlready');
    return one!.visits.length < mostVisits ? allowed : refused('call.tooOften');
  },
  then: ({ call, person }, { one }) => [happens(callJoined, { call, person }, envelope(one!))],
});

/** 通話から出る: made by the server when their last device has left, or its line has died and not come back (`lost`, CA4). */
export const leave = command('call.leave', {
  about: 'Notes that someone is in a call no more.',
  input: z.strictObject({ ...ofSomeone.def.shape, lost: z.optional(z.literal(1)) }),
  streams: inRoom, system: true, offline: false, needs: ({ call }) => ({ one: theCall(call) }),
  may: (_actor, { one }, { person }) => (one && one.ended === undefined && present(one).includes(person) ? allowed : refused('call.over')),
  then: ({ person, lost }, { one }) => goes(one!, person, lost),
});

/** 全員の通話を終える: whoever started it, or who administers the house; and the clock, where nobody came. */
export const end = command('call.end', {
  about: 'Ends a call for all who are in it.',
  input: ofCall, streams: inRoom, offline: false, needs: needsOf,
  may(actor, { one, me }) {
    if (actor.role === 'system') return one && one.ended === undefined ? allowed : refused('call.over');
    const verdict = runs(one, me);
    return verdict.ok && one!.by !== actor.person && actor.role !== 'administrator' ? refused('call.notYours') : verdict;
  },
  then: ({ call }, { one }) => [happens(callEnded, { call }, envelope(one!))],
});

/** あとで: whoever is rung does not come now, and is rung no more. (CA2) */
export const decline = command('call.decline', {
  about: 'Says that one does not come to a call now: it rings no more.',
  input: ofCall, streams: inRoom, needs: needsOf,
  may(actor, { one, me }) {
    const verdict = runs(one, me);
    return verdict.ok && !ringsFor(one!, actor.person) ? refused('call.notRung') : verdict;
  },
  then: ({ call }, { one }) => [happens(callDeclined, { call }, envelope(one!))],
});
