import { busyWith } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { checkContent } from './content.ts';
import { dayText } from './local-time.ts';
import { readRule, ruleDays, utc, writeRule, type Rule } from './recurrence.ts';
import { timesOf } from './times.ts';

const rule = (text: string): Rule => {
  const read = readRule(text);
  if (typeof read === 'string') throw new Error(read);
  return read;
};
const first = (text: string, start: string, n: number): string => {
  const days: string[] = [];
  for (const no of ruleDays(rule(text), start)) if (days.push(dayText(no)) === n) break;
  return days.join(' ');
};

// The examples of RFC 5545, 3.8.5.3, with the days that it gives for them: those that say something of days.
describe('Y14 a rule means what RFC 5545 says it means', () => {
  it.each([
    ['FREQ=DAILY;COUNT=10', '1997-09-02', '1997-09-02 1997-09-03 1997-09-04 1997-09-05 1997-09-06 1997-09-07 1997-09-08 1997-09-09 1997-09-10 1997-09-11'],
    ['FREQ=DAILY;INTERVAL=10;COUNT=5', '1997-09-02', '1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12'],
    ['FREQ=WEEKLY;COUNT=10', '1997-09-02', '1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-10-07 1997-10-14 1997-10-21 1997-10-28 1997-11-04'],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU', '1997-09-02', '1997-09-02 1997-09-16 1997-09-30 1997-10-14 1997-10-28'],
    ['FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH', '1997-09-02', '1997-09-02 1997-09-04 1997-09-09 1997-09-11 1997-09-16 1997-09-18 1997-09-23 1997-09-25 1997-09-30 1997-10-02'],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH', '1997-09-02', '1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30 1997-10-02 1997-10-14 1997-10-16'],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '1997-08-05', '1997-08-05 1997-08-10 1997-08-19 1997-08-24'],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '1997-08-05', '1997-08-05 1997-08-17 1997-08-19 1997-08-31'],
    ['FREQ=MONTHLY;COUNT=10;BYDAY=1FR', '1997-09-05', '1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02 1998-02-06 1998-03-06 1998-04-03 1998-05-01 1998-06-05'],
    ['FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU', '1997-09-07', '1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25 1998-03-01 1998-03-29 1998-05-03 1998-05-31'],
    ['FREQ=MONTHLY;COUNT=6;BYDAY=-2MO', '1997-09-22', '1997-09-22 1997-10-20 1997-11-17 1997-12-22 1998-01-19 1998-02-16'],
    ['FREQ=MONTHLY;BYMONTHDAY=-3', '1997-09-28', '1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26'],
    ['FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15', '1997-09-02', '1997-09-02 1997-09-15 1997-10-02 1997-10-15 1997-11-02 1997-11-15 1997-12-02 1997-12-15 1998-01-02 1998-01-15'],
    ['FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1', '1997-09-30', '1997-09-30 1997-10-01 1997-10-31 1997-11-01 1997-11-30 1997-12-01 1997-12-31 1998-01-01 1998-01-31 1998-02-01'],
    ['FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15', '1997-09-10', '1997-09-10 1997-09-11 1997-09-12 1997-09-13 1997-09-14 1997-09-15 1999-03-10 1999-03-11 1999-03-12 1999-03-13'],
    ['FREQ=MONTHLY;INTERVAL=2;BYDAY=TU', '1997-09-02', '1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-11-04 1997-11-11 1997-11-18 1997-11-25 1998-01-06'],
    ['FREQ=YEARLY;COUNT=10;BYMONTH=6,7', '1997-06-10', '1997-06-10 1997-07-10 1998-06-10 1998-07-10 1999-06-10 1999-07-10 2000-06-10 2000-07-10 2001-06-10 2001-07-10'],
    ['FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3', '1997-03-10', '1997-03-10 1999-01-10 1999-02-10 1999-03-10 2001-01-10 2001-02-10 2001-03-10 2003-01-10 2003-02-10 2003-03-10'],
    ['FREQ=YEARLY;BYDAY=20MO', '1997-05-19', '1997-05-19 1998-05-18 1999-05-17'],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH', '1997-03-13', '1997-03-13 1997-03-20 1997-03-27 1998-03-05 1998-03-12 1998-03-19 1998-03-26 1999-03-04 1999-03-11 1999-03-18 1999-03-25'],
    ['FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8', '1997-06-05', '1997-06-05 1997-06-12 1997-06-19 1997-06-26 1997-07-03 1997-07-10 1997-07-17 1997-07-24 1997-07-31 1997-08-07'],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '1997-09-02', '1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13'],
    ['FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13', '1997-09-13', '1997-09-13 1997-10-11 1997-11-08 1997-12-13 1998-01-10 1998-02-07 1998-03-07 1998-04-11 1998-05-09 1998-06-13'],
    ['FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8', '1996-11-05', '1996-11-05 2000-11-07 2004-11-02'],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', '1997-09-04', '1997-09-04 1997-10-07 1997-11-06'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2', '1997-09-29', '1997-09-29 1997-10-30 1997-11-27 1997-12-30 1998-01-29 1998-02-26 1998-03-30'],
    ['FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5', '2007-01-15', '2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30'],
    // Without a month the fifth Thursday is one of the year.
    ['FREQ=YEARLY;BYMONTHDAY=30;BYDAY=5TH', '2025-01-30', '2025-01-30 2031-01-30 2042-01-30'],
    // A day that a month has not is left out, and not the next one.
    ['FREQ=MONTHLY', '2026-01-31', '2026-01-31 2026-03-31 2026-05-31'],
    ['FREQ=YEARLY', '2024-02-29', '2024-02-29 2028-02-29 2032-02-29'],
  ])('%s from %s', (text, start, days) => {
    expect(first(text, start, days.split(' ').length)).toBe(days);
  });

  it('ends with its last day, be it a day, a minute of ours or one in UTC', () => {
    const times = (until: string): number => timesOf({ title: '', start: '2026-12-01T09:00', end: '2026-12-01T10:00', repeat: `FREQ=DAILY;UNTIL=${until}` }, '2026-11-01', '2027-01-31').length;
    // 09:00 here is midnight in UTC: the last second before it leaves that day out.
    expect(['20261203', '20261203T090000', '20261203T085900', '20261203T000000Z', '20261202T235900Z'].map(times)).toEqual([3, 3, 2, 3, 2]);
    expect([utc('2026-12-03T09:00'), writeRule(rule('FREQ=DAILY;UNTIL=20261203T000000Z'), '2026-12-01T09:00'), writeRule(rule('FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2;COUNT=3;WKST=SU'), '2026-12-25')])
      .toEqual(['20261203T000000Z', 'FREQ=DAILY;UNTIL=20261203T000000Z', 'FREQ=MONTHLY;INTERVAL=2;COUNT=3;BYDAY=-1FR;WKST=SU']);
  });

  it('is asked for a window far from its beginning without going through what lies between, and gives the same', () => {
    const far = (text: string): [number, string[]] => {
      const days = [...ruleDays(rule(text), '1980-01-01', 43_465)].slice(0, 5).map(dayText);
      return [days.length, days];
    };
    for (const text of ['FREQ=DAILY;INTERVAL=3', 'FREQ=WEEKLY;BYDAY=TU,FR;INTERVAL=2', 'FREQ=MONTHLY;BYDAY=2WE', 'FREQ=YEARLY;INTERVAL=4']) {
      const all: string[] = [];
      for (const no of ruleDays(rule(text), '1980-01-01')) if (no >= 43_465 && all.push(dayText(no)) === 5) break;
      expect(far(text)[1]).toEqual(all);
    }
  });
});

it('Y5 the worst that can be written costs little: without an end, never true, all at once', () => {
  const never = ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31', 'FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=6', 'FREQ=WEEKLY;BYDAY=MO;BYMONTHDAY=31;BYMONTH=4', `FREQ=YEARLY;BYDAY=${Array(40).fill('MO').join(',')};BYSETPOS=366`];
  const spent = busyWith(() => {
    for (const text of never) expect(ruleDays(rule(text), '1980-01-01').next().done).toBe(true);
    // Without an end it is gone through to 2099 and no further.
    expect([...ruleDays(rule('FREQ=DAILY'), '1980-01-01')].length).toBe(43_830);
  });
  expect(spent).toBeLessThan(3_000);
  // What is shown is bounded too.
  expect(timesOf({ title: '', start: '1980-01-01', end: '1980-01-02', repeat: 'FREQ=DAILY' }, '1980-01-01', '2099-12-31').length).toBe(1_000);
});

it('Y5 what a rule says twice is read once, and 60 of the dearest cost the server little', () => {
  expect([rule('FREQ=MONTHLY;BYDAY=MO,1MO,MO,1MO;BYSETPOS=1,1'), rule('FREQ=YEARLY;BYMONTHDAY=31,31;BYMONTH=1,1')]).toEqual([
    { freq: 'MONTHLY', interval: 1, weekStart: 1, byDay: [{ day: 1 }, { day: 1, nth: 1 }], bySetPos: [1] }, { freq: 'YEARLY', interval: 1, weekStart: 1, byMonthDay: [31], byMonth: [1] },
  ]);
  const dear = [`BYDAY=${Array(43).fill('MO').join(',')};BYSETPOS=366`, `BYDAY=SU,MO,TU,WE,TH,FR,SA;BYMONTHDAY=${Array(64).fill('31').join(',')};BYSETPOS=366`];
  const spent = busyWith(() => {
    for (let i = 0; i < 60; i += 1) expect(checkContent({ title: 'x', start: '1980-01-01', end: '1980-01-02', repeat: `FREQ=YEARLY;${dear[i % 2]}` }, false, false)).toMatchObject({ code: 'calendar.repeatNever' });
  });
  expect(spent).toBeLessThan(3_000);
});

it('500 appointments of a month, each of them a series of thirty years, are there in a moment', () => {
  const all = Array.from({ length: 500 }, (_, i) => ({ title: '', start: '1996-01-01T09:00', end: '1996-01-01T10:00', repeat: ['FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO', 'FREQ=MONTHLY;BYDAY=1MO', 'FREQ=YEARLY;BYMONTH=12'][i % 4]! }));
  const month = (): void => expect(all.flatMap((one) => timesOf(one, '2026-12-01', '2026-12-31')).length).toBe(125 * (31 + 4 + 1 + 1));
  expect(busyWith(month)).toBeLessThan(3_000);
});
