import { mayTendRoom, noted, theRoom, type Room } from '@noroshi/features/talk';
import { allowed, idShape, refused, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { orgOf } from '@noroshi/foundations/parcel';
import { command, currentStay, happens, membership, roomStream, workspaceStream, type Effect, type Member, type When } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { parcelsStream, partnersStream } from './book.ts';
import { isOpen, thePartner, type Partner } from './partner.ts';
import { accepted, allShares, askEnded, ended, offered, shared, theAsk, unshared, type Share } from './share.ts';

/** The hotline says in the talk that the room is shared from here on, and with whom. */
export const sharedEffects = (on: { room: Id; share: Id }, partner: Pick<Partner, 'id' | 'name'>, when: When): Effect[] => [
  happens(shared, { room: on.room, share: on.share, name: partner.name, org: orgOf(partner.id) }, { on: roomStream(on.room) }),
  happens(noted, { id: when.newId('shared'), line: 'federation.shared', params: { name: partner.name } }, { on: roomStream(on.room) }),
];
/** And that it is not any more. Who offered and was not accepted has said nothing in the room. */
export const endedEffects = (one: Share, by: 'us' | 'them', name: string, when: When): Effect[] => [
  happens(ended, { share: one.id, by }, { on: parcelsStream(one.room) }),
  ...(one.state === 'open' ? [
    happens(unshared, { room: one.room, by }, { on: roomStream(one.room) }),
    happens(noted, { id: when.newId(`unshared/${one.id}`), line: by === 'us' ? 'federation.ended' : 'federation.endedThere', params: { name } }, { on: roomStream(one.room) }),
  ] : []),
];
/** The hotline says in every room that is shared with a partner what became of the line to it. */
export const notedInAll = (line: 'federation.held' | 'federation.heldOver', { id, name }: Partner, shares: readonly Share[], when: When): Effect[] =>
  shares.filter((one) => one.partner === id && one.state === 'open').map((one) => happens(noted, { id: when.newId(`${line}/${one.id}`), line, params: { name } }, { on: roomStream(one.room) }));
const beginsParcels = (room: Id, shares: readonly Share[]): Effect[] => (shares.some((one) => one.room === room) ? [] : [{ begins: parcelsStream(room) }]);

const on = { streams: () => [workspaceStream], alone: true, offline: false } as const;
const inRoom = ({ room }: { room: Id }, actor: Actor) => ({ room: theRoom(room), me: membership(roomStream(room), actor.person), shares: allShares });

/** Why this room is not to be shared by this person, if so: an administrator who sits in it and tends it, of a room for a purpose, with one partner at a time. */
function mayNotShare(actor: Actor, { room, me, shares }: { readonly room: Room | undefined; readonly me: Member | undefined; readonly shares: readonly Share[] }): Refusal | undefined {
  if (actor.role !== 'administrator') return refused('federation.notAllowed');
  const tends = mayTendRoom(actor, room, currentStay(me) ? me : undefined);
  if (!tends.ok) return tends;
  if (room!.kind !== 'purpose') return refused('federation.purposeOnly');
  return shares.some((one) => one.room === room!.id && one.state !== 'ended') ? refused('federation.sharedAlready') : undefined;
}

/** 共有を申し入れる. */
export const offer = command('federation.offer', {
  about: 'Asks a partner to share a room for a purpose. Nothing said before is sent; what is said once they accept goes to both.',
  input: z.strictObject({ share: idShape, partner: idShape, room: idShape }),
  ...on,
  needs: (input, actor) => ({ ...inRoom(input, actor), one: thePartner(input.partner) }),
  may(actor, facts) {
    const gone = mayNotShare(actor, facts);
    if (gone) return gone;
    return isOpen(facts.one) ? allowed : refused('federation.notOpen');
  },
  then: (what, { shares }) => [...beginsParcels(what.room, shares), happens(offered, what, { on: parcelsStream(what.room) })],
});

const onAsk = { share: idShape, partner: idShape };

/** 受け入れる: it names the room of ours that it is to be. */
export const accept = command('federation.accept', {
  about: 'Accepts that a partner shares a room with us, and says which of ours it is to be.',
  input: z.strictObject({ ...onAsk, room: idShape }),
  ...on,
  needs: (input, actor) => ({ ...inRoom(input, actor), one: thePartner(input.partner), ask: theAsk(input.share) }),
  may(actor, facts, { partner }) {
    const gone = mayNotShare(actor, facts);
    if (gone) return gone;
    if (!facts.ask || facts.ask.partner !== partner || facts.ask.over) return refused('federation.askOver');
    return isOpen(facts.one) ? allowed : refused('federation.notOpen');
  },
  then: ({ share: id, partner, room }, { ask, one, shares }, _actor, when) => [
    happens(askEnded, { share: id, how: 'accepted' }, { on: partnersStream }),
    ...beginsParcels(room, shares),
    happens(accepted, { share: id, partner, room, in: ask!.in }, { on: parcelsStream(room) }),
    ...sharedEffects({ room, share: id }, one!, when),
  ],
});

/** 受け入れない. */
export const decline = command('federation.decline', {
  about: 'Declines what a partner asks to share.',
  input: z.strictObject(onAsk),
  // No device holds what is asked: the server judges.
  ...on, streams: () => [partnersStream],
  needs: (input) => ({ ask: theAsk(input.share) }),
  may(actor, { ask }, { partner }) {
    if (actor.role !== 'administrator') return refused('federation.notAllowed');
    return ask && ask.partner === partner && !ask.over ? allowed : refused('federation.askOver');
  },
  then: ({ share: id }) => [happens(askEnded, { share: id, how: 'declined' }, { on: partnersStream })],
});

/** 共有を終える: nothing said from here on goes there, and nothing of theirs comes. Whoever tends the room may, and any administrator. */
export const endShare = command('federation.end', {
  about: 'Ends the sharing of a room. What was sent stays with them.',
  input: z.strictObject({ share: idShape, partner: idShape, room: idShape }),
  ...on,
  needs: (input, actor) => ({ ...inRoom(input, actor), one: thePartner(input.partner) }),
  may(actor, { room, me, shares }, { share: id, partner, room: of }) {
    const tends = actor.role === 'administrator' || actor.role === 'system' ? allowed : mayTendRoom(actor, room, me);
    if (!tends.ok) return tends;
    return shares.some((one) => one.id === id && one.room === of && one.partner === partner && one.state !== 'ended') ? allowed : refused('federation.notShared');
  },
  then: ({ share: id }, { shares, one }, _actor, when) => endedEffects(shares.find((each) => each.id === id)!, 'us', one?.name ?? '', when),
});
