/** Finding in the address book on the device: people, posts, towns and whoever is outside, by kanji, kana, Latin letters and numbers. */
import { foldWidth, kanaIn } from './cells.ts';
import { keyOfKana, keysOfLatin } from './reading.ts';

/** Characters of names that are one in another dress: whoever types 高橋 means 髙橋 too. */
const dresses: ReadonlyMap<string, string> = new Map(['髙高', '﨑崎', '嵜崎', '碕崎', '濵浜', '濱浜', '邊辺', '邉辺', '齋斉', '齊斉', '斎斉', '澤沢', '廣広', '眞真', '嶋島', '嶌島', '櫻桜', '國国', '德徳', '瀨瀬', '槇槙', '龍竜', '應応', '惠恵', '榮栄', '寶宝', '渕淵', '冨富'].map((pair) => [pair[0]!, pair[1]!]));

const dressed = new RegExp(`[${[...dresses.keys()].join('')}]`, 'gu');

/** Words as they are compared: whatever the width, the kana, the case, the spaces and the dress of a character. */
export const bare = (text: string): string => kanaIn(foldWidth(text).normalize('NFKC')).toLowerCase().replace(/[\s・]/g, '').replace(dressed, (letter) => dresses.get(letter)!);
const digits = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

/** Something to be found: its words and its readings, made ready once and compared at each key. */
export interface Seekable { readonly words: string; readonly readings: string; readonly numbers: string }

/**
 * @param words names, posts, places, in any script
 * @param readings in kana, or in Latin letters; parts of a name divided by spaces
 * @param numbers telephones
 */
export function seekable(words: readonly string[], readings: readonly string[] = [], numbers: readonly string[] = []): Seekable {
  // Family and given name stand alone, one behind the other, and the other way round.
  const orders = readings.flatMap((reading) => {
    const parts = reading.split(/[\s・]+/).filter(Boolean);
    return parts.length > 1 ? [parts.join(''), parts.toReversed().join(''), ...parts] : parts;
  });
  const keyOf = (reading: string): string => (/[a-z]/i.test(reading) ? keysOfLatin(reading)[0]! : keyOfKana(bare(reading)));
  return { words: [...words, ...readings].map(bare).join('\n'), readings: orders.map(keyOf).join('\n'), numbers: numbers.map(digits).join('\n') };
}

/** Whether a thing is meant by what was typed: each word must stand in it somewhere. What an input method has not made kana of yet waits. */
export function seeks(typed: string): (one: Seekable) => boolean {
  const all = foldWidth(typed).normalize('NFKC').split(/\s+/).map((word) => {
    const whole = bare(word);
    const settled = whole.replace(/(?<=[\u3041-\u3096\u30fc])[a-z]+$/, '');
    return {
      text: settled,
      keys: /^[a-zāīūēōâîûêô'’-]+$/.test(whole) ? keysOfLatin(whole) : [],
      number: /^[\d+()-]{3,}$/.test(whole) ? digits(whole) : '',
    };
  }).filter(({ text, keys, number }) => text !== '' || keys.length > 0 || number !== '');
  return ({ words, readings, numbers }) => all.every(({ text, keys, number }) =>
    (text !== '' && words.includes(text)) || keys.some((key) => key !== '' && readings.includes(key)) || (number !== '' && numbers.includes(number)));
}
