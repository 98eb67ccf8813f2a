import type { Asked } from '@noroshi/foundations/asked';
import type { Id } from '@noroshi/foundations/kernel';
import { mapped, type LowerEnd, type Watched } from '@noroshi/foundations/sync/web';
import type { Seen, Sight } from '@noroshi/foundations/web';
import { cardState } from '../card-state.ts';
import { readMissing, type Missing } from './known.ts';

/** What the chase tells of an incident: whom nobody reaches, and for whom the ladder has come to the telephone. */
export const seesOf = (asked: readonly Asked[]) => (stair: LowerEnd, incident: Id): Watched<Seen> =>
  mapped(stair.together('chase/sees', () => readMissing(stair, asked)), (all) => ({ sights: all.flatMap((one) => sightsOf(one, incident)) }));

function sightsOf({ asking, room, people }: Missing, incident: Id): Sight[] {
  const tells = asking.kind.tells(asking.value, room.id);
  if (tells.incident !== incident) return [];
  return people.flatMap(({ who, card }): Sight[] => {
    // Before a colleague is asked to ring, the ladder is still at it by itself.
    const state = card && cardState(card.card);
    if (state !== 'unreached' && state !== 'open') return [];
    return [{ org: who.card.org, state: state === 'unreached' ? 'unreached' : 'late', since: tells.at, says: () => `${who.card.name} ${who.card.post}`.trim(), href: `/chase/${card!.card.id}` }];
  });
}
