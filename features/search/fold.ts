/** Variants that people type for each other and that Unicode keeps apart. */
const variants: Readonly<Record<string, string>> = {
  髙: '高', 﨑: '崎', 嵜: '崎', 濵: '浜', 濱: '浜', 邊: '辺', 邉: '辺', 渡邊: '渡辺', 齋: '斎', 齊: '斉', 澤: '沢', 廣: '広', 國: '国', 德: '徳', 眞: '真', 櫻: '桜', 惠: '恵', 龍: '竜', 嶋: '島', 嶌: '島', 龜: '亀', 縣: '県', ヶ: 'け', ヵ: 'か',
};

/** A text as it is compared, and for each of its characters the place in the original where it came from. */
export interface Folded { readonly text: string; readonly from: readonly number[] }

/**
 * The most that is compared of one text, in folded characters. The longest message with all its captions has less, but for
 * what Unicode makes of single ones: the ligature U+FDFA is 18 letters.
 */
export const mostFolded = 20_000;

/**
 * Folds width, case, kana and variants, so that ｱｵｲ, アオイ and あおい are one. Works character by character, so that a
 * place in the folded text can be shown in the original.
 */
export function fold(original: string): Folded {
  const folding = new Folding(original);
  folding.to(original.length);
  return folding;
}

/** Folds a text from its beginning, as far as it is asked to. */
class Folding implements Folded {
  text = '';
  readonly from: number[] = [];
  /** How much of the original is folded. */
  at = 0;
  #full = false;
  readonly #original: string;

  constructor(original: string) {
    this.#original = original;
  }

  /** Whether no more will come. */
  get ended(): boolean {
    return this.#full || this.at >= this.#original.length;
  }

  /** Folds on, at least up to this place in the original. */
  to(place: number): void {
    const more: string[] = [];
    while (this.at < place && !this.ended) {
      const end = clusterEnd(this.#original, this.at);
      const folded = foldedCluster(this.#original, this.at, end);
      if (this.from.length + folded.length > mostFolded) {
        this.#full = true;
        break;
      }
      for (let i = 0; i < folded.length; i++) this.from.push(this.at);
      more.push(folded);
      this.at = end;
    }
    this.text += more.join('');
  }
}

const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x3000 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0x1680 || (code >= 0x2000 && code <= 0x200a)
  || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0xfeff;

/** Where that which is folded together ends: white space, a half-width kana with its sound mark, or one character. */
function clusterEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  let end = at + 1;
  if (isSpace(code)) while (end < text.length && isSpace(text.charCodeAt(end))) end += 1;
  else if (code >= 0xff66 && code <= 0xff9d && (text.charCodeAt(end) === 0xff9e || text.charCodeAt(end) === 0xff9f)) end += 1;
  else if (text.codePointAt(at)! > 0xffff) end += 1;
  return end;
}

/** What single characters were folded to: asking Unicode each time costs more than all the rest. */
const known = new Map<number, string>();
/** All characters of the first plane are kept. Of the others, of which there are a million, only while there is room. */
const mostKnown = 20_000;

function foldedCluster(text: string, at: number, end: number): string {
  const code = text.codePointAt(at)!;
  if (isSpace(code)) return ' ';
  if (code <= 0xffff && end - at > 1) return folded(text.slice(at, end));
  let found = known.get(code);
  if (found === undefined) {
    found = folded(text.slice(at, end));
    if (code <= 0xffff || known.size < mostKnown) known.set(code, found);
  }
  return found;
}

const folded = (cluster: string): string => [...cluster.normalize('NFKC').toLowerCase()].map(letter).join('');

function letter(character: string): string {
  const plain = variants[character] ?? character;
  const code = plain.codePointAt(0)!;
  return code >= 0x30a1 && code <= 0x30f6 ? String.fromCodePoint(code - 0x60) : plain;
}

/** Every single character and every pair of neighbours, each once. */
export function grams(folded: string): string[] {
  const found = new Set<string>();
  const characters = [...folded];
  characters.forEach((character, i) => {
    if (character === ' ') return;
    found.add(character);
    const next = characters[i + 1];
    if (next !== undefined && next !== ' ') found.add(character + next);
  });
  return [...found];
}

/** A stretch of a stream has so many events, as a power of two: 16,384. */
export const stretchBits = 14;

/** A part of a stream, on one shelf. */
export interface Stretch { readonly shelf: number; readonly stream: number; readonly stretch: number }

/**
 * A gram of one stretch as a number of 32 bits, with its sign. Two may share one: what is found by it is compared with the
 * text. (FNV-1a, and the last steps of MurmurHash3, so that all bits count.)
 */
export function keyOf({ shelf, stream, stretch }: Stretch, gram: string): number {
  let h = 0x811c9dc5;
  for (const part of [shelf, stream, stretch]) h = Math.imul(h ^ part, 0x01000193) ^ (h >>> 15);
  for (let i = 0; i < gram.length; i++) h = Math.imul(h ^ gram.charCodeAt(i), 0x01000193) ^ (h >>> 15);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/** Who said it, as one more gram: no text has a line break in front of an id. */
export const authorGram = (by: string): string => `\n${by}`;

/** The words that must all be there. */
export function terms(query: string): string[] {
  return [...new Set(fold(query).text.split(' ').filter(Boolean))].slice(0, 8);
}

/** The grams that a text must have to contain a term: the term itself when it is one character, else its pairs. */
export function gramsOfTerm(term: string): string[] {
  const characters = [...term];
  return characters.length === 1 ? [term] : characters.slice(1).map((c, i) => characters[i]! + c);
}

/** A piece of the original around the first place found, and where in that piece the terms stand. */
export interface Excerpt { readonly text: string; readonly marks: readonly (readonly [from: number, to: number])[] }

/** So much is folded first in looking for the first place; then twice as much, and so on. */
const firstStep = 250;

/** Cuts an excerpt of about `length` characters out of a text. It is folded no further than the excerpt goes. */
export function excerptOf(original: string, wanted: readonly string[], length = 90): Excerpt {
  const folding = new Folding(original);
  const firstAt = firstPlace(folding, wanted);
  const first = folding.from[firstAt] ?? 0;
  const begin = Math.max(0, first - Math.floor(length / 3));
  const stop = Math.min(original.length, begin + length);
  folding.to(stop);
  const { text, from } = folding;
  const places: [number, number][] = [];
  for (const term of wanted) {
    for (let at = text.indexOf(term, firstAt); at >= 0 && from[at]! < stop; at = text.indexOf(term, at + term.length)) places.push([from[at]!, from[at + term.length] ?? folding.at]);
  }
  places.sort((a, b) => a[0] - b[0]);
  const piece = `${begin > 0 ? '…' : ''}${original.slice(begin, stop)}${stop < original.length ? '…' : ''}`;
  const shift = begin > 0 ? begin - 1 : begin;
  const marks: [number, number][] = [];
  for (const [a, b] of places) {
    if (b > stop || a < begin) continue;
    const last = marks.at(-1);
    if (last && a - shift <= last[1]) last[1] = Math.max(last[1], b - shift);
    else marks.push([a - shift, b - shift]);
  }
  return { text: piece, marks };
}

/** The first place of any term in the folded text, which is folded so far; 0 where there is none. */
function firstPlace(folding: Folding, wanted: readonly string[]): number {
  const longest = Math.max(0, ...wanted.map((term) => term.length));
  for (let looked = 0, step = firstStep; ; looked = Math.max(0, folding.text.length - longest), step *= 2) {
    folding.to(folding.at + step);
    const found = wanted.map((term) => folding.text.indexOf(term, looked)).filter((at) => at >= 0);
    // One that begins a little before another may end where nothing is folded yet.
    if (found.length > 0 && (folding.ended || Math.min(...found) + longest <= folding.text.length)) return Math.min(...found);
    if (folding.ended) return 0;
  }
}
