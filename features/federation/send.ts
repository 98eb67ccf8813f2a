import { allowed, idShape, momentShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, roomStream, workspaceStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { lives, parcelsStream, partnersStream, theBook } from './book.ts';
import { hashShape } from './parcel.ts';
import { notedInAll } from './offer.ts';
import { allPartners, doubted, held, isOpen, thePartner } from './partner.ts';
import { allShares, arrived, delayed, forgotten, keptShape, packed, receipted, resumed, tellsShape, theParcels, theShare, theSharing } from './share.ts';

const ofShare = { share: idShape, room: idShape };
const system = { system: true, offline: false } as const;

/** One thing of ours gets its number and its signature. It goes out behind that, as often as it takes. */
export const pack = command('federation.pack', {
  about: 'Gives one thing said in a shared room its number and its signature.',
  input: z.strictObject({ ...ofShare, before: hashShape, seq: z.int(), message: z.optional(idShape), tells: z.optional(tellsShape), ...keptShape }),
  streams: ({ room }) => [parcelsStream(room)], ...system,
  needs: ({ share: id }) => ({ share: theShare(id) }),
  may: (_actor, { share: one }, { no, before }) => (one && !one.closed && one.out.no + 1 === no && one.out.hash === before ? allowed : refused('federation.notNext')),
  then: ({ room: _room, before: _before, ...kept }) => [happens(packed, kept)],
});

/** Numbering goes on behind what they have of us: before the first in each history of ours, and where a backup was brought back. */
export const resume = command('federation.resume', {
  about: 'Begins or goes on to number what is sent, behind what the partner has of us; numbers that we know nothing of are named in the record and never used.',
  input: z.strictObject({ ...ofShare, no: z.int(), hash: hashShape, history: idShape }),
  streams: ({ room }) => [parcelsStream(room)], ...system,
  needs: ({ share: id }) => ({ share: theShare(id) }),
  may: (_actor, { share: one }, { no, history }) => (one && (one.out.no < no || (one.out.no === no && one.history !== history)) ? allowed : refused('federation.notNext')),
  then: ({ room: _room, ...to }) => [happens(resumed, to)],
});

/** How far they have what we sent, as their receipts say. */
export const reach = command('federation.reach', {
  about: 'Keeps up to which number a partner has what was sent to it.',
  input: z.strictObject({ ...ofShare, no: z.int() }),
  streams: ({ room }) => [parcelsStream(room)], ...system,
  needs: ({ share: id }) => ({ share: theShare(id) }),
  may: (_actor, { share: one }, { no }) => (one && one.have !== no && no <= one.out.no ? allowed : refused('federation.notNext')),
  then: ({ room: _room, ...to }) => [happens(receipted, to)],
});

/** 止める: they have said two things under one number, or have of us what we never said. */
export const hold = command('federation.hold', {
  about: 'Holds a partner that has said two things under one number, until an administrator has spoken with them.',
  input: z.strictObject({ partner: idShape, share: idShape, no: z.int() }),
  streams: () => [workspaceStream], alone: true, ...system,
  needs: (input) => ({ one: thePartner(input.partner), shares: allShares }),
  may: (_actor, { one }) => (isOpen(one) ? allowed : refused('federation.notHere')),
  then: (what, { one, shares }, _actor, when) => [happens(held, what, { on: partnersStream }), ...notedInAll('federation.held', one!, shares, when)],
});

/** In a new history all partners are held: who was revoked after the backup that was brought back would be heard again. (FD69) */
export const live = command('federation.live', {
  about: 'Notes in which history the partners stand; where a backup was brought back, all are held until an administrator has confirmed each anew.',
  input: z.strictObject({ history: idShape }),
  streams: () => [workspaceStream], alone: true, ...system,
  needs: () => ({ book: theBook, all: allPartners, shares: allShares }),
  may: (_actor, { book }, { history }) => (book && book.history !== history ? allowed : refused('federation.notNext')),
  then: (to, { book, all, shares }, _actor, when) => [
    happens(lives, to, { on: partnersStream }),
    ...(book!.history === undefined ? [] : all.filter(isOpen).flatMap((one) => [happens(doubted, { partner: one.id }, { on: partnersStream }), ...notedInAll('federation.held', one, shares, when)])),
  ],
});

/** The words of a message were taken out of the record, here: nothing is left by which they could be guessed. */
export const forget = command('federation.forget', {
  about: 'Takes the salts of the parcels about a message out of the record, whose words two administrators have taken out.',
  input: z.strictObject({ room: idShape, message: idShape }),
  streams: ({ room }) => [parcelsStream(room)], alone: true, ...system,
  needs: ({ message }) => ({ parcels: theParcels(message) }),
  may: (_actor, { parcels }) => (parcels ? allowed : refused('federation.notHere')),
  then: ({ message }) => [happens(forgotten, { message }), { empties: ['salt'], of: [theParcels(message)] }],
});

/** 相手に未着, said once for each time that the way is barred, and anew when a part has come through: devices tell by it which messages are not there. */
export const delay = command('federation.delay', {
  about: 'Tells a room that what was said there from some moment on has not arrived at the partner.',
  input: z.strictObject({ ...ofShare, since: momentShape, from: z.int() }),
  streams: ({ room }) => [roomStream(room)], ...system,
  needs: ({ room }) => ({ sharing: theSharing(room) }),
  may: (_actor, { sharing: one }, { share: id, from }) => (one?.share === id && (!one.delayed || one.delayed.from < from) ? allowed : refused('federation.notNext')),
  then: ({ room, since, from }) => [happens(delayed, { room, since, from })],
});

/** All of it has arrived. */
export const arrive = command('federation.arrive', {
  about: 'Tells a room that everything said there has arrived at the partner.',
  input: z.strictObject(ofShare),
  streams: ({ room }) => [roomStream(room)], ...system,
  needs: ({ room }) => ({ sharing: theSharing(room) }),
  may: (_actor, { sharing: one }, { share: id }) => (one?.share === id && one.delayed ? allowed : refused('federation.notNext')),
  then: ({ room }) => [happens(arrived, { room })],
});
