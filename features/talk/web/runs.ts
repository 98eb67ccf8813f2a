import type { Message } from '@noroshi/features/talk';
import type { Doc } from '@noroshi/foundations/sync';

/** The newest steps of a run stay in sight. */
const inSight = 2;

/** One row of the talk: a message, or steps in a row that are folded into one line. */
export type Run = readonly Doc<Message>[];

/**
 * Puts steps that follow each other (quiet lines of the hotline) into one row each, so that a dispatch in ten steps does
 * not push away what people say.
 * @param unfolded ids of steps that someone asked to see
 * @param dayOf steps of two days are not one run
 */
export function runs(docs: readonly Doc<Message>[], unfolded: ReadonlySet<string>, dayOf: (doc: Doc<Message>) => number): Run[] {
  const rows: Run[] = [];
  for (let i = 0; i < docs.length;) {
    let end = i;
    while (end < docs.length && isStep(docs[end]!) && dayOf(docs[end]!) === dayOf(docs[i]!)) end++;
    const folded = docs.slice(i, Math.max(i, end - inSight));
    if (folded.length > 1 && !folded.some(({ id }) => unfolded.has(id))) {
      rows.push(folded);
      i += folded.length;
    }
    for (const stop = Math.max(end, i + 1); i < stop; i++) rows.push([docs[i]!]);
  }
  return rows;
}

/** Heard by the server, and neither said by a person nor asking for anything. */
const isStep = ({ value, born }: Doc<Message>): boolean => value.quiet === 1 && born < Number.MAX_SAFE_INTEGER;
