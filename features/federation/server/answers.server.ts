/** How what is asked of the partners is answered; read with the first question. */
import { refused, type Refusal } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import type { Asking } from '@noroshi/foundations/sync/server';
import { partnersStream } from '../book.ts';
import { writeCard } from '../card.ts';
import { partner, type Partner } from '../partner.ts';
import { ask, type Ask } from '../share.ts';
import { federationOf } from './federation.server.ts';
import { numbersOf } from './seal.server.ts';
import { sharesOf } from './shares.server.ts';

/** Answers `federation.held`. */
export async function answerHeld({ actor, stair: { memory } }: Asking): Promise<unknown | Refusal> {
  if (actor.role !== 'administrator') return refused('federation.notAllowed');
  return { names: memory.of(partnersStream, partner.noun).map(({ value }) => value as Partner).filter(({ held, revoked }) => held && !revoked).map(({ name }) => name) };
}

/** Answers `federation.partners`. Of a room in which the asker does not sit nothing is told but that one is shared. */
export async function answerPartners({ actor, sight, stair }: Asking): Promise<unknown | Refusal> {
  if (actor.role !== 'administrator') return refused('federation.notAllowed');
  const { memory } = stair;
  const here = await federationOf(stair)!.open();
  const card = here.card();
  return {
    ...(card === undefined ? {} : { card: writeCard(card), numbers: numbersOf(card) }),
    partners: memory.of(partnersStream, partner.noun).map(({ value }) => value as Partner).toSorted((a, b) => b.at - a.at).map(({ id, name, address, at, key, confirmed, revoked, held }) => {
      const heard = here.reception.lastHeard(id);
      return { id, name, address, at, numbers: numbersOf({ key, address, name }), ...(confirmed ? { confirmed } : {}), ...(revoked ? { revoked } : {}), ...(held ? { held } : {}), ...(heard === undefined ? {} : { heard }) };
    }),
    asks: memory.of(partnersStream, ask.noun).map(({ value }) => value as Ask).filter(({ over }) => !over).map(({ id, partner: of, name, at }) => ({ share: id, partner: of, name, at })),
    shares: sharesOf(memory).toSorted((a, b) => b.at - a.at).map((one) => ({
      share: one.id, partner: one.partner, state: one.state, at: one.at, waits: here.courier.waits(one), ...(sight.has(roomStream(one.room)) ? { room: one.room } : {}),
    })),
  };
}
