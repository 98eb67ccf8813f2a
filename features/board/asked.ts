import type { Asked } from '@noroshi/foundations/asked';
import { fellDue, post, posted, reminded, type Post } from './board-post.ts';

/**
 * A notice that has to be read tells everyone at once, and once more when someone says so. From its time on, whoever has not
 * answered is chased as with everything that is asked: the last step.
 */
export const askedPost: Asked<Post> = {
  noun: post.noun,
  begins: ({ kind, body }) => (kind === fellDue.kind ? { thing: body.post } : undefined),
  tellsNow({ kind, body }) {
    if (kind === posted.kind) return body.must ? { thing: body.id } : undefined;
    return kind === reminded.kind ? { thing: body.post } : undefined;
  },
  stands: ({ must, by, answers, withdrawn, fellDue: due }, { person }) => (must && due !== undefined && !withdrawn && by !== person && !answers?.[person] ? 'owes' : 'free'),
  isTold: ({ by, answers, withdrawn }, person) => withdrawn !== undefined || by === person || answers?.[person] !== undefined,
  tells: (value, board) => ({
    by: value.by, at: value.at, incident: value.incident, drill: value.drill ?? false,
    line: ({ t }) => (value.withdrawn ? t('board.withdrawn') : t('board.asks', { title: value.title })), path: `/board/${board}/${value.id}`,
  }),
};
