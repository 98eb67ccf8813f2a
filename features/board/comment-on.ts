import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { isOver } from './board-post.ts';
import { commented, commentText, commentWithdrawn, theComment } from './comment.ts';
import { deskStream } from './board-place.ts';
import { envelope, noPlace, noPost, onPost } from './on-board.ts';

/** Writes below a notice, where that is open. */
export const commentOn = command('board.comment', {
  about: 'Writes below a notice whose comments are open.',
  input: z.strictObject({ board: idShape, post: idShape, text: commentText }),
  streams: ({ board }) => [roomStream(board)],
  needs: onPost,
  may(_actor, facts, { text }, { now }) {
    const gone = noPost(facts);
    if (gone) return gone;
    if (!facts.post!.comments || isOver(facts.post!, now)) return refused('board.commentsClosed');
    return text ? allowed : refused('board.nothingWritten');
  },
  then: ({ post: id, text }, { post }, _actor, { id: mine }) => [happens(commented, { id: mine, post: id, text }, envelope(post!))],
});

/** Takes a comment back: its author, or whoever may write on the board. */
export const withdrawComment = command('board.withdrawComment', {
  about: 'Takes a comment back: one’s own, or as one of those who may write on the board.',
  input: z.strictObject({ board: idShape, post: idShape, comment: idShape, /** By someone of the desk. */ tending: z.optional(z.literal(true)) }),
  streams: ({ board, tending }) => [roomStream(board), ...(tending ? [deskStream(board)] : [])],
  needs: (input, actor) => ({ ...onPost(input, actor), comment: theComment(input.comment) }),
  may(actor, { comment, ...facts }, { tending }) {
    const gone = noPlace(facts);
    if (gone) return gone;
    if (!comment || comment.withdrawn) return refused('board.commentGone');
    return tending || comment.by === actor.person ? allowed : refused('board.notYours');
  },
  then: ({ comment: id }, { post }) => [happens(commentWithdrawn, { comment: id }, post ? envelope(post) : {})],
});
