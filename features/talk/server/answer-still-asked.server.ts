import { organization, type Organization } from '@noroshi/features/directory';
import type { Id } from '@noroshi/foundations/kernel';
import { isCounted, roomStream, type Member } from '@noroshi/foundations/sync';
import type { Asking } from '@noroshi/foundations/sync/server';
import { answerWanted, askedMessage } from '../asked.ts';
import { askedFor } from '../still-asked.ts';
import { askingSince } from './talk.store.ts';

/** Where in each room what still waits for an answer begins. */
export async function answerStillAsked({ actor, sight, stair }: Asking): Promise<{ rooms: { room: Id; born: number }[] }> {
  const { memory } = stair;
  // Colleagues ring each other, and headquarters everyone: whoever may be asked to ring must know what about, and nobody is
  // rung about what is not chased. Of oneself all that asks, also what another took in one's name.
  const watches = (memory.get(organization.noun, actor.org)?.value as Organization | undefined)?.kind === 'prefecture';
  const seen = new Map([...sight.keys()].flatMap((key) => (key.startsWith(roomStream('')) ? [[memory.streams.get(key)!.no, key] as const] : [])));
  const rooms = new Map<Id, number>();
  const asks = await askingSince(stair.pool, [...seen.keys()], stair.now() - askedFor);
  for (const { stream, born, value } of asks) {
    const key = seen.get(stream)!;
    const room = key.slice(roomStream('').length);
    const stay = memory.maySee(actor.person, key);
    if (rooms.has(room) || !stay || born < stay.visibleFrom) continue;
    const waits = (who: Member): boolean => {
      const one = { person: who.person, org: who.card.org };
      return isCounted(who, born) && !who.shut && (who.person === actor.person ? answerWanted(value, one) : askedMessage.stands(value, one)) !== 'free';
    };
    if ([...memory.streams.get(key)!.byNo.values()].some((who) => (watches || who.card.org === actor.org) && waits(who))) rooms.set(room, born);
  }
  return { rooms: [...rooms].map(([room, born]) => ({ room, born })) };
}
