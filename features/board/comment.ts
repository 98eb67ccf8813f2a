import { idShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import { standsBelow, type Blacked, type Redacts } from '@noroshi/foundations/redacts';
import * as z from 'zod/mini';
import { post, postRedacts } from './board-post.ts';

export const commentText = z.string().check(z.trim(), z.maxLength(2_000));

export const commented = eventKind('board.commented', 225, z.object({ id: idShape, post: idShape, text: commentText }), { unsaid: ({ id, post }) => ({ id, post, text: '' }) });
export const commentWithdrawn = eventKind('board.commentWithdrawn', 226, z.object({ comment: idShape }), { takesBack: true });

/** A word below a notice. */
export interface Comment {
  readonly id: Id;
  readonly post: Id;
  readonly by: Id;
  readonly org: Id;
  readonly at: Moment;
  readonly text: string;
  readonly withdrawn?: { readonly by: Id; readonly at: Moment };
  readonly redacted?: readonly Blacked[];
}

export const comment = noun<Comment>('boardComment')
  .begins(commented, (e) => e.body.id, ({ by, org, at, body }) => ({ ...body, by, org, at }))
  .on(commentWithdrawn, (e) => e.body.comment, (now, { by, at }) => now && { ...now, text: '', withdrawn: { by, at } });
export const theComment = (id: Id): Ref<Comment> => ref(comment, id);

export const commentRedacts: Redacts<Comment> = {
  noun: comment, inRoom: true, under: standsBelow(post, (above) => postRedacts.bearing(above, undefined)),
  fields: { text: ['text'] },
  says: ({ text }, part) => (part === 'text' && text ? [text] : []),
  without: (now, parts) => (parts.has('text') ? { ...now, text: '' } : now),
  bearing: ({ at, post, withdrawn }) => ({ at, under: post, gone: withdrawn !== undefined }),
  href: ({ post }, _id, board) => `/board/${board}/${post}`,
};
