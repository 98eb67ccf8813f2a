import type { Moment } from '@noroshi/foundations/kernel';
import { readTalkText } from './talk-text.ts';
import { readTable } from './table.ts';
import type { ReadFile } from './line.ts';

/** A file that was read, or why nothing of it can be: the code of a refusal of this room. */
export type FileRead = { readonly ok: true; readonly read: ReadFile } | { readonly ok: false; readonly code: 'past.quoteOpen' | 'past.nothingIn'; readonly params?: { readonly line: number } };

/**
 * Reads what another tool wrote out: a table of talks or notices, known by its head; else a talk as text.
 * @param text the file as letters
 * @param now what is told for later than that was not said
 */
export function readPast(text: string, now: Moment): FileRead {
  const table = readTable(text, now);
  if (table && 'quoteOpen' in table) return { ok: false, code: 'past.quoteOpen', params: { line: table.quoteOpen } };
  const read = table ?? readTalkText(text, now);
  return read.lines.length > 0 ? { ok: true, read } : { ok: false, code: 'past.nothingIn' };
}
