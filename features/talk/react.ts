import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { reacted, reactions } from './message.ts';
import { onMessage, outOfReach } from './on-message.ts';

/** Add a word to what someone said, or take it off again. It is no answer: nobody counts on it. */
export const react = command('talk.react', {
  about: 'Adds one of a few words to a message, or takes it off again.',
  input: z.strictObject({ room: idShape, message: idShape, reaction: z.enum(reactions), on: z.boolean() }),
  streams: ({ room }) => [roomStream(room)],
  needs: onMessage,
  may(actor, facts, { reaction, on }) {
    const gone = outOfReach(facts);
    if (gone) return gone;
    const mine = facts.message!.reactions?.[reaction]?.includes(actor.person) ?? false;
    return mine === on ? refused('talk.reactedAlready') : allowed;
  },
  then: ({ room: _room, ...body }, { message }) => [happens(reacted, body, { incident: message!.incident, drill: message!.drill ?? false })],
});
