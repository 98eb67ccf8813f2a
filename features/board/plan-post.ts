import { awaitsFiles, handsOnFiles, theFile, type StoredFile } from '@noroshi/foundations/files';
import { allowed, idShape, momentShape, refused, type Id } from '@noroshi/foundations/kernel';
import { command, happens, roomStream, type Effect } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { deskStream } from './board-place.ts';
import { posted } from './board-post.ts';
import { checkContent, contentShape, ofIncident, type Content } from './content.ts';
import { atDesk, envelope, noPlace, writing } from './on-board.ts';
import { planAmended, planned, planOver, thePlan } from './planned-post.ts';
import { beforeNew, checkNew, dueLater } from './post-now.ts';

/** The clock posts what was planned last: a time that was changed since is not this one's. */
const publishLater = (board: Id, plan: Id, rev: number, due: number, { attachments = [] }: Content): Effect =>
  ({ later: due, step: `publish/${rev}`, command: 'board.publish', input: { board, plan, rev, files: attachments.map(({ file }) => file) } });

/** 予約する: to be posted at a time. Until then it lies on the desk, before the eyes of those who may write alone. */
export const planPost = command('board.plan', {
  about: 'Writes a notice that is posted by itself at a time. Until then only those who may write see it.',
  input: z.strictObject({ board: idShape, due: momentShape, incident: ofIncident, ...contentShape.def.shape }),
  streams: writing,
  needs: beforeNew,
  may: (_actor, facts, input, { now }) => (input.due <= now ? refused('board.planIsPast') : checkNew(facts, input, input.due)),
  then({ board, due, incident: of, ...content }, { incident }, _actor, { id }): Effect[] {
    const more = { ...envelope({ ...(of ? { incident: of } : {}), drill: incident?.drill ?? false }), on: deskStream(board) };
    return [happens(planned, { id, board, due, ...content }, more), ...awaitsFiles(id, content.attachments, more), publishLater(board, id, 1, due, content)];
  },
});
export type PlanSaid = z.output<typeof planPost.input>;

/** What was planned is changed: its words, its files, its time. */
export const amendPlan = command('board.amendPlan', {
  about: 'Changes a notice that is still to be posted, or its time.',
  input: z.strictObject({ board: idShape, plan: idShape, due: momentShape, ...contentShape.def.shape }),
  streams: writing,
  needs: (input, actor) => ({ ...atDesk(input, actor), plan: thePlan(input.plan) }),
  may(_actor, { plan, ...facts }, input, { now }) {
    const gone = noPlace(facts);
    if (gone) return gone;
    if (!plan || plan.over) return refused('board.planGone');
    if (input.due <= now) return refused('board.planIsPast');
    return checkContent(input, facts.board, input.due);
  },
  then({ board, plan: id, due, ...content }, { plan }): Effect[] {
    const more = { ...envelope(plan!), on: deskStream(board) };
    const fresh = content.attachments?.filter(({ file }) => !plan!.attachments?.some((one) => one.file === file));
    return [happens(planAmended, { plan: id, due, ...content }, more), ...awaitsFiles(id, fresh, more), publishLater(board, id, plan!.rev + 1, due, content)];
  },
});

/** 予約を取り消す. */
export const cancelPlan = command('board.cancelPlan', {
  about: 'A notice that was to be posted will not be.',
  input: z.strictObject({ board: idShape, plan: idShape }),
  streams: writing,
  needs: (input, actor) => ({ ...atDesk(input, actor), plan: thePlan(input.plan) }),
  may(_actor, { plan, ...facts }) {
    return noPlace(facts) ?? (!plan || plan.over ? refused('board.planGone') : allowed);
  },
  then: ({ board, plan: id }, { plan }) => [happens(planOver, { plan: id, how: 'cancelled' }, { ...envelope(plan!), on: deskStream(board) })],
});

/** The time has come. Files are handed on from the desk to the board; of those that have not arrived it is said that they have not. */
export const publishPlan = command('board.publish', {
  about: 'Posts a notice whose time has come.',
  input: z.strictObject({ board: idShape, plan: idShape, rev: z.int(), files: z.array(idShape) }),
  streams: writing,
  system: true,
  needs: (input, actor) => ({
    ...atDesk(input, actor), plan: thePlan(input.plan), ...Object.fromEntries(input.files.map((file) => [`@${file}`, theFile(file)])) as {},
  }),
  may(_actor, { room, plan }, { rev }) {
    if (!room || room.closedAt !== undefined) return refused('board.closed');
    return plan && !plan.over && plan.rev === rev ? allowed : refused('board.planGone');
  },
  then({ board }, facts, _actor, { newId, now }): Effect[] {
    const plan = facts.plan!;
    const { id, by, org, board: _board, due: _due, at: _at, rev: _rev, over: _over, incident: _incident, drill: _drill, attachments = [], ...content } = plan;
    const files = facts as Readonly<Record<`@${Id}`, StoredFile | undefined>>;
    const arrived = attachments.filter(({ file }) => files[`@${file}`]?.state === 'arrived');
    const missing = attachments.filter((one) => !arrived.includes(one)).map(({ name }) => name);
    const more = envelope(plan);
    // What was to be read by a time that passed while the server was away is owed from now on.
    const must = content.must && { ...content.must, due: Math.max(content.must.due, now + 60_000) };
    const given = arrived.map((one) => ({ ...one, file: newId(`file/${one.file}`) }));
    return [
      happens(posted, { ...content, ...(must ? { must } : {}), id, by, org, ...(given.length > 0 ? { attachments: given } : {}), ...(missing.length > 0 ? { missing } : {}) }, { ...more, on: roomStream(board) }),
      ...arrived.flatMap((one, i) => handsOnFiles(id, files[`@${one.file}`]!, given[i]!.file, { ...more, on: roomStream(board) })),
      happens(planOver, { plan: id, how: 'posted' }, { ...more, on: deskStream(board) }),
      ...dueLater(board, id, must ? { must } : {}),
    ];
  },
});
