import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { answered, personalAnswers } from './message.ts';
import { onMessage, outOfReach } from './on-message.ts';

/** Answer an important or urgent message: 了解, 検討中 or 不可. A later answer takes the place of the earlier one. */
export const answer = command('talk.answer', {
  about: 'Answers an important or urgent message as a person: agreed, considering, cannot. The latest answer counts.',
  input: z.strictObject({ room: idShape, message: idShape, answer: z.enum(personalAnswers), word: z.optional(z.string().check(z.maxLength(200))) }),
  streams: ({ room }) => [roomStream(room)],
  needs: onMessage,
  may(actor, facts, { answer: given, word }) {
    const gone = outOfReach(facts);
    if (gone) return gone;
    if (!facts.message!.urgency) return refused('talk.asksNoAnswer');
    if (facts.message!.by === actor.person) return refused('talk.yourOwn');
    const before = facts.message!.answers?.[actor.person];
    return before && before[0] === given && (before[2] ?? '') === (word?.trim() ?? '') ? refused('talk.answeredAlready') : allowed;
  },
  then: ({ message: id, answer: given, word }, { message }) => [
    happens(answered, { message: id, answer: given, ...(word?.trim() ? { word: word.trim() } : {}) }, { incident: message!.incident, drill: message!.drill ?? false }),
  ],
});
