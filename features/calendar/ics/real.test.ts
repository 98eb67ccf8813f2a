import { derivedId } from '@noroshi/foundations/kernel';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Appointment } from '../appointment.ts';
import { lastDayOf } from '../local-time.ts';
import { timesOf } from '../times.ts';
import { readIcs, type IcsRead } from './read-ics.ts';
import { writeIcs } from './write-ics.ts';

// Files that these programs wrote themselves, as the makers of three other readers keep them for their tests: Apple's Calendar of Mac OS X 10.9 and
// Google's with the same three appointments (cozy-ical), Exchange, Google and Apple's iCal of 2002 (ical), Google (icalts). They come as packages
// and are read where they lie; nothing of the packages runs.
const kept = (name: string): string => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
const fileOf = (name: string, path: string): string => readFileSync(join(kept(name), path), 'utf8');
const read = (text: string, today = '2017-05-01'): IcsRead => {
  const told = readIcs(text, today);
  if (typeof told === 'string') throw new Error(told);
  return told;
};
const by = ({ appointments }: IcsRead, title: string): IcsRead['appointments'][number] => appointments.find((one) => one.title === title)!;
const starts = (of: IcsRead['appointments'][number], first: string, last: string): string[] => timesOf(of, first, last).map(({ start }) => start);

describe('A3 what the programs themselves wrote', () => {
  it('one calendar of Paris as Apple and as Google wrote it is the same here, hour by hour', () => {
    const [apple, google] = ['apple', 'google'].map((name) => read(fileOf('cozy-ical', `test/fixtures/scenarios/${name}.ics`), '2014-11-01')) as [IcsRead, IcsRead];
    for (const { name, left, partly, appointments } of [apple, google]) {
      expect([name, left, partly, appointments.length]).toEqual(['Cozy-Test', [], [], 3]);
    }
    for (const one of [apple, google]) {
      // 15:00 in a Paris of winter is 23:00 here; noon is 20:00, each week until New Year.
      expect(by(one, 'Dentist')).toMatchObject({ start: '2014-11-05T23:00', end: '2014-11-06T00:00', place: 'Dentist office' });
      expect(by(one, 'Recurring event')).toMatchObject({ place: 'Hidden dungeon', note: 'Crawling a hidden dungeon' });
      expect(starts(by(one, 'Recurring event'), '2014-01-01', '2015-12-31')).toEqual(['11-06', '11-13', '11-20', '11-27', '12-04', '12-11', '12-18', '12-25', '2015-01-01'].map((day) => `${day.length === 5 ? `2014-${day}` : day}T20:00`));
      expect(starts(by(one, "Friend's birthday"), '2014-01-01', '2016-12-31')).toEqual(['2014-11-07', '2015-11-07', '2016-11-07']);
      expect(lastDayOf(by(one, "Friend's birthday"))).toBe('2014-11-07');
    }
    // Apple's alarms: one that is switched off by a date of 1976, one six days and 15 hours before, one by mail.
    expect(apple.appointments.map(({ title, reminders }) => [title, reminders])).toEqual([['Recurring event', undefined], ["Friend's birthday", [6 * 1440 + 15 * 60]], ['Dentist', [15, 1440]]]);
    // The addresses of those who were asked come along in neither.
    expect(JSON.stringify([apple.appointments, google.appointments])).not.toContain('@provider.tld');
  });

  it('Google: single times moved, left out in one line, a series that a summer moves, an end in UTC', () => {
    const weekly = by(read(fileOf('ical', 'examples/example_rrule.ics')), 'Recurring weekly meeting from June 1 - Aug 14 (except July 6, July 13, July 20, Aug 3)');
    expect(starts(weekly, '2017-05-01', '2017-12-31')).toEqual(['06-01', '06-08', '06-15', '06-22', '07-03', '07-27', '08-10'].map((day) => `2017-${day}T23:00`));
    expect(timesOf(weekly, '2017-07-03', '2017-07-03')).toMatchObject([{ title: 'Last meeting in June moved to Monday July 3 and shortened to half day', end: '2017-07-04T02:00' }]);
    expect(timesOf(by(read(fileOf('ical', 'test/test13.ics')), 'repeated'), '2016-08-01', '2016-09-30').map(({ title, start }) => `${title} ${start.slice(5)}`))
      .toEqual(['repeated 08-25T20:00', 'bla bla 08-26T20:00', 'repeated 08-27T20:00', 'repeated 08-28T20:00']);
    // Chicago puts its clocks forward on 12 March: 9:00 there is midnight here before, 23:00 after.
    expect(starts(by(read(fileOf('ical', 'test/test14.ics')), 'Example of comma-separated exdates'), '2017-02-01', '2017-04-15').map((start) => start.slice(5)))
      .toEqual(['02-17T00:00', '02-28T00:00', '03-03T00:00', '03-13T23:00', '03-16T23:00', '03-27T23:00', '03-30T23:00', '04-10T23:00', '04-13T23:00']);
  });

  it('Microsoft: a zone by what its list shows, quoted; one that ends before it starts is told by its line', () => {
    const exchange = read(fileOf('ical', 'test/test15.ics'));
    expect([exchange.name, exchange.left, exchange.partly]).toEqual(['Calendar name', [], []]);
    expect(exchange.appointments).toMatchObject([{ title: 'Test event', start: '2019-04-30T11:00', end: '2019-04-30T14:00', uid: '040000008200E00074C5B7101A82E00800000000C9AB6E5A6AFED401000000000000000010000000C55132227F0F0948A7D58F6190A3AEF9' }]);
    // Outlook lets one end in another zone: 20:00 in Brussels was eight hours before 20:00 in Denver.
    expect(read(fileOf('cozy-ical', 'test/fixtures/tz.ics'))).toMatchObject({ appointments: [], left: [{ line: 4, why: 'endsBeforeStart' }] });
    expect(read(fileOf('cozy-ical', 'test/fixtures/locale_datetime.ics')).appointments).toMatchObject([{ title: 'A summary', start: '2015-03-28T09:55', end: '2015-03-28T11:56' }]);
  });

  it('of each file each appointment is taken or told why not, and what was taken comes back the same from a file of ours', { timeout: 60_000 }, () => {
    const told: Record<string, [files: number, appointments: number, left: string[]]> = {};
    for (const name of ['cozy-ical', 'ical', 'icalts']) {
      for (const path of globSync('**/*.ics', { cwd: kept(name) }).toSorted()) {
        const text = fileOf(name, path);
        const events = text.match(/^BEGIN:VEVENT/gm)?.length ?? 0;
        if (events === 0) continue;
        const writer = /^PRODID:.*?(Microsoft|Google|Apple)/m.exec(text)?.[1] ?? 'others';
        const { appointments, left } = read(text, '2012-07-01');
        const odd = [...text.matchAll(/BEGIN:VEVENT[^]*?END:VEVENT/g)].filter(([one]) => one.includes('RECURRENCE-ID')).length;
        // A moved time may stand within its series; nothing else may go without a word.
        expect(appointments.length + left.length, path).toBeGreaterThanOrEqual(events - odd);
        const of = (told[writer] ??= [0, 0, []]);
        of[0]++;
        of[1] += events;
        of[2].push(...left.map(({ why }) => why));
        const here = appointments.map((one): Appointment => ({ ...one, id: derivedId('00000000-0000-8000-8000-000000000000', `${path} ${one.uid}`), by: '', org: '', at: Date.UTC(2026, 10, 29), rev: 1 }));
        expect(read(writeIcs({ name, appointments: here, busy: '予定あり', alarms: true })), path).toMatchObject({ name, left: [], partly: [], appointments });
      }
    }
    expect(told).toEqual({
      Apple: [2, 6, []], Google: [13, 22, []], Microsoft: [3, 3, ['endsBeforeStart']],
      // A day that is none, five without a beginning, one twice, two rules at once.
      others: [17, 237, ['noSuchTime', 'noStart', 'noStart', 'noStart', 'noStart', 'noStart', 'endsBeforeStart', 'twice', 'repeatUnknown']],
    });
  });
});
