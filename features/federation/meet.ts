import { organization, type Organization } from '@noroshi/features/directory';
import { allowed, idShape, refused, type Actor, type Refusal } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream, type Many } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { begins, partnersStream, theBook } from './book.ts';
import { cardShape, sameName } from './card.ts';
import { endedEffects, notedInAll } from './offer.ts';
import { allPartners, confirmed, met, revoked, spokeShape, thePartner, type Partner } from './partner.ts';
import { allShares } from './share.ts';

const alone = { alone: true, offline: false } as const;
/** A device holds nothing of this stream, and so says nothing of a partner that it does not know: the server judges. */
const onPartners = { streams: () => [partnersStream], ...alone } as const;
/** So many partners at most that are not revoked: each is a neighbour whom somebody knows by voice. */
export const mostPartners = 20;

function mayNot(actor: Actor, one: Partner | undefined): Refusal | undefined {
  if (actor.role !== 'administrator') return refused('federation.notAllowed');
  if (!one) return refused('federation.notFound');
  return one.revoked ? refused('federation.revoked') : undefined;
}

/** 名刺を読み込む. */
export const meet = command('federation.meet', {
  about: 'Reads in the card of another deployment. Nothing is accepted from it or sent to it before it was confirmed on the telephone.',
  input: cardShape,
  streams: () => [workspaceStream], ...alone,
  needs: () => ({ book: theBook, all: allPartners, organizations: { many: organization.noun } as Many<Organization> }),
  may(actor, { all, organizations }, card) {
    if (actor.role !== 'administrator') return refused('federation.notAllowed');
    const lasting = all.filter((one) => !one.revoked);
    if (lasting.some(({ key }) => key === card.key)) return refused('federation.knownAlready');
    // Who is called as one of ours could not be told from them in a talk. Whom we know as a guest from outside may be the same.
    if ([...organizations.filter(({ kind }) => kind !== 'outside'), ...lasting].some(({ name }) => sameName(name, card.name))) return refused('federation.nameTaken', { name: card.name });
    return lasting.length >= mostPartners ? refused('federation.tooMany', { most: mostPartners }) : allowed;
  },
  then: (card, { book }) => [...begins(book), happens(met, card, { on: partnersStream })],
});

/** 電話で確かめた: it lifts what was held as well, since then too one speaks with them first. */
export const confirm = command('federation.confirm', {
  about: 'Says that the numbers of a partner’s key were compared on the telephone, and with whom. From then on it is heard.',
  input: z.strictObject({ partner: idShape, spokeTo: spokeShape }),
  ...onPartners,
  needs: (input) => ({ one: thePartner(input.partner), shares: allShares }),
  may(actor, { one }) {
    const gone = mayNot(actor, one);
    if (gone) return gone;
    return one!.confirmed && !one!.held ? refused('federation.confirmedAlready') : allowed;
  },
  then: (what, { one, shares }, _actor, when) => [happens(confirmed, what, { on: partnersStream }), ...(one!.held ? notedInAll('federation.heldOver', one!, shares, when) : [])],
});

/** 取り消す: one press of any administrator. What was shared ends with it, and the rooms say so: nobody writes on to a house that hears nothing. */
export const revoke = command('federation.revoke', {
  about: 'Revokes a partner: nothing of theirs is applied any more, whatever its signature says, nothing is sent, and what was shared with it ends.',
  input: z.strictObject({ partner: idShape }),
  ...onPartners,
  needs: (input) => ({ one: thePartner(input.partner), shares: allShares }),
  may: (actor, { one }) => mayNot(actor, one) ?? allowed,
  then: (what, { one, shares }, _actor, when) => [
    happens(revoked, what, { on: partnersStream }),
    ...shares.filter(({ partner, state }) => partner === what.partner && state !== 'ended').flatMap((each) => endedEffects(each, 'us', one!.name, when)),
  ],
});
