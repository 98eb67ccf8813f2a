import { beside, listed, type Words } from '@noroshi/foundations/i18n';
import { dayNo, isDay, lastDayOf, momentOf, weekday, type Local } from '../local-time.ts';
import { readRule } from '../recurrence.ts';
import type { Key } from '@noroshi/foundations/i18n';

type Say = Pick<Words, 't' | 'language' | 'day' | 'time'>;
const locale = ({ language }: Pick<Words, 'language'>): string => (language === 'ja' ? 'ja-JP' : 'en-GB');
/** The days of a week as the language calls them, from Sunday. */
export const weekdayNames = (words: Pick<Words, 'language'>): string[] =>
  Array.from({ length: 7 }, (_, i) => new Intl.DateTimeFormat(locale(words), { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(1970, 0, 4 + i)));

/** 2026年12月. */
export const monthSays = (local: Local, words: Pick<Words, 'language'>): string => new Intl.DateTimeFormat(locale(words), { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(dayNo(local) * 86_400_000);
/** 2026年12月4日. */
export const dateSays = (local: Local, words: Pick<Words, 'language'>): string => new Intl.DateTimeFormat(locale(words), { dateStyle: 'long', timeZone: 'UTC' }).format(dayNo(local) * 86_400_000);
/** 12月4日. */
export const shortDay = (local: Local, words: Pick<Words, 'language'>): string => new Intl.DateTimeFormat(locale(words), { month: words.language === 'ja' ? 'long' : 'short', day: 'numeric', timeZone: 'UTC' }).format(dayNo(local) * 86_400_000);
/** 12月4日（金）. */
export const daySays = (local: Local, { day }: Pick<Words, 'day'>): string => day(momentOf(local.slice(0, 10)));
export const hourSays = (local: Local): string => local.slice(11);

/** When it is, in one line: 10:00–11:00, 終日, or from which day to which. */
export function whenSays(time: { readonly start: Local; readonly end: Local }, words: Say, onDay?: Local): string {
  const { t } = words;
  const last = lastDayOf(time);
  const isOne = last === time.start.slice(0, 10);
  if (isDay(time.start)) return isOne || onDay ? t('calendar.allDay') + (isOne ? '' : `（${daySays(time.start, words)}–${daySays(last, words)}）`) : `${daySays(time.start, words)}–${daySays(last, words)}`;
  if (isOne) return time.start === time.end ? hourSays(time.start) : `${hourSays(time.start)}–${hourSays(time.end)}`;
  if (onDay === undefined) return `${daySays(time.start, words)} ${hourSays(time.start)} – ${daySays(time.end, words)} ${hourSays(time.end)}`;
  // One day of several: from when, until when, or all of it.
  if (onDay === time.start.slice(0, 10)) return `${hourSays(time.start)}–`;
  return onDay === last && !time.end.endsWith('T00:00') ? `–${hourSays(time.end)}` : t('calendar.allDay');
}

/** In full, with its day. */
export const fullWhen = (time: { readonly start: Local; readonly end: Local }, words: Say): string =>
  (lastDayOf(time) === time.start.slice(0, 10) ? `${daySays(time.start, words)} ${whenSays(time, words)}` : whenSays(time, words));

/** How a series repeats, in a sentence. */
export function repeatSays(repeat: string, start: Local, words: Say): string {
  const { t } = words;
  const rule = readRule(repeat);
  if (typeof rule === 'string') return t('calendar.repeats');
  const names = weekdayNames(words);
  const days = rule.byDay && beside(rule.byDay.map(({ day, nth }) => (nth === undefined ? names[day]! : nthSays(nth, day, words))), words);
  const n = rule.interval;
  const every = {
    DAILY: n === 1 ? t('calendar.every.day') : t('calendar.every.days', { n }),
    WEEKLY: n === 1 ? t('calendar.every.week') : t('calendar.every.weeks', { n }),
    MONTHLY: n === 1 ? t('calendar.every.month') : t('calendar.every.months', { n }),
    YEARLY: n === 1 ? t('calendar.every.year') : t('calendar.every.years', { n }),
  }[rule.freq];
  const on = rule.freq === 'WEEKLY' ? days ?? names[weekday(dayNo(start))] : rule.freq === 'MONTHLY' ? days ?? t('calendar.onDay', { n: listed((rule.byMonthDay ?? [Number(start.slice(8, 10))]).map(String), words) }) : days;
  const ends = rule.count !== undefined ? t('calendar.endsAfter', { n: rule.count }) : rule.until !== undefined ? t('calendar.endsOn', { day: daySays(rule.until, words) }) : '';
  return [every, on, ends].filter(Boolean).join(' ');
}

export const nthSays = (nth: number, day: number, words: Pick<Words, 't' | 'language'>): string =>
  (nth === -1 ? words.t('calendar.lastOf', { day: weekdayNames(words)[day]! }) : words.t('calendar.nthOf', { n: nth < 0 ? `${nth}` : nth, day: weekdayNames(words)[day]! }));

/** The reminders that one can choose, by their minutes. */
export const reminderKey = (minutes: number): Key => `calendar.reminder.${minutes === -1 ? 'morning' : minutes}` as Key;
export const holidayKey = (name: string): Key => `calendar.holiday.${name}` as Key;
