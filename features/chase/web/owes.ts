import type { Asked } from '@noroshi/foundations/asked';
import { currentStay, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Owe } from '@noroshi/foundations/web';
import { cardState } from '../card-state.ts';
import type { PhoneCard } from '../card.ts';
import { isMissing, othersWhoRing, readAsking, readCards, readPlace, readRuns, type Asking, type ShownCard } from './known.ts';

/** A card with who is to be rung, where it still asks. */
export interface ToRing { readonly card: PhoneCard; readonly who: Member; readonly drill: boolean; readonly asking: Asking }

/** Those of these cards whose people are to be rung still. */
async function stillToRing(stair: LowerEnd, asked: readonly Asked[], cards: readonly ShownCard[]): Promise<ToRing[]> {
  const found = await Promise.all(cards.map(async ({ card, room }) => {
    const [place, asking, runs] = await Promise.all([readPlace(stair, room), readAsking(stair, asked, card.noun, card.thing), readRuns(stair, room)]);
    const who = place?.byPerson.get(card.whom);
    const isAsked = place && asking && who && place.room.closedAt === undefined && currentStay(who) && !who.shut && isMissing(asking, who, runs.map(({ run }) => run).filter(({ thing }) => thing === card.thing), stair.now());
    return isAsked ? [{ card, who, drill: card.drill ?? false, asking }] : [];
  }));
  return found.flat().toSorted((a, b) => a.card.since - b.card.since);
}

const isToDo = (card: PhoneCard): boolean => cardState(card) === 'open' || cardState(card) === 'unreached';

/** Cards that wait for me: I am asked to ring, or have taken it, or nobody of theirs was found and it is anybody's of their organization. Not while another rings them. */
export async function cardsToRing(stair: LowerEnd, asked: readonly Asked[]): Promise<ToRing[]> {
  const { person, org, role } = stair.actor;
  if (role === 'guest') return [];
  const all = await stillToRing(stair, asked, (await readCards(stair)).filter(({ card }) =>
    card.whom !== person && (card.taken?.by === person || (!card.taken && isToDo(card) && (card.caller === undefined || card.caller === person)))));
  const rings = await othersWhoRing(stair);
  // Without a name on it, it is for their own organization.
  return all.filter(({ card, who, drill }) => card.taken || (!rings(card.whom, drill) && (card.caller !== undefined || who.card.org === org)));
}

/** What else someone is to be told by telephone: whoever rings them about one thing can tell them all of it. */
export const toTellToo = async (stair: LowerEnd, asked: readonly Asked[], { id, whom, drill }: PhoneCard): Promise<ToRing[]> =>
  stillToRing(stair, asked, (await readCards(stair)).filter(({ card }) => card.whom === whom && card.id !== id && (card.drill ?? false) === (drill ?? false) && isToDo(card)));

/** The same on Home. */
export async function chaseOwes(stair: LowerEnd, asked: readonly Asked[]): Promise<Owe[]> {
  return (await cardsToRing(stair, asked)).map(({ card, who, drill }): Owe => ({
    key: `chase/${card.id}`, weight: 'urgent', since: card.since, tag: { key: 'chase.phone' }, drill,
    title: ({ t }) => t('chase.owe', { name: who.card.name }), sub: `${who.card.orgName} ${who.card.post}`, href: `/chase/${card.id}`,
  }));
}
