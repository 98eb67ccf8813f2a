import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Many, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { partnersStream } from './book.ts';
import { hashShape, start, type Chain } from './parcel.ts';

const chainShape = z.strictObject({ no: z.int(), hash: hashShape });
/** A parcel as it is kept: what was signed, and the signature. Its words stand where they were said, and its salt here until they go. */
export const keptShape = {
  share: idShape, no: z.int().check(z.minimum(1)), hash: hashShape, kind: z.string().check(z.maxLength(20)),
  head: z.string().check(z.maxLength(1_000)), sig: z.string().check(z.maxLength(100)), salt: z.optional(z.string().check(z.maxLength(50))),
  /** What of its body is not said elsewhere: who said it, and how. */
  rest: z.optional(z.string().check(z.maxLength(8_000))),
};

/** What an acceptance tells: as what our room is known there, or theirs as well, as they told it. */
export const tellsShape = z.enum(['ours', 'both']);

/** 共有を申し入れた: we ask a partner to share a room of ours. */
export const offered = eventKind('federation.offered', 405, z.object({ share: idShape, partner: idShape, room: idShape }));
/** 受け入れた: we share what they asked for, as this room of ours. `in`: how far their parcels are. */
export const accepted = eventKind('federation.accepted', 406, z.object({ share: idShape, partner: idShape, room: idShape, in: chainShape }));
/** They have accepted what we offered. */
export const opened = eventKind('federation.opened', 407, z.object({ share: idShape }));
/** 終えた: by us, or by them. */
export const ended = eventKind('federation.ended', 408, z.object({ share: idShape, by: z.enum(['us', 'them']) }));
/** One thing of ours has its number and its signature. `seq`: which event of the room it tells. */
export const packed = eventKind('federation.packed', 409, z.object({ ...keptShape, seq: z.int(), message: z.optional(idShape), tells: z.optional(tellsShape) }));
/** One thing of theirs was taken in. */
export const taken = eventKind('federation.taken', 410, z.object({ ...keptShape, room: z.optional(idShape), message: z.optional(idShape), file: z.optional(idShape) }));
/** They have told as what their room is known here: we sign it back, once. What they tell after that is not heard. */
export const named = eventKind('federation.named', 393, z.object({ share: idShape, room: hashShape }));
/** Its words were taken out of the record: so is the salt without which their hash cannot be guessed from. */
export const forgotten = eventKind('federation.forgotten', 418, z.object({ message: idShape }), { empties: true });
/**
 * They were asked how far they have what we sent, in this history of ours: numbering goes on from here. Where they have more than we know
 * of, a backup was brought back here, and what lies between is never used again.
 */
export const resumed = eventKind('federation.resumed', 411, z.object({ share: idShape, no: z.int(), hash: hashShape, history: idShape }));

/** They say how far they have what we sent: so it is known after a restart too, also where they cannot be asked. */
export const receipted = eventKind('federation.receipted', 419, z.object({ share: idShape, no: z.int() }));

/** A room that is also on a partner's side, as its parcels stand. Kept where nobody is: it comes down to no device. */
export interface Share {
  readonly id: Id;
  readonly partner: Id;
  readonly room: Id;
  readonly state: 'offered' | 'open' | 'ended';
  /** Whether we offered it: then our first parcel is the offer, and else the acceptance. */
  readonly ours: boolean;
  readonly at: Moment;
  readonly by: Id;
  /** The last parcel that went out, and the last that came in. */
  readonly out: Chain;
  readonly in: Chain;
  /** Up to which number they had ours when they last said so; unknown before the first receipt. */
  readonly have?: number;
  /** Up to which event of the room everything has its parcel. */
  readonly seen: number;
  readonly endedBy?: 'us' | 'them';
  /** In which history of ours numbers are given: in another one they are asked first. */
  readonly history?: Id;
  /** As what their room is known here, and what they were told of both. */
  readonly theirs?: string;
  readonly told?: z.output<typeof tellsShape>;
  /** Our last word was packed. */
  readonly closed?: true;
}

export const share = noun<Share>('share')
  .begins(offered, (e) => e.body.share, ({ at, by, body: { share: id, partner, room } }) => ({ id, partner, room, state: 'offered', ours: true, at, by, out: start, in: start, seen: 0 }))
  .begins(accepted, (e) => e.body.share, ({ at, by, body: { share: id, partner, room, in: told } }) => ({ id, partner, room, state: 'open', ours: false, at, by, out: start, in: told, seen: 0 }))
  .on(opened, (e) => e.body.share, (now) => now && { ...now, state: 'open' })
  .on(ended, (e) => e.body.share, (now, { body: { by } }) => now && { ...now, state: 'ended', endedBy: by })
  .on(packed, (e) => e.body.share, (now, { body: { no, hash, seq, kind, tells } }) => now && { ...now, out: { no, hash }, seen: Math.max(now.seen, seq), ...(tells ? { told: tells } : {}), ...(kind === 'end' ? { closed: true as const } : {}) })
  .on(named, (e) => e.body.share, (now, { body: { room } }) => now && { ...now, theirs: room })
  .on(resumed, (e) => e.body.share, (now, { body: { no, hash, history } }) => now && { ...now, out: { no, hash }, history })
  .on(receipted, (e) => e.body.share, (now, { body: { no } }) => now && { ...now, have: no })
  .on(taken, (e) => e.body.share, (now, { body: { no, hash } }) => now && { ...now, in: { no, hash } });
export const theShare = (id: Id): Ref<Share> => ref(share, id);
export const allShares = { many: share.noun, stream: '*' } as Many<Share>;

/** Which parcel told that the bytes of a file can be fetched. */
export interface Coming { readonly share: Id; readonly no: number }
/** The parcels about one message: by it they are found when its words are taken out of the record. `files`: what of it can be fetched. */
export interface MessageParcels { readonly nos: readonly number[]; readonly files?: Readonly<Record<Id, Coming>> }
const about = (now: MessageParcels | undefined, { body: { no, message } }: { body: { no: number; message?: Id | undefined } }): MessageParcels | undefined => (message === undefined ? undefined : { ...now, nos: [...now?.nos ?? [], no] });
export const messageParcels = noun<MessageParcels>('messageParcels', { windowed: true })
  .on(packed, (e) => e.body.message, about)
  .on(taken, (e) => e.body.message, (now, e) => {
    const { share: of, no, file } = e.body;
    const all = about(now, e);
    // What told of it first counts: a house that was brought back tells of it once more.
    return all && file !== undefined && !all.files?.[file] ? { ...all, files: { ...all.files, [file]: { share: of, no } } } : all;
  });
export const theParcels = (message: Id): Ref<MessageParcels> => ref(messageParcels, message);

/** They ask us to share a room. */
export const asked = eventKind('federation.asked', 412, z.object({ partner: idShape, name: z.string().check(z.maxLength(80)), ...keptShape }));
export const askEnded = eventKind('federation.askEnded', 413, z.object({ share: idShape, how: z.enum(['accepted', 'declined', 'withdrawn']), no: z.optional(z.int()), hash: z.optional(hashShape) }));

/** What was asked long ago is over: how the room was called with them is in the record no more. */
export const askForgotten = eventKind('federation.askForgotten', 392, z.object({ share: idShape }), { empties: true });

/** 申し入れ: what a partner asks for. */
export interface Ask {
  readonly id: Id;
  readonly partner: Id;
  /** What the room is called with them; nothing once it is over. */
  readonly name: string;
  readonly at: Moment;
  readonly in: Chain;
  readonly over?: 'accepted' | 'declined' | 'withdrawn';
  readonly forgotten?: true;
}

export const ask = noun<Ask>('shareAsk')
  .begins(asked, (e) => e.body.share, ({ at, body: { share: id, partner, name, no, hash } }) => ({ id, partner, name, at, in: { no, hash } }))
  .on(askEnded, (e) => e.body.share, (now, { body: { how, no, hash } }) => now && { ...now, name: '', over: how, ...(no !== undefined && hash !== undefined ? { in: { no, hash } } : {}) })
  .on(askForgotten, (e) => e.body.share, (now) => now && { ...now, forgotten: true });
export const theAsk = (id: Id): Ref<Ask> => ref(ask, id);
export const allAsks = { many: ask.noun, stream: partnersStream } as Many<Ask>;

/** What everyone in the room is told: with whom it is shared from here on. `org`: under which organization their words stand. */
export const shared = eventKind('federation.shared', 414, z.object({ room: idShape, share: idShape, name: z.string(), org: idShape }));
export const unshared = eventKind('federation.unshared', 415, z.object({ room: idShape, by: z.enum(['us', 'them']) }));
/** 相手に未着: what was said here from this event on has not arrived there. */
export const delayed = eventKind('federation.delayed', 416, z.object({ room: idShape, since: momentShape, from: z.int() }));
export const arrived = eventKind('federation.arrived', 417, z.object({ room: idShape }));

/** With whom a room is shared, as those in it see it. */
export interface Sharing {
  readonly room: Id;
  readonly share: Id;
  /** The other house, by the name on its card. */
  readonly name: string;
  readonly org: Id;
  readonly at: Moment;
  /** What is said from this event on goes there too. */
  readonly from: number;
  readonly ended?: { readonly at: Moment; readonly by: 'us' | 'them' };
  readonly delayed?: { readonly since: Moment; readonly from: number };
}

const withoutDelay = ({ delayed: _over, ...rest }: Sharing): Sharing => rest;
export const sharing = noun<Sharing>('sharing', { always: true })
  .on(shared, (e) => e.body.room, (_now, { at, seq, body }) => ({ ...body, at, from: seq }))
  .on(unshared, (e) => e.body.room, (now, { at, body: { by } }) => now && { ...now, ended: { at, by } })
  .on(delayed, (e) => e.body.room, (now, { body: { since, from } }) => now && { ...now, delayed: { since, from } })
  .on(arrived, (e) => e.body.room, (now) => now && withoutDelay(now));
export const theSharing = (room: Id): Ref<Sharing> => ref(sharing, room);

export const shareFacts = { events: [offered, accepted, opened, named, ended, packed, taken, resumed, forgotten, receipted, asked, askEnded, askForgotten, shared, unshared, delayed, arrived], nouns: [share, messageParcels, ask, sharing] };
