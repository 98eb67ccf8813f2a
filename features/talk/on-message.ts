import { refused, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { currentStay, membership, roomStream, type Member, type Ref } from '@noroshi/foundations/sync';
import { theMessage, type Message } from './message.ts';
import { theRoom, type Room } from './room.ts';

/** What every deed on a message needs to know: its room, one's own place there, and the message itself. */
export function onMessage(input: { room: Id; message: Id }, actor: { person: Id }): { room: Ref<Room>; me: Ref<Member>; message: Ref<Message> } {
  return { room: theRoom(input.room), me: membership(roomStream(input.room), actor.person), message: theMessage(input.message) };
}

/** Why nothing can be done to this message here, if so: no such room, closed, no such message, or taken back. */
export function outOfReach({ room, me, message }: { room: Room | undefined; me: Member | undefined; message: Message | undefined }): Refusal | undefined {
  if (!room || !currentStay(me)) return refused('talk.roomNotFound');
  if (room.closedAt !== undefined) return refused('talk.roomClosed');
  if (!message) return refused('talk.messageNotFound');
  if (message.withdrawn) return refused('talk.withdrawn');
  return undefined;
}
