import { amendAppointment, amendFollowing, amendOne, answerAppointment, answerOf, appointment, calendar, calendars, deskStream, importAppointments, inTheMorning, openCalendar, openOwn, ownCalendarOf, privateWords, putAppointment, shareCalendar, takeOut, timesOf, unshareCalendar, type Appointment, type Content, type PrivateWords } from '@noroshi/features/calendar';
import { addOrganization, addPerson, directory } from '@noroshi/features/directory';
import { talk } from '@noroshi/features/talk';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { assemble, memberId, roomStream, type Member } from '@noroshi/foundations/sync';
import { codeOf, freshId, Paper, personOf, systemActor } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { idOfUid } from './import-appointments.ts';
import { addDays, momentOf } from './local-time.ts';
import { nextRing } from './times.ts';

const house = assemble([directory, talk, calendars]);

function opened() {
  const paper = new Paper(house);
  const [ehime, seiyo, id] = [freshId(), freshId(), freshId()] as [Id, Id, Id];
  paper.do(systemActor, addOrganization, { id: ehime, code: '380008', name: '愛媛県', kana: '', romaji: 'Ehime', short: '県', kind: 'prefecture' });
  paper.do(systemActor, addOrganization, { id: seiyo, code: '382141', name: '西予市', kana: '', romaji: 'Seiyo', short: '西予', kind: 'city' });
  const [hanako, taro, mika] = [personOf('member', ehime), personOf('member', seiyo), personOf('guest', freshId())];
  for (const who of [hanako, taro]) paper.do(systemActor, addPerson, { id: who.person, org: who.org, name: '人', kana: '', phones: [], role: 'member' });
  const input = { id, name: '危機管理課', mark: 1, readers: { orgs: [seiyo], people: [] }, writers: { orgs: [ehime], people: [] } };
  paper.do(systemActor, openCalendar, input);
  // Paper knows no seats: those that the calendar would have given.
  const seat = (stream: string, who: Actor): void => {
    const member: Member = { no: 1, person: who.person, card: { name: '', org: who.org, orgName: '', mark: '', post: '', rank: 1 }, stays: [{ visibleFrom: 1, countedFrom: 1 }] };
    paper.put('member', memberId(stream, who.person), member, stream);
  };
  for (const who of [hanako, taro]) seat(roomStream(id), who);
  seat(deskStream(id), hanako);
  const puts = (more: Partial<Content> & { private?: boolean } = {}, who = hanako): { code: string; id: Id } => {
    const told = paper.do(who, putAppointment, { calendar: id, title: '調整会議', start: '2018-07-10T10:00', end: '2018-07-10T11:00', ...more });
    return { code: codeOf(told), id: told.ok ? told.id : '' };
  };
  const now = (of: Id): Appointment => paper.get<Appointment>(appointment.noun, of)!;
  const on = (of: Id, more: object = {}) => ({ calendar: id, appointment: of, sees: now(of).rev, ...more });
  const starts = (of: Id, first = '2018-07-01', last = '2018-08-31'): string[] => timesOf(now(of), first, last).map(({ start }) => start);
  return { paper, id, ehime, seiyo, hanako, taro, mika, input, puts, now, on, starts, seat };
}
const weekly = { start: '2018-07-10T10:00', end: '2018-07-10T11:00', repeat: 'FREQ=WEEKLY;BYDAY=TU' };

describe('whose calendars there are', () => {
  it('Y1 anyone but a guest opens a shared one, for other organizations an administrator; and each has one of their own', () => {
    const { paper, input, ehime, seiyo, hanako, taro, mika } = opened();
    const as = (who: Actor, more: object): string => codeOf(paper.do(who, openCalendar, { ...input, id: freshId(), ...more }));
    const alone = { readers: { orgs: [], people: [] }, writers: { orgs: [], people: [] } };
    expect([as(hanako, alone), as(hanako, { ...alone, readers: { orgs: [ehime], people: [] } }), as(hanako, { ...alone, readers: { orgs: [seiyo], people: [] } }), as(mika, alone)])
      .toEqual(['ok', 'ok', 'calendar.ownOrganizationOnly', 'calendar.notForGuests']);
    const admin: Actor = { ...hanako, role: 'administrator' };
    expect(as(admin, {})).toBe('ok');
    expect([as(hanako, { ...alone, name: ' ' }), codeOf(paper.do(hanako, openCalendar, { ...input, ...alone }))]).toEqual(['calendar.nameMissing', 'command.idTaken']);
    expect([codeOf(paper.do(hanako, openOwn, { mark: 2 })), codeOf(paper.do(hanako, openOwn, { mark: 2 })), codeOf(paper.do(mika, openOwn, { mark: 2 }))]).toEqual(['ok', 'calendar.hereAlready', 'calendar.notForGuests']);
    expect(paper.get(calendar.noun, ownCalendarOf(hanako.person))).toMatchObject({ own: hanako.person, mark: 2 });
    // Nobody takes the place of another's own before they have opened it.
    expect(as(admin, { id: ownCalendarOf(taro.person) })).toBe('command.idTaken');
  });

  it('Y2 one’s own is shared by its owner alone, whatever others administer; a shared one by those who write and administrators', () => {
    const { paper, id, ehime, hanako, taro, seat } = opened();
    paper.do(taro, openOwn, { mark: 1 });
    const own = ownCalendarOf(taro.person);
    for (const on of [roomStream(own), deskStream(own)]) seat(on, taro);
    const shares = (who: Actor, calendar: Id, person: Id, writing = false): string => codeOf(paper.do(who, shareCalendar, { calendar, people: [person], writing }));
    const admin = personOf('administrator', ehime);
    expect([shares(admin, own, hanako.person), shares(hanako, own, hanako.person), shares(hanako, freshId(), hanako.person)]).toEqual(['calendar.notFound', 'calendar.notFound', 'calendar.notFound']);
    expect([shares(taro, own, hanako.person), shares(taro, own, freshId()), shares(taro, own, taro.person)]).toEqual(['ok', 'directory.personNotFound', 'calendar.hereAlready']);
    expect([shares(taro, id, taro.person, true), shares(hanako, id, taro.person, true), shares(admin, id, taro.person, true)]).toEqual(['calendar.notFound', 'ok', 'ok']);
    const leaves = (who: Actor, calendar: Id, person: Id): string => codeOf(paper.do(who, unshareCalendar, { calendar, person, writing: false }));
    expect([leaves(taro, own, taro.person), leaves(taro, own, hanako.person), leaves(hanako, own, taro.person)]).toEqual(['calendar.ownersOwn', 'calendar.notHere', 'calendar.notFound']);
  });

  it('Y3 who has no place at the desk writes nothing, and the answer is that of a calendar that is not there', () => {
    const { puts, taro, mika, now } = opened();
    expect([puts({}, taro).code, puts({}, mika).code]).toEqual(['calendar.notFound', 'calendar.notFound']);
    expect(now(puts().id)).toMatchObject({ title: '調整会議', start: '2018-07-10T10:00', rev: 1 });
  });
});

describe('what can be put in', () => {
  it('Y4 what cannot be is said: no title, no such day, an end before its beginning, a year and more', () => {
    const { puts } = opened();
    expect([
      puts({ title: ' ' }).code, puts({ start: '2018-02-30T10:00', end: '2018-03-01T10:00' }).code, puts({ start: '2018-07-10' }).code,
      puts({ end: '2018-07-10T09:59' }).code, puts({ start: '2018-07-10', end: '2018-07-10' }).code, puts({ end: '2019-08-10T09:59' }).code,
    ]).toEqual(['calendar.titleMissing', 'calendar.noSuchTime', 'calendar.noSuchTime', 'calendar.endsBeforeStart', 'calendar.endsBeforeStart', 'calendar.tooLong']);
    expect([puts({ start: '2018-07-10', end: '2018-07-13' }).code, puts({ end: '2018-07-12T01:00' }).code, puts({ end: '2018-07-10T10:00' }).code]).toEqual(['ok', 'ok', 'ok']);
  });

  it('Y5 a rule that is a bomb, that never comes true or that is none is refused in words; one without an end is taken', () => {
    const { puts } = opened();
    const rule = (repeat: string, more: object = {}): string => puts({ ...weekly, repeat, ...more }).code;
    expect(['FREQ=SECONDLY', 'FREQ=MINUTELY;INTERVAL=5', 'FREQ=HOURLY', 'FREQ=DAILY;BYHOUR=1,2,3', 'FREQ=DAILY;BYSECOND=1'].map((one) => rule(one))).toEqual(Array(5).fill('calendar.repeatTooOften'));
    expect(['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20180601'].map((one) => rule(one))).toEqual(['calendar.repeatNever', 'calendar.repeatNever']);
    expect(['FREQ=DAILY;COUNT=99999', 'FREQ=DAILY;INTERVAL=0', 'BYDAY=MO', 'FREQ=WEEKLY;BYDAY=2MO', 'FREQ=DAILY;FREQ=DAILY', `FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(200)}1`, 'FREQ=WEEKLY;BYDAY=XX'].map((one) => (one.length > 300 ? 'calendar.repeatUnreadable' : rule(one)))).toEqual(Array(7).fill('calendar.repeatUnreadable'));
    expect([rule('FREQ=YEARLY;BYWEEKNO=20'), rule('FREQ=DAILY;COUNT=3;UNTIL=20180801'), rule('FREQ=WEEKLY;BYDAY=MO'), rule('FREQ=WEEKLY;BYDAY=TU')]).toEqual(['calendar.repeatUnknown', 'calendar.repeatTwoEnds', 'calendar.repeatNotAtStart', 'ok']);
  });

  it('Y6 of a private one readers hear when it is, and the words lie at the desk alone; it asks nobody', () => {
    const { paper, puts, now, id, on, hanako, taro } = opened();
    const { id: one } = puts({ private: true, title: '人事面談', place: '応接室', note: '候補者3人' });
    expect(now(one)).toMatchObject({ title: '', start: '2018-07-10T10:00', private: true });
    expect(JSON.stringify(paper.events.filter(({ stream }) => stream === roomStream(id)))).not.toMatch(/人事面談|応接室|候補者/);
    expect(paper.get<PrivateWords>(privateWords.noun, one)).toEqual({ id: one, title: '人事面談', place: '応接室', note: '候補者3人' });
    expect(puts({ private: true, people: [taro.person] }).code).toBe('calendar.privateHasNobody');
    expect(codeOf(paper.do(taro, answerAppointment, { calendar: id, appointment: one, answer: 'yes' }))).toBe('calendar.privateHasNobody');
    // It stays private when it is changed, and its words go with it.
    paper.do(hanako, amendAppointment, on(one, { title: '人事面談（2回目）', start: '2018-07-11T10:00', end: '2018-07-11T11:00' }) as never);
    expect([now(one).title, now(one).start, paper.get<PrivateWords>(privateWords.noun, one)!.title]).toEqual(['', '2018-07-11T10:00', '人事面談（2回目）']);
    paper.do(hanako, takeOut, on(one) as never);
    expect([paper.get<PrivateWords>(privateWords.noun, one)!.title, now(one).takenOut?.by]).toEqual(['', hanako.person]);
  });
});

describe('series', () => {
  it('Y7 one time is moved, one is left out; the others stand', () => {
    const { paper, puts, on, starts, hanako, now } = opened();
    const { id: one } = puts(weekly);
    paper.do(hanako, amendOne, on(one, { on: '2018-07-17T10:00', title: '調整会議（臨時）', start: '2018-07-18T13:00', end: '2018-07-18T14:00' }) as never);
    paper.do(hanako, takeOut, on(one, { on: '2018-07-24T10:00' }) as never);
    expect(starts(one).slice(0, 4)).toEqual(['2018-07-10T10:00', '2018-07-18T13:00', '2018-07-31T10:00', '2018-08-07T10:00']);
    expect(timesOf(now(one), '2018-07-18', '2018-07-18')).toMatchObject([{ title: '調整会議（臨時）', isOtherwise: true, on: '2018-07-17T10:00' }]);
    // A time that is none of it, or no longer, is not changed.
    for (const day of ['2018-07-24T10:00', '2018-07-11T10:00']) expect(codeOf(paper.do(hanako, amendOne, on(one, { on: day, title: 'x', start: day, end: day }) as never))).toBe('calendar.noSuchOccurrence');
    expect(codeOf(paper.do(hanako, amendOne, on(one, { on: '2018-07-31T10:00', title: 'x', start: '2018-07-31T10:00', end: '2018-07-31T09:00' }) as never))).toBe('calendar.endsBeforeStart');
    // The words of all change, the odd times stay; the hour of all changes, and they go.
    paper.do(hanako, amendAppointment, on(one, { ...weekly, title: '定例会議' }) as never);
    expect(starts(one)[1]).toBe('2018-07-18T13:00');
    paper.do(hanako, amendAppointment, on(one, { ...weekly, title: '定例会議', start: '2018-07-10T09:00', end: '2018-07-10T10:00' }) as never);
    expect(starts(one).slice(0, 3)).toEqual(['2018-07-10T09:00', '2018-07-17T09:00', '2018-07-24T09:00']);
  });

  it('Y8 one time and all behind it become a series of their own, and a counted one goes on counting', () => {
    const { paper, puts, on, starts, hanako, now } = opened();
    const { id: one } = puts({ ...weekly, repeat: 'FREQ=WEEKLY;BYDAY=TU;COUNT=6' });
    const told = paper.do(hanako, amendFollowing, on(one, { on: '2018-07-24T10:00', title: '木曜の会議', start: '2018-07-26T15:00', end: '2018-07-26T16:00', repeat: 'FREQ=WEEKLY;BYDAY=TH;COUNT=4' }) as never);
    expect(codeOf(told)).toBe('ok');
    expect(starts(one)).toEqual(['2018-07-10T10:00', '2018-07-17T10:00']);
    const next = (told as unknown as { events: { kind: string; body: { id: Id } }[] }).events.find(({ kind }) => kind === 'calendar.put')!.body.id;
    expect(starts(next)).toEqual(['2018-07-26T15:00', '2018-08-02T15:00', '2018-08-09T15:00', '2018-08-16T15:00']);
    // Its first time and all behind it are all of it.
    expect(codeOf(paper.do(hanako, amendFollowing, on(one, { ...weekly, title: 'x', on: '2018-07-10T10:00' }) as never))).toBe('calendar.noSuchOccurrence');
    paper.do(hanako, takeOut, on(next, { on: '2018-08-09T15:00', following: true }) as never);
    expect(starts(next)).toEqual(['2018-07-26T15:00', '2018-08-02T15:00']);
    paper.do(hanako, takeOut, on(next, { on: '2018-07-26T15:00', following: true }) as never);
    expect([now(next).takenOut !== undefined, starts(next)]).toEqual([true, []]);
  });

  it('Y7 a series bears so many odd times, and says so', () => {
    const { paper, puts, on, hanako, now, id } = opened();
    const { id: one } = puts({ ...weekly, repeat: 'FREQ=DAILY' });
    const many = { ...now(one), except: Array.from({ length: 400 }, (_, i) => `${addDays('2019-01-01', i)}T10:00`), otherwise: Array.from({ length: 200 }, (_, i) => ({ on: `${addDays('2021-01-01', i)}T10:00`, title: 'x', start: `${addDays('2021-01-01', i)}T11:00`, end: `${addDays('2021-01-01', i)}T12:00` })) };
    paper.put(appointment.noun, one, many, roomStream(id));
    const day = '2018-07-12T10:00';
    expect([codeOf(paper.do(hanako, takeOut, on(one, { on: day }) as never)), codeOf(paper.do(hanako, amendOne, on(one, { on: day, title: 'x', start: day, end: day }) as never)), codeOf(paper.do(hanako, takeOut, on(one, { on: day, following: true }) as never))])
      .toEqual(['calendar.tooManyOdd', 'calendar.tooManyOdd', 'ok']);
  });

  it('Y9 nobody overwrites a colleague unseen, and what was taken out is changed no more', () => {
    const { paper, puts, on, hanako, now } = opened();
    const { id: one } = puts();
    const { repeat: _repeat, ...single } = weekly;
    const stale = on(one, { ...single, title: '二つ目' });
    paper.do(hanako, amendAppointment, on(one, { ...single, title: '一つ目' }) as never);
    expect([codeOf(paper.do(hanako, amendAppointment, stale as never)), now(one).title]).toEqual(['calendar.changedMeanwhile', '一つ目']);
    paper.do(hanako, takeOut, on(one) as never);
    expect([codeOf(paper.do(hanako, takeOut, on(one) as never)), now(one).title]).toEqual(['calendar.takenOut', '']);
  });
});

describe('answers and reminders', () => {
  it('Y10 whoever reads answers, to all or to one time; the last counts', () => {
    const { paper, puts, id, taro, mika, now, hanako, on } = opened();
    const { id: one } = puts({ ...weekly, people: [taro.person] });
    const answers = (who: Actor, answer: 'yes' | 'no' | 'maybe', day?: string): string => codeOf(paper.do(who, answerAppointment, { calendar: id, appointment: one, answer, ...(day ? { on: day } : {}) }));
    expect([answers(taro, 'maybe'), answers(taro, 'yes'), answers(taro, 'no', '2018-07-17T10:00'), answers(taro, 'no', '2018-07-18T10:00'), answers(mika, 'yes')]).toEqual(['ok', 'ok', 'ok', 'calendar.noSuchOccurrence', 'calendar.notFound']);
    expect([answerOf(now(one), taro.person, '2018-07-10T10:00'), answerOf(now(one), taro.person, '2018-07-17T10:00'), answerOf(now(one), hanako.person, '2018-07-10T10:00')]).toEqual(['yes', 'no', undefined]);
    paper.do(hanako, takeOut, on(one) as never);
    expect(answers(taro, 'yes')).toBe('calendar.takenOut');
  });

  it('Y11 each reminder of each time rings once, the next one alone is planned, and what was changed rings no more as it was', () => {
    const { paper, puts, on, hanako } = opened();
    const { id: one } = puts({ ...weekly, reminders: [10, inTheMorning] });
    const rung = (): string[] => paper.events.filter(({ kind }) => kind === 'calendar.rang').map(({ body, at }) => `${(body as { on: string }).on} ${new Date(at + 9 * 3_600_000).toISOString().slice(5, 16)}`);
    paper.pass(momentOf('2018-07-17T12:00') - paper.now);
    expect(rung()).toEqual(['2018-07-10T10:00 07-10T07:00', '2018-07-10T10:00 07-10T09:50', '2018-07-17T10:00 07-17T07:00', '2018-07-17T10:00 07-17T09:50']);
    paper.do(hanako, amendOne, on(one, { on: '2018-07-24T10:00', title: '調整会議', start: '2018-07-24T15:00', end: '2018-07-24T16:00' }) as never);
    paper.do(hanako, takeOut, on(one, { on: '2018-07-31T10:00' }) as never);
    paper.pass(momentOf('2018-08-07T08:00') - paper.now);
    expect(rung().slice(4)).toEqual(['2018-07-24T10:00 07-24T07:00', '2018-07-24T10:00 07-24T14:50', '2018-08-07T10:00 08-07T07:00']);
    paper.do(hanako, takeOut, on(one) as never);
    paper.pass(30 * 86_400_000);
    expect(rung().length).toBe(7);
  });

  it('Y11 of one time in years the next reminder is found, and of what is over there is none', () => {
    const leap = { title: '', start: '2020-02-29', end: '2020-03-01', repeat: 'FREQ=YEARLY', reminders: [420] };
    expect(nextRing(leap, momentOf('2020-02-29'))).toEqual({ at: momentOf('2024-02-28T17:00'), on: '2024-02-29' });
    // What lies far ahead is planned when it is put in.
    expect(nextRing({ ...leap, start: '2060-02-29', end: '2060-03-01' }, momentOf('2020-02-29'))).toEqual({ at: momentOf('2060-02-28T17:00'), on: '2060-02-29' });
    const early = { on: '2060-02-29', title: '', start: '2058-03-01', end: '2058-03-02' };
    expect(nextRing({ ...leap, start: '2060-02-29', end: '2060-03-01', otherwise: [early] }, momentOf('2020-02-29'))).toEqual({ at: momentOf('2058-02-28T17:00'), on: '2060-02-29' });
    expect(nextRing({ ...leap, repeat: 'FREQ=YEARLY;UNTIL=20230101' }, momentOf('2020-02-29'))).toBeUndefined();
  });
});

it('Y12 a file taken twice makes each appointment once; what was taken out here stays out; what was private stays so', () => {
  const { paper, id, hanako, taro, now, on } = opened();
  const file = [{ uid: 'a@outlook', title: '研修', start: '2018-07-10', end: '2018-07-12' }, { uid: 'b@google', title: '面談', start: '2018-07-10T10:00', end: '2018-07-10T11:00', private: true }];
  const takes = (appointments: object[], who = hanako): string => codeOf(paper.do(who, importAppointments, { calendar: id, appointments } as never));
  expect([takes(file), takes(file), takes(file, taro), takes([...file, ...file])]).toEqual(['ok', 'ok', 'calendar.notFound', 'calendar.uidTwice']);
  const [a, b] = ['a@outlook', 'b@google'].map((uid) => idOfUid(id, uid)) as [Id, Id];
  expect([now(a), now(b)]).toMatchObject([{ title: '研修', rev: 2, uid: 'a@outlook' }, { title: '', private: true, rev: 2 }]);
  expect(takes([{ ...file[1], private: false }])).toBe('ok');
  expect(now(b).title).toBe('');
  paper.do(hanako, takeOut, on(a) as never);
  expect([takes(file), now(a).title, now(a).takenOut !== undefined]).toEqual(['ok', '', true]);
  expect([takes([{ ...file[0], uid: 'c', end: '2018-07-01' }]), takes([{ ...file[0], uid: 'c', repeat: 'FREQ=SECONDLY' }])]).toEqual(['calendar.endsBeforeStart', 'calendar.repeatTooOften']);
});
