import type { Finds } from '@noroshi/foundations/found';
import { post, type Post } from './board-post.ts';
import { comment, type Comment } from './comment.ts';
import { plainBody } from './rich.ts';

/** Notices that stand on a board, and those whose time is over: the record has them, so one may look for them. */
export const postFound: Finds<Post> = {
  noun: post.noun, shelf: 'board',
  things: ({ id, at, by, title, body }) => [{ id, at, by, words: [title, plainBody(body)].filter(Boolean).join('\n') }],
  shows: ({ id, title, drill }, _thing, { t }, _names, board) => ({ title: title || t('note.keeping.redacted'), href: `/board/${board}/${id}`, drill }),
};

/** What was written below them. */
export const commentFound: Finds<Comment> = {
  noun: comment.noun, shelf: 'board',
  things: ({ id, at, by, text }) => [{ id, at, by, words: text }],
  shows: ({ post: below, by }, _thing, { t }, { person }, board) => ({ title: t('board.commentFound', { name: person(by) }), href: `/board/${board}/${below}` }),
};
