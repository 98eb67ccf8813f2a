import { awaitsFiles, withdrawsFiles } from '@noroshi/foundations/files';
import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, type Effect } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { amended, isOver, pinned, reminded, thePost, withdrawn } from './board-post.ts';
import { checkContent, contentShape } from './content.ts';
import { atDesk, envelope, noPost, writing } from './on-board.ts';
import { dueLater } from './post-now.ts';

const onOne = { board: idShape, post: idShape };
/** Those who have not read it are told once more, not more often than once in so many minutes. */
export const remindEvery = 3;

/** 直す（第n版）. Whoever may write may: a colleague puts right what is wrong at night. */
export const amendPost = command('board.amend', {
  about: 'Changes a notice: its next version. By anyone who may write on the board.',
  input: z.strictObject({ ...onOne, /** The version it was written upon. */ sees: z.int().check(z.minimum(1)), ...contentShape.def.shape }),
  streams: writing,
  needs: (input, actor) => ({ ...atDesk(input, actor), post: thePost(input.post) }),
  may(_actor, facts, input, { now }) {
    const gone = noPost(facts);
    if (gone) return gone;
    const post = facts.post!;
    if (post.rev !== input.sees) return refused('board.changedMeanwhile', { rev: post.rev });
    // What was pressed stands for the words that stood on the button.
    if (post.answers && JSON.stringify(post.must?.answers) !== JSON.stringify(input.must?.answers)) return refused('board.answeredAlready');
    return checkContent(input, facts.board, now, post);
  },
  then({ board, post: id, sees: _sees, ...content }, { post }): Effect[] {
    const more = envelope(post!);
    const [before, now] = [post!.attachments ?? [], content.attachments ?? []];
    return [
      happens(amended, { post: id, ...content }, more),
      ...awaitsFiles(id, now.filter(({ file }) => !before.some((one) => one.file === file)), more),
      ...withdrawsFiles(id, before.filter(({ file }) => !now.some((one) => one.file === file)), more),
      ...(content.must?.due === post!.must?.due ? [] : dueLater(board, id, content)),
      // What has to be read only from now on was told to nobody.
      ...(content.must && !post!.must ? [happens(reminded, { post: id }, more)] : []),
    ];
  },
});
export type AmendSaid = z.output<typeof amendPost.input>;

/** 取り下げる: a mark stays, and the record keeps the words. */
export const withdrawPost = command('board.withdraw', {
  about: 'Takes a notice back. A mark stays, and the record keeps the words.',
  input: z.strictObject({ ...onOne, reason: z.optional(z.string().check(z.trim(), z.maxLength(200))) }),
  streams: writing,
  needs: (input, actor) => ({ ...atDesk(input, actor), post: thePost(input.post) }),
  may: (_actor, facts) => noPost(facts) ?? allowed,
  then: ({ post: id, reason }, { post }) => [
    happens(withdrawn, { post: id, ...(reason ? { reason } : {}) }, envelope(post!)),
    ...withdrawsFiles(id, post!.attachments, envelope(post!)),
  ],
});

/** ピン留め: it stands above the others. */
export const pinPost = command('board.pin', {
  about: 'Keeps a notice above the others, or no longer.',
  input: z.strictObject({ ...onOne, on: z.boolean() }),
  streams: writing,
  needs: (input, actor) => ({ ...atDesk(input, actor), post: thePost(input.post) }),
  may: (_actor, facts) => noPost(facts) ?? allowed,
  then: ({ post: id, on }, { post }) => [happens(pinned, { post: id, on }, envelope(post!))],
});

/** 未読の人にもう一度知らせる: whatever they muted. */
export const remindPost = command('board.remind', {
  about: 'Tells those who have not read a must-read notice once more, whatever they muted. Once in three minutes.',
  input: z.strictObject(onOne),
  streams: writing,
  needs: (input, actor) => ({ ...atDesk(input, actor), post: thePost(input.post) }),
  may(_actor, facts, _input, { now }) {
    const gone = noPost(facts);
    if (gone) return gone;
    const { must, reminded: last } = facts.post!;
    if (!must || isOver(facts.post!, now)) return refused('board.nothingAsked');
    const wait = last ? last.at + remindEvery * 60_000 - now : 0;
    return wait > 0 ? refused('board.remindedJustNow', { minutes: Math.ceil(wait / 60_000) }) : allowed;
  },
  then: ({ post: id }, { post }) => [happens(reminded, { post: id }, envelope(post!))],
});
