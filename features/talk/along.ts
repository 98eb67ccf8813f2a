import type { Id } from '@noroshi/foundations/kernel';

/** Words that a form took along from the composer of a talk. Its draft keeps them, so that they are known again when one comes back to it. */
export interface Along { readonly room: Id; readonly words: string }

/** What comes along with who opens a form in a talk: the words that stand in its composer, and which of those that came before have been said there since. */
export interface Brought { readonly words: string; readonly gone: readonly string[] }

export const noWords: Brought = { words: '', gone: [] };

/**
 * Which lines of a text are these words. Whole lines, since `水` is not said where `浸水` stands; blank lines and the spaces around a line
 * do not count, as a form parts words at the end of a line and keeps none of them.
 */
function linesOf(text: string, words: string): { readonly from: number; readonly to: number } | undefined {
  const wanted = said(words);
  const lines = said(text);
  const at = lines.findIndex((_, i) => wanted.length > 0 && wanted.every(({ line }, k) => lines[i + k]?.line === line));
  return at === -1 ? undefined : { from: lines[at]!.no, to: lines[at + wanted.length - 1]!.no + 1 };
}

const said = (text: string): { readonly line: string; readonly no: number }[] => text.split('\n').map((line, no) => ({ line: line.trim(), no })).filter(({ line }) => line !== '');

/** Whether all of these words stand in a text already, line by line. */
export const standsIn = (text: string, words: string): boolean => linesOf(text, words) !== undefined;

/**
 * What stands in a form, with what was brought along: below it, once, as far as there is room. What came along before and was said in the
 * talk since makes room for it; what was not said anywhere stays, also where it was written on in the same line.
 */
export function together(text: string, { words, gone }: Brought, longest: number): string {
  if (standsIn(text, words)) return text;
  const lines = text.split('\n');
  let place: number | undefined;
  for (const one of gone) {
    const past = linesOf(lines.join('\n'), one);
    if (!past) continue;
    const length = past.to - past.from;
    lines.splice(past.from, length);
    place = place === undefined || past.from < place ? past.from : place;
  }
  const both = place === undefined ? [text, words].filter(Boolean) : [...lines.slice(0, place), ...(words ? [words] : []), ...lines.slice(place)];
  return both.join('\n').slice(0, longest);
}

/** Words as a form with a subject takes them: the first line, and what stands below it. A first line that is too long for a subject stands whole below it. */
export function asSubject(words: string, longest: number): { readonly subject: string; readonly below: string } {
  const [first = '', ...rest] = words.split('\n');
  if (first.length <= longest) return { subject: first.trim(), below: rest.join('\n').trim() };
  let cut = '';
  // By whole characters: some are two units long.
  for (const letter of first) {
    if (cut.length + letter.length >= longest) break;
    cut += letter;
  }
  return { subject: `${cut}…`, below: words };
}
