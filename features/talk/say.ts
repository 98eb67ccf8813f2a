import { thePerson, type Person } from '@noroshi/features/directory';
import { awaitsFiles } from '@noroshi/foundations/files';
import { allowed, idShape, refused, type Id } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, membership, roomStream, type Happens, type Member, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { mayUrgent } from './may-urgent.ts';
import { contentShape, said, theMessage, type Content, type Message } from './message.ts';
import { theRoom, type Room } from './room.ts';

/** That something is said in a room: it belongs to the disaster that is named, or to the only one the room knows. */
export function saysIn(room: Room, content: Content, incident?: Id): Happens {
  return happens(said, content, { incident: incident ?? (room.incidents.length === 1 ? room.incidents[0]!.incident : undefined), drill: room.drill !== undefined });
}

/** Speak in a room. Everyone in the room hears it. */
export const say = command('talk.say', {
  about: 'Speaks in a room. The id of the command is the id of the message.',
  input: z.strictObject({
    room: idShape,
    /** The incident it belongs to, where the room knows more than one. */
    incident: z.optional(idShape),
    ...contentShape.def.shape,
  }),
  streams: ({ room }) => [roomStream(room)],
  needs: ({ room, replyTo, mentions = [], urgency }, actor) => ({
    room: theRoom(room),
    me: membership(roomStream(room), actor.person),
    ...(replyTo ? { quoted: theMessage(replyTo) } : {}) as { quoted: Ref<Message> },
    ...(urgency === 'urgent' && actor.role !== 'guest' ? { who: thePerson(actor.person) } : {}) as { who: Ref<Person> },
    ...Object.fromEntries(mentions.map((person) => [`@${person}`, membership(roomStream(room), person)])) as {},
  }),
  may(actor, facts, input) {
    const { room, me, quoted, who } = facts;
    const named = facts as Readonly<Record<`@${string}`, Member | undefined>>;
    // A board is no talk: what is written there are notices.
    if (!room || room.kind === 'board' || !currentStay(me)) return refused('talk.roomNotFound');
    if (room.closedAt !== undefined) return refused('talk.roomClosed');
    if (!input.text?.trim() && !input.sticker && !input.attachments?.length && !input.place) return refused('talk.nothingSaid');
    if (input.incident && !room.incidents.some((i) => i.incident === input.incident)) return refused('talk.incidentNotHere');
    // What lies in another room, or before one's time, does not exist here.
    if (input.replyTo && !quoted) return refused('talk.quotedNotHere');
    if (input.mentions?.some((person) => !currentStay(named[`@${person}`]))) return refused('talk.mentionNotHere');
    if (input.mentionOrgs?.some((org) => !room.orgs.includes(org))) return refused('talk.mentionNotHere');
    return input.urgency === 'urgent' ? mayUrgent(actor, me, who) : allowed;
  },
  then({ room: _id, incident, ...content }, { room }, _actor, { id }) {
    const spoken = saysIn(room!, content, incident);
    return [spoken, ...awaitsFiles(id, content.attachments, { incident: spoken.incident, drill: spoken.drill })];
  },
});
