import type { Asked } from '@noroshi/foundations/asked';
import { currentStay, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Owe } from '@noroshi/foundations/web';
import { cardState } from '../card-state.ts';
import type { PhoneCard } from '../card.ts';
import { isMissing, readAsking, readCards, readPlace, readRuns } from './known.ts';

/** Cards that wait for me: I am asked to ring, or have taken it, or nobody of theirs was found and it is anybody's of their organization. */
export async function cardsToRing(stair: LowerEnd, asked: readonly Asked[]): Promise<{ card: PhoneCard; who: Member; drill: boolean }[]> {
  const { person, org, role } = stair.actor;
  if (role === 'guest') return [];
  const all = (await readCards(stair)).filter(({ card }) => {
    const state = cardState(card);
    return card.whom !== person && (card.taken?.by === person || (!card.taken && (state === 'open' || state === 'unreached') && (card.caller === undefined || card.caller === person)));
  });
  const found = await Promise.all(all.map(async ({ card, room }) => {
    const [place, asking, runs] = await Promise.all([readPlace(stair, room), readAsking(stair, asked, card.noun, card.thing), readRuns(stair, room)]);
    const who = place?.byPerson.get(card.whom);
    if (!place || !who || place.room.closedAt !== undefined || !currentStay(who) || !isMissing(asking, who, runs.map(({ run }) => run).filter(({ thing }) => thing === card.thing), stair.now())) return [];
    // Without a name on it, it is for their own organization.
    if (!card.taken && card.caller === undefined && who.card.org !== org) return [];
    return [{ card, who, drill: card.drill ?? false }];
  }));
  return found.flat().toSorted((a, b) => a.card.since - b.card.since);
}

/** The same on Home. */
export async function chaseOwes(stair: LowerEnd, asked: readonly Asked[]): Promise<Owe[]> {
  return (await cardsToRing(stair, asked)).map(({ card, who, drill }): Owe => ({
    key: `chase/${card.id}`, weight: 'urgent', since: card.since, tag: { key: 'chase.phone' }, drill,
    title: ({ t }) => t('chase.owe', { name: who.card.name }), sub: `${who.card.orgName} ${who.card.post}`, href: `/chase/${card.id}`,
  }));
}
