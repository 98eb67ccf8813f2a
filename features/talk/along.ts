import type { Id } from '@noroshi/foundations/kernel';

/** Words that a form took along from the composer of a talk. Its draft keeps them, so that they are known again when one comes back to it. */
export interface Along { readonly room: Id; readonly words: string }

/** What comes along with who opens a form in a talk: the words that stand in its composer, and which of those that came before have been said there since. */
export interface Brought { readonly words: string; readonly gone: readonly string[] }

export const noWords: Brought = { words: '', gone: [] };

/**
 * What stands in a form, with what was brought along: below it, once, as far as there is room. What came along before and was said in the
 * talk since makes room for it; what was not said anywhere stays.
 */
export function together(text: string, { words, gone }: Brought, longest: number): string {
  if (text.includes(words)) return text;
  const past = gone.find((one) => text.includes(one));
  const both = past ? text.replace(past, () => words) : [text, words].filter(Boolean).join('\n');
  return both.slice(0, longest);
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
