import { describe, expect, it } from 'vitest';
import { inMessages, mostBytesAtOnce } from '../import-appointments.ts';
import { addDays, momentOf } from '../local-time.ts';
import { timesOf } from '../times.ts';
import { readIcs, type IcsRead } from './read-ics.ts';

const file = (...parts: string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...parts, 'END:VCALENDAR', ''].join('\r\n');
const part = (name: string, lines: string): string => [`BEGIN:${name}`, ...lines.trim().split(/\s*\n\s*/), `END:${name}`].join('\r\n');
const event = (lines: string): string => part('VEVENT', `UID:a\nSUMMARY:会議\n${lines}`);
const read = (text: string, today = '2026-11-29'): IcsRead => {
  const told = readIcs(text, today);
  if (typeof told === 'string') throw new Error(told);
  return told;
};
/** The times of all that was read, between two days. */
const times = ({ appointments }: IcsRead, first: string, last: string): string[] => appointments.flatMap((one) => timesOf(one, first, last).map(({ start, end }) => `${start}/${end.slice(11)}`)).toSorted();

// As Outlook describes the zone of New York, under a name of its own.
const described = part('VTIMEZONE', `TZID:Customized Time Zone 1
  BEGIN:STANDARD
  DTSTART:16011104T020000
  RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
  TZOFFSETFROM:-0400
  TZOFFSETTO:-0500
  END:STANDARD
  BEGIN:DAYLIGHT
  DTSTART:16010311T020000
  RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
  TZOFFSETFROM:-0500
  TZOFFSETTO:-0400
  END:DAYLIGHT`);
const there = (lines: string): string => event(lines.replaceAll('@', ';TZID="Customized Time Zone 1"'));

describe('Y18 a zone that the file describes', () => {
  it('tells the moment in winter and in summer, also in the hour that is left out and in the one that comes twice', () => {
    const at = (local: string): string => read(file(described, there(`DTSTART@:${local}\nDURATION:PT1H`))).appointments[0]!.start;
    expect(['20261204T093000', '20260704T093000', '20270314T013000', '20270314T023000', '20270314T033000', '20271107T003000', '20271107T013000', '20271107T023000'].map(at)).toEqual([
      '2026-12-04T23:30', '2026-07-04T22:30', '2027-03-14T15:30', '2027-03-14T16:30', '2027-03-14T16:30', '2027-11-07T13:30', '2027-11-07T14:30', '2027-11-07T16:30',
    ]);
  });

  it.each([
    ['FREQ=WEEKLY;BYDAY=MO,WE', '20261102T190000'], ['FREQ=DAILY;INTERVAL=3', '20260105T103000'], ['FREQ=MONTHLY;BYDAY=2MO', '20260112T200000'], ['FREQ=MONTHLY;BYMONTHDAY=-1', '20260131T220000'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU;WKST=SU', '20260103T090000'], ['FREQ=YEARLY;BYMONTH=3;BYDAY=3TH', '20260319T190000'], ['FREQ=WEEKLY;COUNT=30', '20260105T190000'], ['FREQ=DAILY;UNTIL=20260401T030000Z', '20260215T190000'],
  ])('moves the times of %s from %s as the clocks there move', (rule, start) => {
    const told = read(file(described, there(`DTSTART@:${start}\nDURATION:PT1H\nRRULE:${rule}`)), '2026-01-01');
    // The same by the zone of New York, as the device knows it, one by one.
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'short' });
    const wall = `${start.slice(9, 11)}:${start.slice(11, 13)}`;
    const got = times(told, '2026-01-01', '2027-06-30').map((time) => clock.format(momentOf(time.slice(0, 16))));
    const asLocal = read(file(event(`DTSTART:${start}\nDURATION:PT1H\nRRULE:${rule.replace(/UNTIL=.*/, 'UNTIL=20260331T230000')}`)));
    const wanted = times(asLocal, '2025-12-31', '2027-06-30').map((time) => `${time.slice(0, 10)} ${wall}`);
    const before = (all: string[]): string[] => all.filter((one) => one < '2027-06-28');
    expect(before(got)).toEqual(before(wanted));
    expect(got.length).toBeGreaterThan(1);
  });

  it('is not needed where a place is named, or where it has one offset; what it says of 1951 moves nothing', () => {
    const tokyo = part('VTIMEZONE', `TZID:職場
      BEGIN:STANDARD
      DTSTART:19510909T010000
      RRULE:FREQ=YEARLY;UNTIL=19510908T150000Z;BYMONTH=9;BYDAY=2SU
      TZOFFSETFROM:+1000
      TZOFFSETTO:+0900
      END:STANDARD
      BEGIN:DAYLIGHT
      DTSTART:19500507T000000
      RRULE:FREQ=YEARLY;UNTIL=19510505T150000Z;BYMONTH=5;BYDAY=1SU
      TZOFFSETFROM:+0900
      TZOFFSETTO:+1000
      END:DAYLIGHT`);
    const { appointments, partly } = read(file(tokyo, event('DTSTART;TZID=職場:20260701T090000\nDTEND;TZID=職場:20260701T100000\nRRULE:FREQ=DAILY'), ...['America/New_York', '/mozilla.org/20050126_1/America/New_York', 'Eastern Standard Time', '/America/New_York']
      .map((name, i) => event(`UID:${i}\nDTSTART;TZID=${name}:20260701T190000`).replace('UID:a\r\n', ''))));
    expect([appointments.map(({ start }) => start), appointments[0]!.repeat, partly]).toEqual([['2026-07-01T09:00', ...Array<string>(4).fill('2026-07-02T08:00')], 'FREQ=DAILY', []]);
  });

  it('with rules that would choke us costs little, and what stands in it is left', { timeout: 60_000 }, () => {
    const half = (rule: string, n: number): string => part('DAYLIGHT', `DTSTART:1601010${(n % 9) + 1}T000000\nTZOFFSETFROM:+0${n % 9}00\nTZOFFSETTO:+0${(n + 1) % 9}00\nRRULE:${rule}`);
    const bombs = ['FREQ=DAILY', 'FREQ=SECONDLY', `FREQ=MONTHLY;BYMONTHDAY=${Array.from({ length: 28 }, (_, i) => i + 1).join(',')}`, `FREQ=YEARLY;BYDAY=${Array(40).fill('MO,TU').join(',')}`].map((rule, i) => part('VTIMEZONE', `TZID:bomb ${i}\n${Array.from({ length: 400 }, (_, n) => half(rule, n)).join('\n')}`));
    const began = process.threadCpuUsage();
    const { left } = read(file(...bombs, ...Array.from({ length: 100 }, (_, i) => event(`DTSTART;TZID=bomb ${i % 4}:20261201T090000\nRRULE:FREQ=DAILY`))));
    expect([left.length, new Set(left.map(({ why }) => why))]).toEqual([100, new Set(['zoneUnknown'])]);
    // A zone of more rules than people make is none, also where few of its rules say anything.
    const eleven = part('VTIMEZONE', `TZID:eleven\n${Array.from({ length: 11 }, (_, n) => half('FREQ=YEARLY;BYMONTH=3', n)).join('\n')}`);
    expect(read(file(eleven, event('DTSTART;TZID=eleven:20261201T090000'))).left.map(({ why }) => why)).toEqual(['zoneUnknown']);
    // Names of zones are asked of the device so many times, whether it knows them or not.
    const unknown = read(file(...Array.from({ length: 3_000 }, (_, i) => event(`DTSTART;TZID=Nowhere/Z${i}:20261201T090000`)), event('UID:z\nDTSTART;TZID=Europe/London:20261201T090000')));
    expect([unknown.appointments.length, unknown.left.length]).toEqual([0, 3_001]);
    // Rules that say the same many times, and never or hardly ever come true.
    const dear = [`BYDAY=${Array(43).fill('MO').join(',')};BYSETPOS=366`, `BYDAY=SU,MO,TU,WE,TH,FR,SA;BYMONTHDAY=${Array(64).fill('31').join(',')};BYSETPOS=366`, `BYDAY=${Array.from({ length: 53 }, (_, i) => `${i + 1}MO`).join(',')};BYSETPOS=366`];
    const rules = read(file(...Array.from({ length: 3_000 }, (_, i) => event(`UID:${i}\nDTSTART:19800101T190000\nRRULE:FREQ=YEARLY;${dear[i % 3]}`).replace('UID:a\r\n', ''))));
    expect([rules.appointments.length, rules.left.length]).toEqual([0, 3_000]);
    // Series that are told one by one, and so many zones by name, are bounded as well.
    const named = ['America/New_York', 'Europe/London', 'Europe/Berlin', 'Australia/Sydney', 'America/Chicago'];
    const many = read(file(...Array.from({ length: 500 }, (_, i) => event(`UID:${i}\nDTSTART;TZID=${named[i % 5]}:19800101T190000\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29`).replace('UID:a\r\n', ''))));
    expect([many.appointments.length + many.left.length, many.left.length > 0, new Set(many.left.map(({ why }) => why))]).toEqual([500, true, new Set(['tooManyOdd'])]);
    // Seconds of the processor, however busy the machine is.
    expect(process.threadCpuUsage(began).user / 1e6).toBeLessThan(4);
  });
});

describe('Y18 a series that was written elsewhere', () => {
  it('leaves out and changes the times that are meant, named there, in UTC, by their day or by a zone that nobody knows', () => {
    const told = read(file(described,
      there('DTSTART@:20270201T190000\nDTEND@:20270201T200000\nRRULE:FREQ=WEEKLY;COUNT=12\nEXDATE@:20270208T190000\nEXDATE:20270322T230000Z\nEXDATE;VALUE=DATE:20270215\nEXDATE;TZID=Nowhere:20270222T190000'),
      there('DTSTART@:20270406T090000\nDTEND@:20270406T100000\nRECURRENCE-ID@:20270405T190000'), there('STATUS:CANCELLED\nDTSTART@:20270412T190000\nRECURRENCE-ID@:20270412T190000'),
    ));
    expect(times(told, '2027-01-01', '2027-12-31')).toEqual(['2027-02-02T09:00/10:00', '2027-03-02T09:00/10:00', '2027-03-09T09:00/10:00', '2027-03-16T08:00/09:00', '2027-03-30T08:00/09:00', '2027-04-06T22:00/23:00', '2027-04-20T08:00/09:00']);
    expect([told.appointments.length, told.left, told.partly]).toEqual([1, [], []]);
  });

  it('in UTC has its weekdays and its days of the month as they are here, without an end', () => {
    const told = read(file(event('DTSTART:20261130T220000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU'), event('UID:b\nDTSTART:20261115T220000Z\nRRULE:FREQ=MONTHLY').replace('UID:a\r\n', ''), event('UID:c\nDTSTART:20261130T220000Z\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1').replace('UID:a\r\n', '')));
    expect(told.appointments.map(({ start, repeat }) => [start, repeat])).toEqual([['2026-12-01T07:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,MO'], ['2026-11-16T07:00', 'FREQ=MONTHLY'], ['2026-11-30T07:00', expect.stringMatching(/^FREQ=MONTHLY;UNTIL=20\d{6}T\d{6}Z;BYMONTHDAY=-1$/)]]);
    expect(timesOf(told.appointments[2]!, '2027-01-01', '2027-04-02').map(({ start }) => start)).toEqual(['2027-01-01T07:00', '2027-02-01T07:00', '2027-03-01T07:00', '2027-04-01T07:00']);
    expect(told.partly.map(({ why, from }) => [why, from])).toEqual([['zoneShifts', '2026-11-30T07:00']]);
  });

  it('long ago is told from a year ago on, and as far as there is room', () => {
    const { appointments, partly } = read(file(described, there('DTSTART@:20050103T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY')));
    const [{ why, from, until }] = partly as [typeof partly[number]];
    expect([why, from!.slice(0, 7), appointments[0]!.otherwise!.length <= 200, appointments[0]!.repeat]).toEqual(['zoneShifts', '2025-11', true, expect.stringContaining('UNTIL=')]);
    const told = times({ appointments } as unknown as IcsRead, '2025-11-01', '2029-12-31');
    expect([told.at(-1)!.slice(0, 10), told.length > 365]).toEqual([until!.slice(0, 10), true]);
  });

  it('of one that is told from a year ago on and ends by itself, both the first and the last are told', () => {
    const { partly } = read(file(described, there('DTSTART@:20050103T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261220T235959Z')));
    expect(partly.map(({ why, from, until }) => [why, from!.slice(0, 7), until!.slice(0, 10)])).toEqual([['zoneShifts', '2025-11', '2026-12-20']]);
  });

  it('before 1980 it begins with the first that there is room for: a birthday', () => {
    const { appointments, partly } = read(file(event('DTSTART;VALUE=DATE:19550229\nRRULE:FREQ=YEARLY').replace('0229', '0228'), event('UID:b\nDTSTART;VALUE=DATE:19790101\nRRULE:FREQ=YEARLY;COUNT=4').replace('UID:a\r\n', '')));
    expect(appointments.map(({ start, end, repeat }) => [start, end, repeat])).toEqual([['1980-02-28', '1980-02-29', 'FREQ=YEARLY'], ['1980-01-01', '1980-01-02', 'FREQ=YEARLY;UNTIL=19820101']]);
    expect(partly.map(({ why, from }) => [why, from])).toEqual([['early', '1980-02-28'], ['early', '1980-01-01']]);
  });
});

describe('Y18 what else the three write', () => {
  it('whole days that Exchange tells as hours, an end without the zone of its beginning, a time of day said twice, a series that was over before it began, times beside a rule', () => {
    const told = read(file(described, ...[
      'UID:1\nDTSTART@:20261201T000000\nDTEND@:20261203T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE', 'UID:2\nDTSTART@:20261201T090000\nDTEND:20261201T100000', 'UID:3\nDTSTART:20261201T093000\nRRULE:FREQ=DAILY;BYHOUR=9;BYMINUTE=30\nRRULE:FREQ=DAILY',
      'UID:4\nDTSTART:20261201T0930\nRRULE:FREQ=YEARLY;UNTIL=20260101', 'UID:5\nDTSTART:20261201T093000\nDTEND:20261201T103000\nRRULE:FREQ=WEEKLY;COUNT=2\nRDATE;VALUE=PERIOD:20261210T000000Z/PT2H,20261211T000000Z/20261211T030000Z\nRDATE:20261212T000000Z',
    ].map((lines) => there(lines).replace('UID:a\r\n', ''))));
    expect(told.appointments.map(({ uid, start, end, repeat }) => [uid, start, end, repeat])).toEqual([
      ['1', '2026-12-01', '2026-12-03', undefined], ['2', '2026-12-01T23:00', '2026-12-02T00:00', undefined], ['3', '2026-12-01T09:30', '2026-12-01T09:30', 'FREQ=DAILY'], ['4', '2026-12-01T09:30', '2026-12-01T09:30', undefined],
      ['5', '2026-12-01T09:30', '2026-12-01T10:30', 'FREQ=WEEKLY;COUNT=2'], ['5/2026-12-10T09:00', '2026-12-10T09:00', '2026-12-10T11:00', undefined], ['5/2026-12-11T09:00', '2026-12-11T09:00', '2026-12-11T12:00', undefined], ['5/2026-12-12T09:00', '2026-12-12T09:00', '2026-12-12T10:00', undefined],
    ]);
    expect([told.left, told.partly.map(({ why }) => why)]).toEqual([[], ['repeatEnded', 'extraDates']]);
  });

  it('a file that breaks off: what was whole before is taken, and where it breaks is told', () => {
    const whole = file(event('DTSTART:20261201T090000'), event('UID:b\nDTSTART:20261202T090000'));
    const told = read(whole.slice(0, whole.lastIndexOf('END:VEVENT')));
    expect([told.appointments.map(({ start }) => start), told.left]).toEqual([['2026-12-01T09:00'], [{ line: 12, title: '会議', why: 'broken' }]]);
  });

  it('what goes in at once stays within a message, however long its words are: also a series that is told one by one', () => {
    const note = 'あ'.repeat(4_000);
    const told = read(file(described, there(`DTSTART@:20261201T190000\nRRULE:FREQ=DAILY\nDESCRIPTION:${note}`), ...Array.from({ length: 60 }, (_, i) => event(`UID:${i}\nDTSTART:${addDays('2026-12-01', i).replaceAll('-', '')}T090000\nDESCRIPTION:${note}`).replace('UID:a\r\n', ''))));
    const messages = inMessages(told.appointments);
    expect([messages.flat().length, told.partly.map(({ why }) => why), told.appointments[0]!.otherwise!.length]).toEqual([61, ['zoneShifts'], expect.any(Number)]);
    expect(Math.max(...messages.map((one) => Buffer.byteLength(JSON.stringify(one))))).toBeLessThan(mostBytesAtOnce + 1_000);
    expect(inMessages(Array.from({ length: 120 }, (_, i) => ({ uid: `${i}`, title: 'x', start: '2026-12-01', end: '2026-12-02' }))).map(({ length }) => length)).toEqual([50, 50, 20]);
  });
});
