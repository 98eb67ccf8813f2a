import type { Attachment } from '@noroshi/features/talk';
import { fromLocal, toLocal, type Id } from '@noroshi/foundations/kernel';
import type { Board } from '../board-place.ts';
import type { Content } from '../content.ts';
import { readBody, writeBody } from '../rich.ts';

/** A notice as it is being written: text as it was typed, times as their fields hold them. It stays on this device. */
export interface Written {
  readonly board: Id | undefined;
  readonly title: string;
  readonly category: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly comments: boolean;
  readonly pinned: boolean;
  readonly later: boolean;
  readonly due: string;
  readonly until: string;
  readonly must: boolean;
  readonly mustDue: string;
  readonly answers: string;
  readonly incident: string;
  /** The version it was written upon, where it is a change. */
  readonly sees?: number;
}

export const emptyWritten: Written = { board: undefined, title: '', category: '', text: '', attachments: [], comments: false, pinned: false, later: false, due: '', until: '', must: false, mustDue: '', answers: '', incident: '' };

/** 参加／不参加: what is written between strokes, commas or lines. */
export const parted = (text: string): string[] => text.split(/[／/、,\n]/).map((one) => one.trim()).filter(Boolean);

/** Categories under their new names: what keeps its name, or is renamed in its place, keeps its notices. */
export function renamed(before: Board['categories'], names: readonly string[]): Board['categories'][number][] {
  let last = Math.max(0, ...before.map(({ id }) => Number(/^c(\d+)$/.exec(id)?.[1] ?? 0)));
  const inPlace = (i: number): string | undefined => (names.length === before.length && !names.includes(before[i]!.name) ? before[i]!.id : undefined);
  return names.map((name, i) => ({ id: before.find((one) => one.name === name)?.id ?? inPlace(i) ?? `c${++last}`, name }));
}

/** What was posted, planned or refused, to be changed. */
export const asWritten = (content: Content & { readonly board?: Id; readonly due?: number; readonly incident?: Id | undefined }): Written => ({
  board: content.board, title: content.title, category: content.category, text: writeBody(content.body), attachments: content.attachments ?? [], comments: content.comments, pinned: content.pinned ?? false,
  later: content.due !== undefined, due: toLocal(content.due), until: toLocal(content.until), must: content.must !== undefined, mustDue: toLocal(content.must?.due), answers: content.must?.answers.join('／') ?? '', incident: content.incident ?? '',
});

/** A field that is missing or no time; its sentence is that of the refusal. */
export type Wrong = 'title' | 'text' | 'due' | 'mustDue';

/**
 * What it says, or what is wrong with it.
 * @param usual the answer where none was written
 */
export function contentOf(written: Written, usual: string): { readonly content: Content; readonly wrong: ReadonlySet<Wrong> } {
  const body = readBody(written.text);
  const until = fromLocal(written.until);
  const mustDue = fromLocal(written.mustDue);
  const answers = parted(written.answers);
  const wrong = new Set<Wrong>([
    ...(written.title.trim() === '' ? ['title' as const] : []), ...(body.length === 0 ? ['text' as const] : []),
    ...(written.later && fromLocal(written.due) === undefined ? ['due' as const] : []), ...(written.must && mustDue === undefined ? ['mustDue' as const] : []),
  ]);
  return {
    wrong,
    content: {
      title: written.title.trim(), category: written.category, body, comments: written.comments,
      ...(written.attachments.length > 0 ? { attachments: [...written.attachments] } : {}), ...(written.pinned ? { pinned: true } : {}), ...(until === undefined ? {} : { until }),
      ...(written.must && mustDue !== undefined ? { must: { due: mustDue, answers: answers.length > 0 ? answers : [usual] } } : {}),
    },
  };
}
