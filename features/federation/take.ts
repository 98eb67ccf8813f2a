import { amend, noted, saysIn, theMessage, theRoom, withdraw, type Content, type Message, type Room } from '@noroshi/features/talk';
import { awaitsFiles, fileRefused, theFile, type StoredFile } from '@noroshi/foundations/files';
import { allowed, derivedId, idShape, momentShape, refused, wallTime, type Actor, type Id, type Moment } from '@noroshi/foundations/kernel';
import { asLine, calledHere, lateAfter, mostNames, orgOf, saidAtLine } from '@noroshi/foundations/parcel';
import { command, happens, member, roomStream, workspaceStream, type Effect, type Many, type Member, type MemberCard, type When } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { parcelsStream, partnersStream } from './book.ts';
import { endedEffects, sharedEffects } from './offer.ts';
import { bodyShapes, hashShape, judge, start, type Who } from './parcel.ts';
import { isOpen, thePartner, type Partner } from './partner.ts';
import { allAsks, askEnded, askForgotten, asked, keptShape, named, opened, taken, theAsk, theShare, type Share } from './share.ts';

/** So many of a partner's people have a name of their own in a room; whoever comes after them speaks as their house. */
export const mostStrangers = 100;
/** So many askings of one partner wait at once, */
export const mostAsks = 10;
/** and so many come in within a day, also where they are taken back at once: each has its place in the record for good. */
export const mostAsksADay = 30;
const day = 24 * 3_600_000;
/** What was asked so long ago (milliseconds), and is over, loses its words with the next asking. */
const mostKept = 90 * day;
/** Why a file of theirs does not come: it was refused there, is no more, is not what was signed, or too many wait. */
export const staysThere = 'federation.fileStays';

/** A parcel whose signature was found good, with what of it is kept. */
const parcelShape = { partner: idShape, before: hashShape, ...keptShape };
const alone = { alone: true, system: true, offline: false } as const;

/** They ask us to share a room, or take that back. */
export const takeAsk = command('federation.takeAsk', {
  about: 'Takes in what a partner asks for, once.',
  input: z.strictObject({ ...parcelShape, offer: z.optional(bodyShapes.offer) }),
  streams: () => [workspaceStream], ...alone,
  needs: ({ share: id, partner }) => ({ one: thePartner(partner), ask: theAsk(id), share: theShare(id), asks: allAsks }),
  may(_actor, { one, ask, share: known, asks }, { partner, offer, ...parcel }, { now }) {
    if (!isOpen(one) || known || (ask && ask.partner !== partner)) return refused('federation.notHere');
    if (judge(ask?.in ?? start, parcel) !== 'next' || ask?.over) return refused('federation.notNext');
    if (!ask && !offer) return refused('federation.notHere');
    const theirs = asks.filter((each) => each.partner === partner);
    const isFull = theirs.filter(({ over }) => !over).length >= mostAsks || theirs.filter(({ at }) => at > now - day).length >= mostAsksADay;
    return !ask && isFull ? refused('federation.notHere') : allowed;
  },
  then: ({ before: _before, offer, ...kept }, { ask, asks }, _actor, { now }) => [
    ...asks.filter(({ at, over, forgotten }) => over && !forgotten && at < now - mostKept).slice(0, mostAsksADay).flatMap(({ id }): Effect[] => [
      happens(askForgotten, { share: id }, { on: partnersStream }), { empties: ['name', 'salt', 'rest'], of: [theAsk(id)] },
    ]),
    ask ? happens(askEnded, { share: ask.id, how: 'withdrawn', no: kept.no, hash: kept.hash }, { on: partnersStream })
      : happens(asked, { ...kept, name: asLine(offer!.name, 80) }, { on: partnersStream }),
  ],
});

/** Their people as they stand in a room of ours: with a card, and without a seat. They read nothing here, are asked for nothing and never sign in. */
const cardOf = (who: Who, { id, name }: Partner): MemberCard => ({ ...calledHere(who, name), org: orgOf(id), mark: [...name].slice(0, 2).join(''), rank: 1_000, guest: true });
const isSame = (a: MemberCard, b: MemberCard): boolean => a.name === b.name && a.post === b.post && a.orgName === b.orgName;

/** What gives a stranger their card, where it is news: they come, and have left, in one. */
function seats(person: Id, card: MemberCard, members: readonly Member[], on: string): Effect[] {
  const known = members.find((one) => one.person === person);
  if (known && (isSame(known.card, card) || known.stays.length >= mostNames)) return [];
  return [{ joins: person, card, history: false, on }, { leaves: person, on }];
}

const takeShape = z.strictObject({
  ...parcelShape, room: idShape,
  /** When it was said, by their clock: a label, which decides nothing. */
  at: momentShape,
  /** Which message it makes or changes. */
  message: z.optional(idShape),
  accept: z.optional(bodyShapes.accept), say: z.optional(bodyShapes.say), file: z.optional(bodyShapes.file), amend: z.optional(bodyShapes.amend), withdraw: z.optional(bodyShapes.withdraw), redact: z.optional(bodyShapes.redact),
  /** Under which ids the files that it names stand here, in its order. */
  files: z.optional(z.array(idShape).check(z.maxLength(10))),
  /** So many of their files wait that this one is not fetched. */
  isTooMuch: z.optional(z.literal(true)),
  /** Its words are in the record of their house no more, and did not travel. */
  gone: z.optional(z.literal(true)),
});
type Take = z.output<typeof takeShape>;
interface Known { readonly one: Partner; readonly share: Share; readonly room: Room; readonly members: readonly Member[]; readonly message: Message | undefined; readonly wish: Message | undefined; readonly told: StoredFile | undefined }
/** Under which id the talk says that a message is to be blacked out: once, however often they ask. */
const wishOf = (message: Id): Id => derivedId(message, 'redactWish');

/** A thing said by a partner's people, or what becomes of the sharing. The actor is the stranger who says it. */
export const take = command('federation.take', {
  about: 'Takes in one parcel of a partner, once: its number, its signature and what it says become true together.',
  input: takeShape,
  streams: ({ room: id }) => [roomStream(id), parcelsStream(id)], ...alone,
  needs: ({ share: id, partner, room: of, message: about, files }) => ({
    one: thePartner(partner), share: theShare(id), room: theRoom(of), members: { many: member.noun, stream: roomStream(of) } as Many<Member>,
    message: theMessage(about ?? id), wish: theMessage(wishOf(about ?? id)), told: theFile(files?.[0] ?? id),
  }),
  may(_actor, { one, share: known, room: of }, { partner, room: id, ...parcel }) {
    if (!isOpen(one) || !of || known?.partner !== partner || known.room !== id || known.state === 'ended') return refused('federation.notHere');
    return judge(known.in, parcel) === 'next' ? allowed : refused('federation.notNext');
  },
  then(input, { one, share: known, room: of, members, message, wish, told }, actor, when) {
    const { share: id, no, hash, kind, head, sig, rest, room: on, message: about } = input;
    // Of a message whose words were taken out here nothing comes by which they could be guessed: the salts before this one are gone. (FD8)
    const salt = message?.redacted && !input.redact ? undefined : input.salt;
    return [
      happens(taken, { share: id, no, hash, kind, head, sig, ...(salt === undefined ? {} : { salt }), ...(rest === undefined ? {} : { rest }), room: on, ...(about === undefined || input.redact ? {} : { message: about }), ...(input.file ? { file: input.files![0]! } : {}) }, { on: parcelsStream(on) }),
      ...follows(input, { one: one!, share: known!, room: of!, members, message, wish, told }, actor, when),
    ];
  },
});

/** What becomes true in the room. A parcel that this build cannot read has its number and its place all the same: the talk says that there was one. */
function follows(input: Take, { one, share: known, room, members, message, wish, told }: Known, actor: Actor, when: When): Effect[] {
  const on = roomStream(room.id);
  const note = (line: string, params: Record<string, string | number>, more: { quiet?: 1; id?: Id } = {}): Effect => happens(noted, { id: when.newId(line), line, params, ...more }, { on });
  if (input.kind === 'end') return endedEffects(known, 'them', one.name, when);
  const parcels = parcelsStream(room.id);
  const names = input.accept?.room !== undefined && known.theirs === undefined ? [happens(named, { share: known.id, room: input.accept.room }, { on: parcels })] : [];
  if (known.state === 'offered') return input.kind === 'accept' ? [happens(opened, { share: known.id }, { on: parcels }), ...names, ...sharedEffects({ room: room.id, share: known.id }, one, when)] : [];
  const who = (input.say ?? input.amend ?? input.withdraw ?? input.redact)?.who;
  const seat = who ? seats(actor.person, cardOf(who, one), members, on) : [];
  if (input.say) return message ? [] : [...seat, ...heard(input.say, input.files, input.at, { one, room }, when, note)];
  if (input.file) return told || message?.org !== orgOf(one.id) ? [] : follow(input.file, input.files![0]!, message, input.isTooMuch);
  if (input.amend || input.withdraw || input.redact) {
    // Only what came in through this door is changed through it.
    if (!message || message.org !== orgOf(one.id) || message.note) return [];
    // Whether it is followed is for two administrators here: the wish stands in the talk, without a word of what it is about.
    if (input.redact) return wish ? [] : [note('federation.redactWish', { name: one.name, time: wallTime(message.at), reason: asLine(input.redact.reason, 200) }, { id: wishOf(message.id) })];
    if (message.withdrawn) return [];
    if (input.withdraw) return [...seat, ...withdraw.then({ room: room.id, message: message.id, ...(input.withdraw.reason ? { reason: input.withdraw.reason } : {}) }, { room, me: undefined, message }, actor, when)];
    if (message.redacted?.some(({ parts }) => parts.includes('text'))) return [];
    return [...seat, ...amend.then({ room: room.id, message: message.id, text: input.amend!.text }, { room, me: undefined, message }, actor, when)];
  }
  return input.kind === 'accept' || input.kind === 'offer' ? names : [note(input.gone ? 'federation.takenOut' : 'federation.unreadable', { name: one.name })];
}

/** The bytes of a file can be fetched, or never will be: it is named as the words that it belongs to have named it. */
function follow(what: NonNullable<Take['file']>, file: Id, { id, attachments, incident, drill = false }: Message, isTooMuch = false): Effect[] {
  const named = attachments?.find((one) => one.file === file);
  if (!named) return [];
  const more = { incident, drill };
  const { kind, name, size, type } = named;
  return 'refused' in what || isTooMuch ? [...awaitsFiles(id, [{ file, kind, name, size, type }], more), happens(fileRefused, { file, reason: staysThere }, more)]
    : awaitsFiles(id, [{ file, kind, name, size: what.size, type: what.type, sha256: what.sha256 }], more);
}

/** Words of theirs as a message of the room. Whom it wakes is ours to decide: what is 緊急 there is 重要 here, with a line that says so. */
function heard({ text, urgency, sticker, place, attachments, files: stayed }: NonNullable<Take['say']>, files: readonly Id[] = [], at: Moment, { one, room }: Pick<Known, 'one' | 'room'>, when: When, note: (line: string, params: Record<string, string | number>, more?: { quiet?: 1 }) => Effect): Effect[] {
  const attached = attachments?.map(({ ref: _ref, ...one }, i) => ({ ...one, file: files[i]! }));
  const content: Content = { ...(text ? { text } : {}), ...(urgency ? { urgency: 'important' } : {}), ...(sticker ? { sticker } : {}), ...(attached ? { attachments: attached } : {}), ...(place ? { place } : {}) };
  const isSaid = text?.trim() || sticker !== undefined || place !== undefined || attached;
  return [
    ...(isSaid ? [saysIn(room, content)] : []),
    ...(stayed ? [note('federation.filesThere', { name: one.name, n: stayed }, isSaid ? { quiet: 1 } : {})] : []),
    ...(when.now - at >= lateAfter ? [note(saidAtLine, { name: one.name, time: wallTime(at) }, { quiet: 1 })] : []),
    ...(urgency === 'urgent' ? [note('federation.urgentThere', { name: one.name }, { quiet: 1 })] : []),
  ];
}
