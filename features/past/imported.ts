import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import { sha256Shape, type StoredFile } from '@noroshi/foundations/files';
import * as z from 'zod/mini';

/** So many lines one import brings at most: a talk of ten busy years. */
export const mostLines = 300_000;
export const mostPages = 10_000;
const count = z.int().check(z.minimum(0), z.maximum(10_000_000));

/** Which of both it is: a talk, or the notices of a board. */
export const sources = ['talk', 'board'] as const;

export const importShape = {
  id: idShape,
  source: z.enum(sources),
  /** The file as it was called. */
  name: z.string().check(z.minLength(1), z.maxLength(255)),
  size: z.int().check(z.minimum(1)),
  /** The room or board that was taken, where the file tells of several. */
  room: z.optional(z.string().check(z.maxLength(200))),
  /** So many were taken, on so many pages; and so many lines of the file were left. */
  lines: z.int().check(z.minimum(1), z.maximum(mostLines)),
  pages: z.int().check(z.minimum(1), z.maximum(mostPages)),
  left: count,
  /** The first and the last time in it. */
  from: momentShape,
  to: momentShape,
};

const { id, source, name, ...counts } = importShape;
/**
 * Numbers 440 to 449 are this room's. Someone begins to bring a file from the tool before this one. `sha256`: a fingerprint of the file stood here, by
 * which words could be tried; migration 0780 has emptied it, and nothing writes it any more.
 */
export const importBegun = eventKind('past.begun', 440, z.object({ id, source, name, sha256: z.optional(sha256Shape), ...counts }));
/** All of it is here. */
export const importDone = eventKind('past.done', 442, z.object({ past: idShape }));
/** No more of it comes. What is here stays. */
export const importStopped = eventKind('past.stopped', 443, z.object({ past: idShape }));
/** It should not have been brought here: nobody reads it any more. The record keeps it. */
export const importTakenBack = eventKind('past.takenBack', 444, z.object({ past: idShape, why: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) }));

/** The words of one of its lines were taken out of the record: when it was said, and its key, by which it is known again. */
export const lineGone = eventKind('past.lineGone', 446, z.object({ past: idShape, at: momentShape, key: z.string().check(z.maxLength(40)) }));

/** The term of all that it tells up to a moment is over: the words of these lines are no more. */
export const pastOver = eventKind('past.over', 447, z.object({ past: idShape, to: momentShape }));

/** 移行: what was brought from the tool before this one into a room or onto a board. Its lines lie on pages (`page.ts`). */
export interface Imported {
  readonly id: Id;
  readonly source: (typeof sources)[number];
  readonly name: string;
  readonly size: number;
  readonly room?: string;
  readonly lines: number;
  readonly pages: number;
  readonly left: number;
  readonly from: Moment;
  readonly to: Moment;
  readonly by: Id;
  readonly at: Moment;
  readonly state: 'coming' | 'whole' | 'stopped' | 'takenBack';
  /** The lines whose words were taken out of the record. */
  readonly gone?: readonly { readonly at: Moment; readonly key: string }[];
  /** Up to when its term was over, and its words were taken out of the record. */
  readonly over?: Moment;
  /** Who took it back, when and why. */
  readonly back?: { readonly by: Id; readonly at: Moment; readonly why: string };
}

export const imported = noun<Imported>('past')
  .begins(importBegun, (e) => e.body.id, ({ body: { sha256: _emptied, ...told }, by, at }) => ({ ...told, by, at, state: 'coming' }))
  .on(importDone, (e) => e.body.past, (now) => (now?.state === 'coming' ? { ...now, state: 'whole' } : undefined))
  .on(importStopped, (e) => e.body.past, (now) => (now?.state === 'coming' ? { ...now, state: 'stopped' } : undefined))
  .on(importTakenBack, (e) => e.body.past, (now, { by, at, body: { why } }) => now && { ...now, state: 'takenBack', back: { by, at, why } })
  .on(lineGone, (e) => e.body.past, (now, { body: { at, key } }) => now && { ...now, gone: [...now.gone ?? [], { at, key }] })
  .on(pastOver, (e) => e.body.past, (now, { body: { to } }) => now && { ...now, over: Math.max(now.over ?? 0, to) });
export const theImport = (id: Id): Ref<Imported> => ref(imported, id);

/**
 * The imports whose file this is. Its fingerprint stands where the file stands and nowhere else, and goes with it: an import that has kept no file,
 * or whose file is no more, is known again by its lines alone. (P11)
 * @param files what lies in the place
 */
export function ofFile(all: readonly Imported[], files: readonly StoredFile[], fileSha256: string): Imported[] {
  const same = new Set(files.filter(({ sha256, state }) => sha256 === fileSha256 && state !== 'withdrawn').map(({ of }) => of));
  return all.filter((one) => same.has(one.id));
}

const far = { coming: 1, whole: 2, stopped: 2, takenBack: 3 } as const;
/**
 * How far the imports of a place are: it grows with each that begins, ends or is taken back, and with each line or term that is taken out. What was
 * planned at another stand may bring what is here by now, or words that are here no more. (P11)
 */
export const standOf = (all: readonly Imported[]): number => all.reduce((sum, { state, gone = [], over = 0 }) => sum + far[state] + gone.length + over, 0);

/** A chosen file, as it is compared with what was begun. */
export interface ChosenFile extends Pick<Imported, 'size' | 'from' | 'to'> { readonly fileSha256: string; readonly room?: string | undefined }

/** The import under way that goes on with this file: where none is kept, all that is known of it must be the same. */
export function goesOnWith(all: readonly Imported[], files: readonly StoredFile[], { fileSha256, size, from, to, room }: ChosenFile): Imported | undefined {
  const begun = all.find(({ state }) => state === 'coming');
  const kept = files.find(({ of, state }) => of === begun?.id && state !== 'withdrawn');
  const isSame = kept ? kept.sha256 === fileSha256 : begun?.size === size && begun.from === from && begun.to === to && begun.room === room;
  return isSame ? begun : undefined;
}

/** Whether an import tells of a moment. */
export const covers = ({ from, to }: Pick<Imported, 'from' | 'to'>, at: Moment): boolean => from <= at && at <= to;

/** Whether an import tells of something of a time. */
export const overlaps = (one: Pick<Imported, 'from' | 'to'>, { from, to }: Pick<Imported, 'from' | 'to'>): boolean => one.from <= to && from <= one.to;

/**
 * Whether the file itself may be kept beside its lines: it says nothing of other rooms, and tells of no time in which words were taken
 * out of the record here, for it would say them again. (P15)
 * @param all what was brought into the place before
 */
export const fileMayStay = (one: Pick<Imported, 'from' | 'to' | 'room'>, all: readonly Imported[]): boolean =>
  one.room === undefined && !all.some(({ gone = [], from, over }) => gone.some(({ at }) => covers(one, at)) || (over !== undefined && overlaps(one, { from, to: over })));
