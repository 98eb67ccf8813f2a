import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import type { Blacked, Redacts } from '@noroshi/foundations/redacts';
import * as z from 'zod/mini';
import { deskStream } from './board-place.ts';
import { contentShape, type Content } from './content.ts';
import { plainBody } from './rich.ts';

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
  readonly redacted?: readonly Blacked[];
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
    ...(now.incident ? { incident: now.incident } : {}), ...(now.drill ? { drill: true } : {}), ...(now.redacted ? { redacted: now.redacted } : {}),
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

/** What a notice says of its content, for the notice itself and for what was planned. */
export const contentSays = ({ title, body, attachments, missing }: Content & { readonly missing?: readonly string[] | undefined }, part: string): string[] =>
  (part === 'text' ? [title, plainBody(body)].filter(Boolean) : part === 'files' ? [...(attachments ?? []).map(({ name }) => name), ...(missing ?? [])] : []);
/** The same without it. */
export function contentWithout<T extends Content & { readonly missing?: readonly string[] }>(now: T, parts: ReadonlySet<string>): T {
  const { attachments: _files, missing: _missing, ...rest } = now;
  return { ...(parts.has('files') ? (rest as unknown as T) : now), ...(parts.has('text') ? { title: '', body: [] } : {}) };
}

/** Category, times, who has to read it and what was pressed stay. */
export const postRedacts: Redacts<Post> = {
  noun: post, inRoom: true,
  fields: { text: ['title', 'body', 'reason'], files: ['attachments', 'missing'], answers: ['word'] },
  says: (now, part) => (part === 'answers' ? Object.values(now.answers ?? {}).flatMap(([, , word]) => word ?? []) : [...contentSays(now, part), ...(part === 'text' && now.withdrawn?.reason ? [now.withdrawn.reason] : [])]),
  without(now, parts) {
    const { withdrawn: gone, answers, ...left } = contentWithout(now, parts);
    return {
      ...left,
      ...(gone ? { withdrawn: parts.has('text') ? { by: gone.by, at: gone.at } : gone } : {}),
      ...(answers ? { answers: parts.has('answers') ? Object.fromEntries(Object.entries(answers).map(([who, [answer, when]]) => [who, [answer, when] as const])) : answers } : {}),
    };
  },
  bearing: ({ at, incident, drill, withdrawn: gone, amended: mended }) => ({ at: Math.max(at, mended?.at ?? 0), incident, drill, gone: gone !== undefined, ...(mended ? { earlier: ['files'] } : {}) }),
  href: (_now, id, board) => `/board/${board}/${id}`,
  // What was planned first lies on the desk still, in the same words.
  twin: { noun: 'boardPlan', stream: deskStream },
};
