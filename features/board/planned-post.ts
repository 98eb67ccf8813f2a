import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import type { Blacked, Redacts } from '@noroshi/foundations/redacts';
import * as z from 'zod/mini';
import { contentSays, contentWithout } from './board-post.ts';
import { contentShape, type Content } from './content.ts';

/** Written, and to be posted at a time. It lies on the desk: until then only those who may write see it. */
export interface PlannedPost extends Content {
  readonly id: Id;
  readonly board: Id;
  /** When it is posted. */
  readonly due: Moment;
  readonly by: Id;
  readonly org: Id;
  readonly at: Moment;
  readonly rev: number;
  readonly incident?: Id;
  readonly drill?: boolean;
  /** It was posted, or will not be. */
  readonly over?: 'posted' | 'cancelled';
  readonly redacted?: readonly Blacked[];
}

export const planned = eventKind('board.planned', 230, z.object({ id: idShape, board: idShape, due: momentShape, ...contentShape.def.shape }));
export const planAmended = eventKind('board.planAmended', 231, z.object({ plan: idShape, due: momentShape, ...contentShape.def.shape }));
export const planOver = eventKind('board.planOver', 232, z.object({ plan: idShape, how: z.enum(['posted', 'cancelled']) }));

export const plannedPost = noun<PlannedPost>('boardPlan')
  .begins(planned, (e) => e.body.id, ({ by, org, at, body, incident, drill }) => ({ ...body, by, org, at, rev: 1, ...(incident ? { incident } : {}), ...(drill ? { drill: true } : {}) }))
  .on(planAmended, (e) => e.body.plan, (now, { body: { plan: _plan, ...content } }) => {
    if (!now || now.over) return undefined;
    const { attachments: _files, until: _until, must: _must, ...rest } = now;
    return { ...rest, ...content, rev: now.rev + 1 };
  })
  .on(planOver, (e) => e.body.plan, (now, { body: { how } }) => now && { ...now, over: how });
export const thePlan = (id: Id): Ref<PlannedPost> => ref(plannedPost, id);

/** It goes with the notice that it became. */
export const planRedacts: Redacts<PlannedPost> = {
  noun: plannedPost, inRoom: true,
  fields: { text: ['title', 'body'], files: ['attachments'] },
  says: contentSays,
  without: contentWithout,
  bearing: ({ at, incident, drill }) => ({ at, incident, drill }),
  href: ({ board }, id) => `/board/${board}/${id}`,
};
