import { derivedId, idShape, momentShape, type Id } from '@noroshi/foundations/kernel';
import { carriedBy, partOf, type Blacked, type Redacts } from '@noroshi/foundations/redacts';
import { eventKind, happens, noun, type EventKind } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { covers, imported, lineGone, overlaps, pastOver, theImport } from './imported.ts';
import { lineKinds, longest, type LineKind } from './line-kinds.ts';
import { goneKey } from './reading/keys.ts';

/** So many lines stand on a page at most, and so many letters: it goes up as one command. */
export const pageLines = 100;
export const pageLetters = 30_000;

const headShape = z.strictObject({
  n: z.int().check(z.minimum(1)),
  at: momentShape,
  who: z.string().check(z.maxLength(longest.who)),
  /** Who bears this name here, where one person alone does. */
  person: z.optional(idShape),
  kind: z.enum(lineKinds),
});
const wordsShape = z.strictObject({
  text: z.string().check(z.maxLength(longest.text)),
  title: z.optional(z.string().check(z.maxLength(longest.title))),
  comments: z.optional(z.string().check(z.maxLength(longest.text))),
});
export const pastLineShape = z.strictObject({ ...headShape.def.shape, ...wordsShape.def.shape });
export type PastLine = z.output<typeof pastLineShape>;
type Head = z.output<typeof headShape>;
type Words = z.output<typeof wordsShape>;

/** The words of each line are a field of their own: one can be taken out of the record, and those around it stay proven. */
const wordFields = Array.from({ length: pageLines }, (_, i): `w${number}` => `w${i}`);

/**
 * A page of what was said before. One event for many lines, since they were not said here: no device is told more than that
 * something passed, and reads them page by page.
 */
export const pageBrought = eventKind(
  'past.page', 441,
  z.object({ past: idShape, page: z.int().check(z.minimum(0)), heads: z.array(headShape), ...(Object.fromEntries(wordFields.map((field) => [field, z.optional(wordsShape)])) as Record<`w${number}`, z.ZodMiniOptional<typeof wordsShape>>) }),
  { apart: true, unsaid: ({ past, page, heads }) => ({ past, page, heads }) },
);

/** A line as it stands on its page; without words where they are no more. */
export interface Placed { readonly n: number; readonly at: number; readonly who: string; readonly person?: Id | undefined; readonly kind: LineKind; readonly words?: Words | undefined }

/** The import was taken back, and this page of it: nobody reads it any more. */
export const pageTakenBack = eventKind('past.pageTakenBack', 445, z.object({ past: idShape, page: z.int().check(z.minimum(0)) }), { takesBack: true });

/** 頁: a page of an import, in the order of the file. */
export interface PastPage { readonly past: Id; readonly page: number; readonly lines: readonly Placed[]; readonly back?: true; readonly redacted?: readonly Blacked[] }

export const pageId = (past: Id, page: number): Id => derivedId(past, `page/${page}`);
/** A line of a page has a name of its own, by which it is found and taken out. */
export const lineId = (page: Id, i: number): Id => derivedId(page, String(i));

/** The words that stand in a field of an event. */
const wordsOf = (body: { readonly [field: `w${number}`]: Words | undefined }, i: number): Words | undefined => body[`w${i}`];
const worded = (words: Words | undefined): { readonly words?: Words } => (words ? { words } : {});
const wordless = ({ words: _gone, ...line }: Placed): Placed => line;
const placeOf = ({ past, page, lines }: PastPage, said: Id): number => lines.findIndex((_, i) => lineId(pageId(past, page), i) === said);

export const pastPage = noun<PastPage>('pastPage', { apart: true })
  .begins(pageBrought, (e) => pageId(e.body.past, e.body.page), ({ body }) => ({
    past: body.past, page: body.page,
    lines: body.heads.map((head, i) => ({ ...head, ...worded(wordsOf(body, i)) })),
  }))
  .on(pageTakenBack, (e) => pageId(e.body.past, e.body.page), (now) => now && { ...now, lines: now.lines.map(wordless), back: true });

type PageBody = typeof pageBrought extends EventKind<infer Body> ? Body : never;

/** The body of the event that brings a page. */
export const pageBody = (past: Id, page: number, lines: readonly PastLine[]): PageBody => ({
  past, page, heads: lines.map(({ n, at, who, person, kind }): Head => ({ n, at, who, ...(person ? { person } : {}), kind })),
  ...Object.fromEntries(lines.map(({ text, title, comments }, i) => [`w${i}`, { text, ...(title ? { title } : {}), ...(comments ? { comments } : {}) }])),
});

/** The words of a line, in lines. */
const saysOf = ({ words: { title, text, comments } = { text: '' } }: Placed): readonly string[] => [title, text, comments].filter((one): one is string => one !== undefined && one !== '');
/** From the first to the last time on a page: its lines are in the order of time. */
const spanOf = ({ lines }: PastPage): { readonly from: number; readonly to: number } => ({ from: lines[0]?.at ?? 0, to: lines.at(-1)?.at ?? 0 });

/**
 * What of the past can be taken out of the record: by two people the words of a line, by its term those of a page; and with them the file that says
 * them too.
 */
export const lineRedacts: Redacts<PastPage> = {
  noun: pastPage, inRoom: true,
  fields: { text: wordFields },
  bits: ({ past, page, lines }) => lines.map((_, i) => lineId(pageId(past, page), i)),
  bitField: (now, said) => wordFields[placeOf(now, said)]!,
  says: (now, part, said) => (part === 'text' ? now.lines.filter((_, i) => said === undefined || i === placeOf(now, said)).flatMap(saysOf) : []),
  without: (now, parts, said) => ({ ...now, lines: now.lines.map((line, i) => (parts.has('text') && (said === undefined || i === placeOf(now, said)) ? wordless(line) : line)) }),
  bearing: (now) => ({ at: spanOf(now).to, gone: now.back === true }),
  filesWith: 'text',
  // Each file that tells of that time may say the same, also one that was taken back.
  filesOf: carriedBy(imported, (one, now, said) => one.id === now.past || (said === undefined ? overlaps(one, spanOf(now)) : covers(one, now.lines[placeOf(now, said)]!.at))),
  also: (now, said) => (said === undefined ? [happens(pastOver, { past: now.past, to: spanOf(now).to })]
    : now.lines.filter((_, i) => i === placeOf(now, said)).map((line) => happens(lineGone, { past: now.past, at: line.at, key: goneKey(line) }))),
  partOf: partOf(({ past }) => theImport(past), ({ state }) => state === 'takenBack'),
  href: ({ past, page }, _id, room) => `/past/${room}/${past}?page=${page}`,
};
