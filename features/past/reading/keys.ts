import { derivedId } from '@noroshi/foundations/kernel';
import { plain } from './names.ts';

/** What is known of a line, from a file or from here; without words where they are no more. */
interface Line { readonly at: number; readonly who: string; readonly kind: string; readonly words?: { readonly text: string; readonly title?: string | undefined; readonly comments?: string | undefined } | undefined }

/** What every key hangs on; any id does. */
const root = '00000000-0000-8000-8000-000000000440';
const hashed = (parts: readonly unknown[]): string => derivedId(root, JSON.stringify(parts)).replaceAll('-', '').slice(0, 20);

/** With which the key of a line begins whose words are no more. */
export const goneMark = '-';
/** Of a line whose words are no more: who and when. What has it is not brought again. */
export const goneKey = ({ at, who }: Pick<Line, 'at' | 'who'>): string => `${goneMark}${hashed([at, plain(who)])}`;

/**
 * By which a line is known again: when, who, and what. Two that are alike in one minute have the same, and are counted.
 * Board or talk, the same words of the same person in the same minute are the same line.
 */
export const keyOf = (line: Line): string => (line.words === undefined ? goneKey(line) : hashed([line.at, plain(line.who), line.kind, line.words.title ?? '', line.words.text, line.words.comments ?? '']));
