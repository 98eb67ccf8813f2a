import { facts } from '@noroshi/foundations/sync';
import { board, boardSet } from './board-place.ts';
import { amended, answered, fellDue, pinned, post, posted, reminded, withdrawn } from './board-post.ts';
import { comment, commented, commentWithdrawn } from './comment.ts';
import { planAmended, planned, plannedPost, planOver } from './planned-post.ts';

/** What this room makes true: all that a device must know to hold it. */
export const boardFacts = facts('board', {
  events: [boardSet, posted, amended, withdrawn, pinned, commented, commentWithdrawn, answered, reminded, fellDue, planned, planAmended, planOver],
  nouns: [board, post, comment, plannedPost],
});
