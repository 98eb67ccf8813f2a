import { derivedId, refused, type Id, type Refusal } from '@noroshi/foundations/kernel';
import type { Question } from '@noroshi/foundations/sync';
import type { LowerEnd, Told } from '@noroshi/foundations/sync/web';
import type * as z from 'zod/mini';
import { bringPage } from '../bring.ts';
import type { PastLine } from '../page.ts';
import { keysHere, readPage } from '../questions.ts';
import { goneKey, keyOf } from '../reading/keys.ts';

/** So many pages are on their way at once: words that someone says meanwhile come between them. */
const atOnce = 4;
/** What says that a page is here already. */
const isHere = (code: string): boolean => code === 'past.pageHere' || code === 'command.idTaken';

/** What is carried: pages in their order, from the first that is not here yet. */
export interface Load { readonly place: Id; readonly past: Id; readonly pages: readonly (readonly PastLine[])[]; readonly from: number }

/**
 * Brings the pages of an import, one behind the other. Each has a name of its own: what was sent and not answered is sent again and is
 * there once, also after the browser was closed.
 * @param told how many are here
 * @param isOver whether no more is to be sent
 * @returns why it ended before all were here
 */
export async function carry(stair: LowerEnd, { place, past, pages, from }: Load, told: (done: number) => void, isOver: () => boolean): Promise<Refusal | undefined> {
  const onWay: { readonly page: number; readonly sent: Told }[] = [];
  const settle = async (): Promise<Refusal | undefined> => {
    const { page, sent } = onWay.shift()!;
    const answer = sent.ok ? await sent.answer : sent;
    if (!answer.ok && sent.ok) await stair.drop(sent.id);
    if (!answer.ok && !isHere(answer.code)) return refused(answer.code, answer.params);
    told(page + 1);
    return undefined;
  };
  for (let page = from; page < pages.length && !isOver(); page++) {
    onWay.push({ page, sent: await stair.send(bringPage, { place, past, page, lines: [...pages[page]!] }, derivedId(past, `bring/${page}`)) });
    const trouble = onWay.length >= atOnce ? await settle() : undefined;
    if (trouble) return trouble;
  }
  while (onWay.length > 0) {
    const trouble = await settle();
    if (trouble) return trouble;
  }
  return undefined;
}

/** How a question is asked: over the line, or in a test at the server. */
export type Ask = <I, O>(of: Question<I, O>, input: I) => Promise<{ readonly ok: true; readonly value: O } | Refusal>;

type Here = z.output<typeof readPage.output>['lines'][number];
const isSame = ({ at, who, kind, text, title, comments }: Here, line: PastLine): boolean =>
  (text === undefined ? goneKey({ at, who }) === goneKey(line) : keyOf({ at, who, kind, words: { text, title, comments } }) === keyOf({ ...line, words: line }));

/**
 * How many pages of an import have come, where the first and the last of them are those that would be brought now. Another file of the same times, size and
 * counts is no other half of it. (P12)
 */
export async function comeSoFar(ask: Ask, of: { readonly place: Id; readonly past: Id }, pages: readonly (readonly PastLine[])[]): Promise<{ readonly ok: true; readonly pages: number } | Refusal> {
  const first = await ask(readPage, of);
  const come = first.ok ? first.value.pages : 0;
  const last = first.ok && come > 1 ? await ask(readPage, { ...of, page: come - 1 }) : first;
  for (const told of [first, last]) {
    if (!told.ok) return told;
    const { page, lines } = told.value;
    const mine = pages[page] ?? [];
    if (come > 0 && (lines.length !== mine.length || !lines.every((line, i) => isSame(line, mine[i]!)))) return refused('past.otherNow');
  }
  return { ok: true, pages: come };
}

/** What lies in a place of a time, by key. @param but without those of this import */
export async function allKeys(ask: Ask, input: { readonly place: Id; readonly from: number; readonly to: number; readonly but?: Id }): Promise<{ readonly ok: true; readonly keys: readonly string[] } | Refusal> {
  const keys: string[] = [];
  for (let before: number | undefined; ;) {
    const told = await ask(keysHere, { ...input, ...(before === undefined ? {} : { before }) });
    if (!told.ok) return told;
    for (const key of told.value.keys) keys.push(key);
    before = told.value.before;
    if (before === undefined) return { ok: true, keys };
  }
}
