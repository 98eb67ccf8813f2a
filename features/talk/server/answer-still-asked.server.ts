import { organization, type Organization } from '@noroshi/features/directory';
import type { Message } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { isCounted, roomStream, type Member } from '@noroshi/foundations/sync';
import type { Asking } from '@noroshi/foundations/sync/server';
import { askedFor } from '../still-asked.ts';
import { isShut } from './is-shut.server.ts';
import { askingSince } from './talk.store.ts';

/** Where in each room what still waits for an answer begins. */
export async function answerStillAsked({ actor, sight, stair }: Asking): Promise<{ rooms: { room: Id; born: number }[] }> {
  const { memory } = stair;
  // Colleagues ring each other, and headquarters everyone: whoever may be asked to ring must know what about.
  const watches = (memory.get(organization.noun, actor.org)?.value as Organization | undefined)?.kind === 'prefecture';
  const seen = new Map([...sight.keys()].flatMap((key) => (key.startsWith(roomStream('')) ? [[memory.streams.get(key)!.no, key] as const] : [])));
  const rooms = new Map<Id, number>();
  const asks = await askingSince(stair.pool, [...seen.keys()], stair.now() - askedFor);
  for (const { stream, born, value } of asks) {
    const key = seen.get(stream)!;
    const room = key.slice(roomStream('').length);
    const stay = memory.maySee(actor.person, key);
    if (rooms.has(room) || !stay || born < stay.visibleFrom) continue;
    const all = [...memory.streams.get(key)!.byNo.values()];
    if (all.some((who) => (watches || who.card.org === actor.org) && owes(value, born, who) && !isShut(stair, who.person))) rooms.set(room, born);
  }
  return { rooms: [...rooms].map(([room, born]) => ({ room, born })) };
}

/** Whether someone has not answered it, or has only said that they are considering. */
function owes(value: Message, born: number, who: Member): boolean {
  const given = value.answers?.[who.person]?.[0];
  return value.by !== who.person && isCounted(who, born) && !value.proxies?.[who.person] && (given === undefined || given === 'considering');
}
