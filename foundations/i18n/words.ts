import { wallAhead, type Params } from '@noroshi/foundations/kernel';
import type ja from './ja.json';

/** Every sentence there is. One that is missing does not compile. */
export type Key = keyof typeof ja;
export type Dictionary = Readonly<Record<Key, string>>;
export type Language = 'ja' | 'en';

/** What speaks to people: sentences, times and dates in one language, at the prefecture's clock. */
export interface Words {
  readonly language: Language;
  /** What things are called in this language, by id, where the record has them under another name. */
  readonly named?: ReadonlyMap<string, string> | undefined;
  /** A sentence. `{name}` is filled in; `{n|person|people}` becomes "1 person", "2 people". */
  t(key: Key, params?: Params): string;
  /** The sentence of a refusal: what is wrong and what to do next, whatever the code. */
  refusal(code: string, params?: Params): string;
  /** 07:40 */
  time(at: number): string;
  /** 7月7日（土） */
  day(at: number): string;
  /** 7月7日 07:40 */
  moment(at: number): string;
  /** Facts, or names, next to each other on one line. What is empty is left out. */
  beside(parts: readonly (string | false | 0 | null | undefined)[]): string;
  /** What stands between two of them, where they are more than text. */
  readonly between: string;
  /** Days since 1970 at the prefecture's clock: equal for two moments of one day. */
  dayNumber(at: number): number;
}

const zone = 'Asia/Tokyo';

/** Makes the words of one language. */
export function words(language: Language, dictionary: Dictionary): Words {
  const locale = language === 'ja' ? 'ja-JP' : 'en-GB';
  const form = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  const time = form({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = form({ month: language === 'ja' ? 'long' : 'short', day: 'numeric', weekday: 'short' });
  const shortDay = form({ month: language === 'ja' ? 'long' : 'short', day: 'numeric' });
  // A device may hold only the first sentences for a moment: nothing is better than a code.
  const between = betweenIn(language);
  const t = (key: Key, params: Params = {}): string => fill(dictionary[key] ?? '', params);
  return {
    language,
    t,
    refusal(code, params) {
      const key = `refusal.${code}`;
      return key in dictionary ? t(key as Key, params) : t('refusal.unknown', { code });
    },
    time: (at) => time.format(at),
    day: (at) => day.format(at),
    moment: (at) => `${shortDay.format(at)} ${time.format(at)}`,
    beside: (parts) => beside(parts, { language }),
    between,
    dayNumber: (at) => Math.floor((at + wallAhead) / 86_400_000),
  };
}

function fill(sentence: string, params: Params): string {
  return sentence.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return many === undefined ? String(value) : `${value} ${Number(value) === 1 ? one : many}`;
  });
}

const betweenIn = (language: Language): string => (language === 'ja' ? '・' : ', ');

/** `beside` of `Words`, for whoever has the language alone. */
export const beside: (parts: Parameters<Words['beside']>[0], language: Pick<Words, 'language'>) => string = (parts, { language }) => parts.filter(Boolean).join(betweenIn(language));

/** Things one after the other, as the language strings them. */
export const listed = (parts: readonly string[], { language }: Pick<Words, 'language'>): string => parts.join(language === 'ja' ? '、' : ', ');

/** Sentences that count minutes, and have one beside them that counts hours too: `<key>Hours`. */
export type Counting = { [K in Key]: `${K}Hours` extends Key ? K : never }[Key];

/** A sentence with so many minutes in it; from an hour on in hours and minutes, since nobody reckons with three hundred. */
export const inMinutes = (key: Counting, n: number, { t }: Pick<Words, 't'>, params: Params = {}): string =>
  (n < 60 ? t(key, { ...params, n }) : t(`${key}Hours`, { ...params, h: Math.floor(n / 60), n: n % 60 }));

/** Minutes until a moment, begun ones counted, never negative. */
export const minutesTo = (due: number, now: number): number => Math.max(0, Math.ceil((due - now) / 60_000));

/** Until when something can wait, and how long that is. */
export const untilSays = (due: number, now: number, words: Pick<Words, 't' | 'time'>): string => inMinutes('home.until', minutesTo(due, now), words, { time: words.time(due) });
