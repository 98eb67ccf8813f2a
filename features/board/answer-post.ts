import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { answered, fellDue, isOver, thePost } from './board-post.ts';
import { envelope, noPost, onPost } from './on-board.ts';

/** An answer to a notice that has to be read: one of its buttons, and a word. The last counts. */
export const answerPost = command('board.answer', {
  about: 'Answers a notice that has to be read, by one of its buttons; a word may be added. The last answer counts.',
  input: z.strictObject({ board: idShape, post: idShape, answer: z.int().check(z.minimum(0)), word: z.optional(z.string().check(z.trim(), z.maxLength(200))) }),
  streams: ({ board }) => [roomStream(board)],
  needs: onPost,
  may(_actor, facts, { answer }, { now }) {
    const gone = noPost(facts);
    if (gone) return gone;
    const { must } = facts.post!;
    // What fell due may still be answered: late is better than never.
    if (!must || answer >= must.answers.length || isOver(facts.post!, now)) return refused('board.nothingAsked');
    return allowed;
  },
  then: ({ post: id, answer, word }, { post }) => [happens(answered, { post: id, answer, ...(word ? { word } : {}) }, envelope(post!))],
});

/** The time until which it was to be read is over. The clock does this; who has not answered is chased from here on. */
export const fallDue = command('board.fallDue', {
  about: 'The time until which a notice was to be read is over.',
  input: z.strictObject({ board: idShape, post: idShape, due: z.int() }),
  streams: ({ board }) => [roomStream(board)],
  system: true,
  needs: ({ post }) => ({ post: thePost(post) }),
  may: (_actor, { post }, { due }) => (post && !post.withdrawn && post.must?.due === due && post.fellDue === undefined ? allowed : refused('board.nothingAsked')),
  then: ({ post: id, due }, { post }) => [happens(fellDue, { post: id, due }, envelope(post!))],
});
