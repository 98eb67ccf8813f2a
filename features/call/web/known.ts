import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, roomStream, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { call as callNoun, roomCall, type Call, type RoomCall } from '../call-noun.ts';

/** A room as a call needs to know it. */
export interface Known {
  readonly room: Room;
  /** What it is called by whoever looks: of two people, the other's name. */
  readonly title: string;
  readonly byPerson: ReadonlyMap<Id, Member>;
  /** The others who are in the room and can be called: not those whose account is closed. */
  readonly others: readonly Member[];
  /** The call that runs here. */
  readonly call?: Call;
}

/** The room, its people and its call; `null` where this device has no such room. */
export async function readRoom({ replica, actor }: LowerEnd, id: Id): Promise<Known | null> {
  const [room, members, running] = await Promise.all([replica.get<Room>(roomNoun.noun, id), replica.all<Member>('member', roomStream(id)), replica.get<RoomCall>(roomCall.noun, id)]);
  if (!room || room.kind === 'board') return null;
  const call = running?.call === undefined ? undefined : await replica.get<Call>(callNoun.noun, running.call);
  const seated = members.map(({ value }) => value).filter((one) => currentStay(one) && one.person !== actor.person);
  return {
    room, others: seated.filter(({ shut }) => !shut), byPerson: new Map(members.map(({ value }) => [value.person, value])),
    title: room.kind === 'direct' ? seated[0]?.card.name ?? room.name : room.name,
    ...(call && call.ended === undefined ? { call } : {}),
  };
}
