/** 掲示板: notices for those they are meant for, and who has read them. */
import { feature, type Of } from '@noroshi/foundations/sync';
import { answerPost, fallDue } from './answer-post.ts';
import { thePost } from './board-post.ts';
import { comment } from './comment.ts';
import { commentOn, withdrawComment } from './comment-on.ts';
import { boardFacts } from './facts.ts';
import { openBoard, setCategories } from './open-board.ts';
import { amendPlan, cancelPlan, planPost, publishPlan } from './plan-post.ts';
import { postNow } from './post-now.ts';
import { letIn, letOut } from './seat-people.ts';
import { amendPost, pinPost, remindPost, withdrawPost } from './tend-post.ts';

export { boardFacts };
export { amendPlan, amendPost, answerPost, cancelPlan, commentOn, fallDue, letIn, letOut, openBoard, pinPost, planPost, postNow, publishPlan, remindPost, setCategories, withdrawComment, withdrawPost };
export { askedPost } from './asked.ts';
export { board, deskOf, deskStream, theBoard, type Board } from './board-place.ts';
export { asksOf, inOrder, isOver, post, postRedacts, thePost, type Given, type Post } from './board-post.ts';
export { comment, commentRedacts, type Comment } from './comment.ts';
export { mostAnswers, type Content } from './content.ts';
export { plannedPost, planRedacts, type PlannedPost } from './planned-post.ts';
export { plainBody, readBody, writeBody, type Block, type Run } from './rich.ts';
export { remindEvery } from './tend-post.ts';

const ofPost: Of = ({ body }) => thePost(body.post);

export const boards = feature('board', {
  ...boardFacts,
  of: { [comment.noun]: ofPost },
  deeds: [openBoard, setCategories, letIn, letOut, postNow, planPost, amendPlan, cancelPlan, publishPlan, amendPost, withdrawPost, pinPost, remindPost, answerPost, fallDue, commentOn, withdrawComment],
});
