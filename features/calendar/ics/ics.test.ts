import { derivedId } from '@noroshi/foundations/kernel';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeText, foldLine } from '@noroshi/foundations/documents/content-lines';
import { describe, expect, it } from 'vitest';
import { appointment, type Appointment } from '../appointment.ts';
import { importAppointments } from '../import-appointments.ts';
import { timesOf } from '../times.ts';
import { mostBytes, readIcs, type IcsRead } from './read-ics.ts';
import { writeIcs } from './write-ics.ts';

// Written by hand as these programs write: their heads, zones, quoted parameters, folds, alarms and words of their own; here in the lines that a repository keeps.
const sample = (name: string): string => readFileSync(join(import.meta.dirname, 'samples', `${name}.ics`), 'utf8').replaceAll(/\r?\n/g, '\r\n');
const read = (text: string, today = '2026-11-29'): IcsRead => {
  const told = readIcs(text, today);
  if (typeof told === 'string') throw new Error(told);
  return told;
};
const file = (events: string, more = ''): string => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${more}${events}END:VCALENDAR\r\n`;
const event = (lines: string): string => `BEGIN:VEVENT\r\n${lines.trim().split('\n').map((line) => `${line.trim()}\r\n`).join('')}END:VEVENT\r\n`;

describe('Y18 what three programs write is read', () => {
  it('Outlook: its zone, quoted parameters, folds by a tab, a time that is otherwise, whole days that end behind the last', () => {
    const { name, appointments, left, partly } = read(sample('outlook'));
    expect([name, left, partly, appointments.length]).toEqual(['予定表', [], [], 2]);
    expect(appointments[0]).toMatchObject({
      title: '市町連絡会議', start: '2026-12-10T13:30', end: '2026-12-10T15:00', place: '第二別館5階; 災害対策本部室', repeat: 'FREQ=MONTHLY;COUNT=4;BYDAY=2TH', reminders: [15],
      note: '議題\n1. 受援計画の見直し\n2. 連絡先の確認, 様式の統一\n\n資料は共有フォルダーにあります。',
      otherwise: [{ on: '2027-01-14T13:30', title: '市町連絡会議（オンライン）', start: '2027-01-15T10:00', end: '2027-01-15T11:30', place: 'オンライン' }],
    });
    expect(appointments[0]!.uid).toBe('040000008200E00074C5B7101A82E0080000000010A2B3C4D5E6DA01000000000000000010000000A1B2C3D4E5F60718293A4B5C6D7E8F90');
    expect(appointments[1]).toMatchObject({ title: '年休', start: '2026-12-28', end: '2026-12-30', private: true, reminders: [1080] });
  });

  it('Google: times in UTC, what is left out, a last day in UTC; a summer elsewhere moves the hour here; what was cancelled is told by its line', () => {
    const { appointments, left, partly } = read(sample('google'), '2026-11-29');
    expect(appointments.map(({ title, start, end }) => [title, start, end])).toEqual([['国の説明会', '2026-12-04T09:30', '2026-12-04T11:00'], ['朝の打合せ', '2026-12-01T09:00', '2026-12-01T09:20'], ['出初式', '2027-01-08', '2027-01-09'], ['海外との連絡', '2026-12-08T08:00', '2026-12-08T09:00']]);
    expect(timesOf(appointments[1]!, '2026-12-01', '2027-02-28').map(({ start }) => start.slice(5)).join(' '))
      .toBe('12-01T09:00 12-04T09:00 12-08T09:00 12-11T10:00 12-15T09:00 12-18T09:00 12-22T09:00 12-25T09:00 01-05T09:00 01-08T09:00 01-12T09:00 01-15T09:00 01-19T09:00 01-22T09:00 01-26T09:00 01-29T09:00');
    const lines = sample('google').split('\r\n');
    expect(left.map(({ line, title, why }) => [lines[line - 1], title, why])).toEqual([['BEGIN:VEVENT', '取りやめた会議', 'cancelled']]);
    // 19:00 in New York is 9:00 of the next day here, in summer 8:00: from 14 March to 7 November 2027.
    expect(timesOf(appointments[3]!, '2027-03-01', '2027-03-31').map(({ start }) => start.slice(5)).join(' ')).toBe('03-02T09:00 03-09T09:00 03-16T08:00 03-23T08:00 03-30T08:00');
    expect(timesOf(appointments[3]!, '2027-11-01', '2027-11-14').map(({ start }) => start.slice(5)).join(' ')).toBe('11-02T08:00 11-09T09:00');
    expect(partly).toEqual([{ line: expect.any(Number), title: '海外との連絡', why: 'zoneShifts', from: '2026-12-08T08:00', until: expect.stringMatching(/^203\d-/) }]);
  });

  it('Apple: a zone with the summers of 1950, an alarm that is none, one in the morning, a duration, the last working day', () => {
    const { name, appointments, left } = read(sample('apple'));
    expect([name, left]).toEqual(['個人', []]);
    expect(appointments[0]).toMatchObject({ title: '通院', start: '2026-12-05T10:00', place: '愛媛県立中央病院 松山市春日町83', reminders: [60] });
    expect(appointments[1]).toMatchObject({ title: '結婚記念日🎂', start: '2026-12-23', end: '2026-12-24', repeat: 'FREQ=YEARLY', reminders: [-1] });
    // It began on a day that is none of its own: it begins with the first that is.
    expect(appointments[2]).toMatchObject({ title: '月末の締め', start: '2026-12-31T19:00', end: '2026-12-31T20:30', repeat: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' });
  });

  it('Exchange: a zone by what its list shows and described nowhere, a list of days with spaces, words that begin with one, a rule that says nothing', () => {
    const zoned = (zone: string, title: string, more = ''): string => event(`UID:${title}\nSUMMARY: ${title}\nDTSTART;TZID="${zone}":20261204T093000\nDTEND;TZID="${zone}":20261204T103000\n${more}`);
    const { appointments, left } = read(file([
      zoned('(UTC+09:00) Osaka, Sapporo, Tokyo', '週次', 'RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO, FR;WKST=SU'), zoned('(UTC+09:00) 大阪、札幌、東京', '会議', 'LOCATION: 本庁3階'), zoned('(GMT+08:00) Beijing, Hong Kong', '北京', 'RRULE:'), zoned('(UTC) Coordinated Universal Time', '国際'),
      zoned('大阪、札幌、東京', '札幌'), zoned('(UTC-05:00) Eastern Time (US & Canada)', '米国'),
      // Whether its clocks are put forward nobody can tell from this.
      zoned('(UTC-04:00) Customized Time Zone', '不明'),
    ].join('')));
    expect(appointments.map(({ title, start, end, repeat, place }) => [title, start, end, repeat, place])).toEqual([
      ['週次', '2026-12-04T09:30', '2026-12-04T10:30', 'FREQ=WEEKLY;BYDAY=MO,FR;WKST=SU', undefined], ['会議', '2026-12-04T09:30', '2026-12-04T10:30', undefined, '本庁3階'],
      ['北京', '2026-12-04T10:30', '2026-12-04T11:30', undefined, undefined], ['国際', '2026-12-04T18:30', '2026-12-04T19:30', undefined, undefined], ['札幌', '2026-12-04T09:30', '2026-12-04T10:30', undefined, undefined],
      ['米国', '2026-12-04T23:30', '2026-12-05T00:30', undefined, undefined],
    ]);
    expect(left.map(({ title, why }) => [title.trim(), why])).toEqual([['不明', 'zoneUnknown']]);
  });

  it('all that is read is taken by the rule that judges it', () => {
    for (const name of ['outlook', 'google', 'apple']) {
      const input = { calendar: derivedId('00000000-0000-8000-8000-000000000000', name), appointments: read(sample(name)).appointments.map((one) => ({ ...one })) };
      expect(importAppointments.input.safeParse(input).success).toBe(true);
      const facts = { calendar: { id: input.calendar, mark: 1 }, room: undefined, me: { no: 1, person: input.calendar, card: {} as never, stays: [{ visibleFrom: 1, countedFrom: 1 }] } };
      expect(importAppointments.may({ person: input.calendar, org: input.calendar, role: 'member' }, facts as never, input as never, { now: 0, id: input.calendar, newId: () => input.calendar })).toEqual({ ok: true });
    }
  });
});

describe('Y19 bad input', () => {
  it('is told by its line and why, and the rest is taken', () => {
    const one = (title: string, lines: string): string => event(`UID:${title}\nSUMMARY:${title}\n${lines}`);
    const { appointments, left, partly } = read(file(
      one('good', 'DTSTART:20261201T100000\nDTEND:20261201T110000') + one('bomb', 'DTSTART:20261201T100000\nRRULE:FREQ=SECONDLY') + one('back', 'DTSTART:20261201T100000\nDTEND:20261201T090000')
      + one('never', 'DTSTART:20261201T100000\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30') + one('none', 'DTEND:20261201T090000') + one('where', 'DTSTART;TZID=Nowhere/Land:20261201T100000')
      + one('day', 'DTSTART:20260231T100000') + one('long', 'DTSTART:20261201T100000\nDURATION:P9000D') + one('week', 'DTSTART:20261201T100000\nRRULE:FREQ=YEARLY;BYWEEKNO=20')
      + one('extra', 'DTSTART:20261201T100000\nRDATE:20261203T100000') + one('words', `DTSTART:20261201T100000\nDESCRIPTION:${'あ'.repeat(5_000)}`),
    ));
    expect(appointments.map(({ title }) => title)).toEqual(['good', 'extra', 'extra', 'words']);
    expect(appointments[2]).toMatchObject({ uid: 'extra/2026-12-03T10:00', start: '2026-12-03T10:00', end: '2026-12-03T10:00' });
    expect(left.map(({ title, why }) => `${title} ${why}`)).toEqual(['bomb repeatTooOften', 'back endsBeforeStart', 'never repeatNever', 'none noStart', 'where zoneUnknown', 'day noSuchTime', 'long tooLong', 'week repeatUnknown']);
    expect([left[0]!.line, partly.map(({ title, why }) => `${title} ${why}`)]).toEqual([9, ['extra extraDates', 'words cut']]);
  });

  it('that would choke us costs little: nested, endless, larger, or with a thousand times', { timeout: 60_000 }, () => {
    const began = process.threadCpuUsage();
    expect(readIcs('BEGIN:A\r\n'.repeat(100_000))).toBe('icsTooDeep');
    expect(readIcs('x'.repeat(mostBytes + 1))).toBe('icsTooLarge');
    expect(readIcs(file('', `X-A:${'b'.repeat(50_000)}\r\n${' cccc\r\n'.repeat(200_000)}`))).toMatchObject({ appointments: [], left: [], partly: [{ why: 'lineTooLong' }] });
    expect(readIcs(`BEGIN:VCALENDAR\r\nX;${'a=b;'.repeat(9_000)}:x\r\nEND:VCALENDAR\r\n`)).toMatchObject({ appointments: [] });
    const many = read(file(Array.from({ length: 3_100 }, (_, i) => event(`UID:u${i}\nSUMMARY:s\nDTSTART:20261201T100000\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31`)).join('')));
    expect([many.appointments.length, many.left.length, many.left[0]!.why]).toEqual([0, 3_001, 'tooManyEvents']);
    expect(readIcs(file(event(`UID:a\nDTSTART:20261201T100000\nRRULE:FREQ=DAILY\nEXDATE:${Array(1_000).fill(0).map((_, i) => `2026${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}T${String(i % 24).padStart(2, '0')}0000`).join(',')}`)))).toMatchObject({ left: [{ why: 'tooManyOdd' }] });
    // Seconds of the processor, however busy the machine is.
    expect(process.threadCpuUsage(began).user / 1e6).toBeLessThan(4);
  });

  it('that is no file of appointments is named', () => {
    expect([readIcs(''), readIcs('PK\u0003\u0004'), readIcs('BEGIN:VCARD\r\nEND:VCARD\r\n'), readIcs('BEGIN:VCALENDAR\r\nVERSION:1.0\r\nEND:VCALENDAR\r\n'), readIcs('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n'), readIcs('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')])
      .toEqual(['icsNone', 'icsNone', 'icsNone', 'icsOld', 'icsNotWhole', 'icsNotWhole']);
  });

  it('two of one UID are one, the later; one time without its series stands by itself; one of a private series is as private', () => {
    const { appointments, left } = read(file(
      event('UID:a\nSEQUENCE:2\nSUMMARY:new\nDTSTART:20261201T100000') + event('UID:a\nSEQUENCE:1\nSUMMARY:old\nDTSTART:20261201T090000') + event('UID:b\nSUMMARY:alone\nDTSTART:20261202T100000\nRECURRENCE-ID:20261202T090000')
      + event('UID:c\nCLASS:PRIVATE\nSUMMARY:secret\nDTSTART:20261203T100000\nRRULE:FREQ=DAILY;COUNT=3') + event('UID:c\nSUMMARY:secret too\nDTSTART:20261204T120000\nRECURRENCE-ID:20261204T100000'),
    ));
    expect(appointments.map(({ uid, title, private: isPrivate, except }) => [uid, title, isPrivate ?? false, except ?? []])).toEqual([['a', 'new', false, []], ['b/2026-12-02T09:00', 'alone', false, []], ['c', 'secret', true, ['2026-12-04T10:00']], ['c/2026-12-04T10:00', 'secret too', true, []]]);
    expect(left.map(({ title, why }) => [title, why])).toEqual([['old', 'twice']]);
  });
});

describe('Y20 what is written', () => {
  const of = (more: Partial<Appointment>): Appointment => ({ id: '0190c0de-0000-7000-8000-000000000001', by: '', org: '', at: Date.UTC(2026, 10, 29), rev: 3, title: '会議', start: '2026-12-10T13:30', end: '2026-12-10T15:00', ...more });

  it('no line is longer than 75 octets, none cuts a character, and what is unfolded is what was said', () => {
    const long = `DESCRIPTION:${escapeText('愛媛県災害対策本部会議の議題；受援, 応援\\計画\n🎂'.repeat(20))}`;
    const folded = foldLine(long);
    expect(folded.split('\r\n').every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\uFFFD'))).toBe(true);
    expect(folded.replaceAll('\r\n ', '')).toBe(`${long}\r\n`);
    expect(Buffer.from(folded).toString('utf8')).toBe(folded);
  });

  it('comes back as it went out: series, what is left out, odd times, whole days, reminders, words with every sign', () => {
    const all = [
      of({ repeat: 'FREQ=WEEKLY;COUNT=5;BYDAY=TH', except: ['2026-12-17T13:30'], otherwise: [{ on: '2026-12-24T13:30', title: '繰上げ', start: '2026-12-23T10:00', end: '2026-12-23T11:00' }], reminders: [60, -1], place: '県庁; 5階, 本部', note: '一\n二\\三' }),
      of({ id: '0190c0de-0000-7000-8000-000000000002', title: '停電', start: '2026-12-28', end: '2026-12-30', reminders: [420] }), of({ id: '0190c0de-0000-7000-8000-000000000003', takenOut: { by: '', at: 0 } }),
    ];
    const text = writeIcs({ name: '危機管理課, 県', appointments: all, busy: '予定あり', alarms: true });
    const { name, appointments, left, partly } = read(text);
    expect([name, left, partly]).toEqual(['危機管理課, 県', [], []]);
    expect(appointments).toMatchObject([
      { uid: '0190c0de-0000-7000-8000-000000000001@noroshi', title: '会議', start: all[0]!.start, end: all[0]!.end, repeat: all[0]!.repeat, except: all[0]!.except, otherwise: all[0]!.otherwise, place: all[0]!.place, note: all[0]!.note },
      { title: '停電', start: '2026-12-28', end: '2026-12-30', reminders: [420] },
    ]);
    expect(text).toContain('SEQUENCE:2\r\n');
    // Beside an hour a last day is told in UTC, however it was written.
    expect(writeIcs({ name: '', appointments: [of({ repeat: 'FREQ=DAILY;UNTIL=20261212T133000' })], busy: '' })).toContain('RRULE:FREQ=DAILY;UNTIL=20261212T043000Z\r\n');
    expect(text).toContain('DTSTART;TZID=Asia/Tokyo:20261210T133000\r\n');
    expect(writeIcs({ name: '', appointments: [of({ private: true, title: '' })], busy: '予定あり' })).toContain('CLASS:PRIVATE\r\n');
  });

  it('keeps what RFC 5545 and its readers ask for: ends of lines, one zone that is described before it is named, times of one kind, UTC where it must be', () => {
    const text = writeIcs({ name: '危機管理課', busy: '予定あり', alarms: true, href: ({ id }) => `https://noroshi.example/calendar/x/${id}`, appointments: [
      of({}), of({ id: '0190c0de-0000-7000-8000-000000000002', start: '2026-12-28', end: '2026-12-30', repeat: 'FREQ=WEEKLY;UNTIL=20270201', except: ['2027-01-04'], otherwise: [{ on: '2027-01-11', title: '別', start: '2027-01-12', end: '2027-01-13' }], reminders: [-1] }),
      of({ id: '0190c0de-0000-7000-8000-000000000003', end: '2026-12-10T13:30' }), of({ id: '0190c0de-0000-7000-8000-000000000004', repeat: 'FREQ=DAILY;UNTIL=20261231', except: ['2026-12-12T13:30', '2026-12-13T13:30'], otherwise: [{ on: '2026-12-14T13:30', title: '別', start: '2026-12-14T15:00', end: '2026-12-14T15:00' }], note: '議題\n'.repeat(200) }),
    ] });
    expect([text.endsWith('END:VCALENDAR\r\n'), /[^\r]\n|\r[^\n]|\n\r?\n/.test(text), text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)]).toEqual([true, false, []]);
    const lines = text.replaceAll('\r\n ', '').split('\r\n');
    // What Outlook does without loses its zone; what Google and Apple show as the name of the calendar; how often it is worth asking.
    expect(lines.slice(0, 8)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Noroshi//Calendar 1//JA', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', 'X-WR-CALNAME:危機管理課', 'X-WR-TIMEZONE:Asia/Tokyo', 'REFRESH-INTERVAL;VALUE=DURATION:PT1H']);
    expect([lines.indexOf('TZID:Asia/Tokyo') < lines.findIndex((line) => line.includes(';TZID=')), lines.filter((line) => line.includes(';TZID=') && !line.includes(';TZID=Asia/Tokyo:'))]).toEqual([true, []]);
    // No hour without its zone: Google would show it in that of the reader, Outlook nothing at all.
    expect(lines.slice(lines.indexOf('END:VTIMEZONE')).filter((line) => /^(DTSTART|DTEND|EXDATE|RECURRENCE-ID)/.test(line) && !/^[A-Z-]+(;TZID=Asia\/Tokyo:\d{8}T\d{6}|;VALUE=DATE:\d{8})$/.test(line))).toEqual([]);
    expect(lines.filter((line) => /^(DTSTAMP|CREATED|LAST-MODIFIED)/.test(line) && !/:\d{8}T\d{6}Z$/.test(line))).toEqual([]);
    const events = text.replaceAll('\r\n ', '').split('BEGIN:VEVENT\r\n').slice(1).map((one) => one.slice(0, one.indexOf('END:VEVENT')));
    for (const one of events) {
      for (const name of ['UID', 'DTSTAMP', 'DTSTART', 'SEQUENCE', 'SUMMARY']) expect(one.match(new RegExp(`^${name}[:;]`, 'gm'))?.length).toBe(1);
      expect(new Set(one.match(/^(?:DTSTART|DTEND|EXDATE|RECURRENCE-ID);(?:TZID|VALUE)/gm)!.map((kind) => kind.split(';')[1])).size).toBe(1);
      const [start, end] = ['DTSTART', 'DTEND'].map((name) => new RegExp(`^${name};[^:]*:(.*)$`, 'm').exec(one)?.[1]);
      expect(end === undefined || end > start!).toBe(true);
    }
    expect([events.length, lines.filter((line) => line.startsWith('DTEND')).length, lines.filter((line) => line.startsWith('RRULE'))]).toEqual([6, 4, ['RRULE:FREQ=WEEKLY;UNTIL=20270201', 'RRULE:FREQ=DAILY;UNTIL=20261231T145900Z']]);
    expect(read(text)).toMatchObject({ left: [], partly: [] });
  });

  it('nobody writes a line of the file by what they call an appointment', () => {
    const text = writeIcs({ name: 'x', appointments: [of({ title: 'a\r\nEND:VEVENT\nBEGIN:VEVENT\rATTACH:http://x\u0000' })], busy: '' });
    expect(text.match(/BEGIN:VEVENT/g)?.length).toBe(2);
    expect(text.split('\r\n').filter((line) => line === 'BEGIN:VEVENT').length).toBe(1);
    expect(read(text).appointments.length).toBe(1);
    expect(appointment.noun).toBe('appointment');
  });
});
