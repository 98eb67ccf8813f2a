/** Variants that people type for each other and that Unicode keeps apart. */
const variants: Readonly<Record<string, string>> = {
  髙: '高', 﨑: '崎', 嵜: '崎', 濵: '浜', 濱: '浜', 邊: '辺', 邉: '辺', 渡邊: '渡辺', 齋: '斎', 齊: '斉', 澤: '沢', 廣: '広', 國: '国', 德: '徳', 眞: '真', 櫻: '桜', 惠: '恵', 龍: '竜', 嶋: '島', 嶌: '島', 龜: '亀', 縣: '県', ヶ: 'け', ヵ: 'か',
};

/** A text as it is compared, and for each of its characters the place in the original where it came from. */
export interface Folded { readonly text: string; readonly from: readonly number[] }

/**
 * Folds width, case, kana and variants, so that ｱｵｲ, アオイ and あおい are one. Works character by character, so that a
 * place in the folded text can be shown in the original.
 */
export function fold(original: string): Folded {
  let text = '';
  const from: number[] = [];
  let at = 0;
  // A half-width kana and its sound mark are one letter only together.
  for (const cluster of original.match(/[\uff66-\uff9d][\uff9e\uff9f]|\s+|[\s\S]/gu) ?? []) {
    const folded = /^\s/.test(cluster) ? ' ' : [...cluster.normalize('NFKC').toLowerCase()].map(letter).join('');
    for (let i = 0; i < folded.length; i++) from.push(at);
    text += folded;
    at += cluster.length;
  }
  return { text, from };
}

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

/** Cuts an excerpt of about `length` characters out of a text. */
export function excerptOf(original: string, wanted: readonly string[], length = 90): Excerpt {
  const { text, from } = fold(original);
  const end = (at: number): number => from[at] ?? original.length;
  const places: [number, number][] = [];
  for (const term of wanted) {
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) places.push([from[at]!, end(at + term.length)]);
  }
  places.sort((a, b) => a[0] - b[0]);
  const first = places[0]?.[0] ?? 0;
  const begin = Math.max(0, first - Math.floor(length / 3));
  const stop = Math.min(original.length, begin + length);
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
