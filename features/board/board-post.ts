import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { contentShape, type Content } from './content.ts';

/** An answer given: which of the buttons, when, and a word. The last counts. */
export type Given = readonly [answer: number, at: Moment, word?: string];

const wordShape = z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200)));
const unsaidContent: Content = { title: '', category: '', body: [], comments: false };

/** `by` and `org`: who wrote it, where the clock posted it. `missing`: files that had not arrived by then. */
export const posted = eventKind('board.posted', 221, z.object({
  id: idShape, ...contentShape.def.shape, by: z.optional(idShape), org: z.optional(idShape), missing: z.optional(z.array(z.string())),
}), { unsaid: ({ id, by, org }) => ({ id, ...unsaidContent, by, org }) });
export const amended = eventKind('board.amended', 222, z.object({ post: idShape, ...contentShape.def.shape }), { unsaid: ({ post }) => ({ post, ...unsaidContent }) });
export const withdrawn = eventKind('board.withdrawn', 223, z.object({ post: idShape, reason: wordShape }), { takesBack: true });
export const pinned = eventKind('board.pinned', 224, z.object({ post: idShape, on: z.boolean() }));
export const answered = eventKind('board.answered', 227, z.object({ post: idShape, answer: z.int(), word: wordShape }), { unsaid: ({ post, answer }) => ({ post, answer }) });
/** Those who have not read it are told once more. */
export const reminded = eventKind('board.reminded', 228, z.object({ post: idShape }));
/** The time until which it was to be read is over: whoever has not answered is chased. */
export const fellDue = eventKind('board.fellDue', 229, z.object({ post: idShape, due: momentShape }));

/** 掲示: a notice on a board. */
export interface Post extends Content {
  readonly id: Id;
  readonly by: Id;
  readonly org: Id;
  readonly at: Moment;
  /** 第n版. */
  readonly rev: number;
  readonly amended?: { readonly by: Id; readonly at: Moment };
  readonly incident?: Id;
  readonly drill?: boolean;
  readonly answers?: Readonly<Record<Id, Given>>;
  readonly reminded?: { readonly by: Id; readonly at: Moment; readonly times: number };
  readonly fellDue?: Moment;
  readonly withdrawn?: { readonly by: Id; readonly at: Moment; readonly reason?: string };
  readonly missing?: readonly string[];
}

/** Posts come whole: a board is read also where there has been no line for days. */
export const post = noun<Post>('boardPost')
  .begins(posted, (e) => e.body.id, ({ body: { by, org, ...content }, ...e }) => ({
    ...content, by: by ?? e.by, org: org ?? e.org, at: e.at, rev: 1, ...(e.incident ? { incident: e.incident } : {}), ...(e.drill ? { drill: true } : {}),
  }))
  .on(amended, (e) => e.body.post, (now, { by, at, body: { post: _post, ...content } }) => {
    if (!now || now.withdrawn) return undefined;
    // What it no longer carries is gone from it.
    const { attachments: _files, until: _until, must: _must, ...rest } = now;
    return { ...rest, ...content, rev: now.rev + 1, amended: { by, at } };
  })
  .on(withdrawn, (e) => e.body.post, (now, { by, at, body: { reason } }) => now && {
    id: now.id, by: now.by, org: now.org, at: now.at, rev: now.rev, ...unsaidContent,
    ...(now.incident ? { incident: now.incident } : {}), ...(now.drill ? { drill: true } : {}),
    withdrawn: { by, at, ...(reason ? { reason } : {}) },
  })
  .on(pinned, (e) => e.body.post, (now, { body: { on } }) => (now && !now.withdrawn ? { ...now, pinned: on } : undefined))
  .on(answered, (e) => e.body.post, (now, { by, at, body: { answer, word } }) => (now?.must ? { ...now, answers: { ...now.answers, [by]: word ? [answer, at, word] : [answer, at] } } : undefined))
  .on(reminded, (e) => e.body.post, (now, { by, at }) => now && { ...now, reminded: { by, at, times: (now.reminded?.times ?? 0) + 1 } })
  .on(fellDue, (e) => e.body.post, (now, { at, body: { due } }) => (now?.must?.due === due ? { ...now, fellDue: at } : undefined));
export const thePost = (id: Id): Ref<Post> => ref(post, id);

/** Whether it stands in the list no longer. */
export const isOver = ({ until, withdrawn: gone }: Pick<Post, 'until' | 'withdrawn'>, now: Moment): boolean => gone !== undefined || (until !== undefined && until <= now);

/** Whether it waits for someone's answer. Its author knows it, and what is over asks nobody. */
export const asksOf = (value: Post, person: Id, now: Moment): boolean => value.must !== undefined && value.by !== person && !value.answers?.[person] && !isOver(value, now);

/** Pinned ones first, then the newest. */
export const inOrder = (posts: readonly Post[]): Post[] => posts.toSorted((a, b) => Number(b.pinned ?? false) - Number(a.pinned ?? false) || b.at - a.at || (a.id < b.id ? 1 : -1));
