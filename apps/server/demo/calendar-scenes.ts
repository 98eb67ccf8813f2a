import { addDays, answerAppointment, dayNo, inTheMorning, localAt, openCalendar, openOwn, ownCalendarOf, putAppointment, weekday } from '@noroshi/features/calendar';
import type { Moment } from '@noroshi/foundations/kernel';
import type { Names, Scene } from './scene.ts';

const anHour = 60;
const aDay = 24 * anHour;

/** The calendar of the prefecture and its towns, and that of a deputy mayor: around the days of the flood. */
export function calendarScenes({ org, thing }: Names, now: Moment): Scene[] {
  const calendar = thing('calendar');
  const today = localAt(now).slice(0, 10);
  const day = (n: number): string => addDays(today, n);
  // A Monday two weeks ago: a series of working days begins on one.
  const monday = day(-14 - ((weekday(dayNo(today)) + 6) % 7));
  const taros = ownCalendarOf(thing('person/seiyo/deputyHead'));
  const puts = (as: string, label: string, title: string, start: string, end: string, more: object = {}, on = calendar): Scene => ({ ago: 19 * aDay - label.length, as, label, deed: putAppointment, input: { calendar: on, title, start, end, ...more } });
  return [
    { ago: 20 * aDay, as: 'ehime/hanako', label: 'calendar/open', deed: openCalendar, input: { id: calendar, name: '県と市町の予定', mark: 2, readers: { orgs: ['西予市', '大洲市', '宇和島市', '西条市', '伊予市', '新居浜市', '松山市', '今治市'].map(org), people: [] }, writers: { orgs: [org('愛媛県')], people: [] } } },
    puts('ehime/hanako', 'calendar/morning', '朝の打合せ（オンライン）', `${monday}T09:00`, `${monday}T09:20`, { repeat: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' }),
    puts('ehime/towns', 'calendar/briefing', '応援職員の受入説明会', `${day(1)}T14:00`, `${day(1)}T15:30`, { place: '県庁 第二別館5階', note: '持ち物\n・受入窓口の名簿\n・宿泊先の一覧', orgs: ['西予市', '大洲市', '宇和島市'].map(org), reminders: [inTheMorning, 60] }),
    puts('ehime/desk', 'calendar/power', '第二別館の停電作業', day(3), day(5), { place: '県庁 第二別館' }),
    puts('ehime/hanako', 'calendar/private', '職員の面談', `${day(2)}T10:00`, `${day(2)}T11:00`, { private: true }),
    ...(['seiyo/deputyHead', 'ozu/disaster'] as const).map((as, i): Scene => ({ ago: 18 * aDay - i, as, label: `calendar/briefing/${as}`, deed: answerAppointment, input: { calendar, appointment: thing('calendar/briefing'), answer: i === 0 ? 'yes' : 'maybe' } })),
    { ago: 18 * aDay - anHour, as: 'seiyo/deputyHead', label: 'calendar/own', deed: openOwn, input: { mark: 1 } },
    { ...puts('seiyo/deputyHead', 'calendar/own/clinic', '通院', `${day(4)}T16:00`, `${day(4)}T17:00`, { private: true }, taros), ago: 18 * aDay - 2 * anHour },
    { ...puts('seiyo/deputyHead', 'calendar/own/assembly', '市議会 全員協議会', `${day(6)}T10:00`, `${day(6)}T12:00`, { place: '西予市役所 議場' }, taros), ago: 18 * aDay - 3 * anHour },
  ];
}
