import { amendAppointment, answerAppointment, appointment, calendar as calendarNoun, deskStream, openCalendar, openOwn, ownCalendarOf, privateWords, putAppointment, shareCalendar, takeOut, unshareCalendar, type Appointment, type Content } from '@noroshi/features/calendar';
import { reissue } from '@noroshi/features/account';
import { endAllFeeds, endingFeeds, followCalendar, mountFeeds } from '@noroshi/features/calendar/server';
import { letIn } from '@noroshi/features/board';
import { addPerson, disablePerson, handOver, post as desk, type Post as Desk } from '@noroshi/features/directory';
import { addPeople, closeRoom } from '@noroshi/features/talk';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import type { Notice, Teller } from '@noroshi/foundations/notify';
import { roomStream, workspaceStream, type Doc } from '@noroshi/foundations/sync';
import { until, type Device } from '@noroshi/foundations/testing';
import { hotline, type Hotline } from '@noroshi/e2e/box';
import fastify from 'fastify';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localAt } from './local-time.ts';
import { Feeds } from './server/feed.server.ts';
import { words } from '@noroshi/foundations/i18n';
import { dictionaries } from '@noroshi/foundations/notify/server';

const minute = 60_000;
const fresh = (): Id => newId(Date.now(), randomBytes(10));

let box: Hotline;
let notices: Notice[];
let faults: unknown[];
let reminders: ReturnType<typeof followCalendar>;
const teller: Teller = {
  tell: async (notice) => {
    if (!notices.some(({ id }) => id === notice.id)) notices.push(notice);
    return { ok: true, to: 1 };
  },
  reach: async (person) => (person === box.cast.ken.person ? ['mail'] : ['push']),
  languageOf: async () => 'ja',
};
beforeEach(async () => {
  box = await hotline();
  [notices, faults] = [[], []];
  reminders = followCalendar(box.stair, teller, (error) => void faults.push(error));
});
afterEach(async () => {
  await reminders.stop();
  await box.close();
  if (faults.length > 0) throw new AggregateError(faults, `reported: ${faults.map(String).join('; ')}`);
});

const calendar = fresh();
const opens = (): Promise<Id> => box.does('hanako', openCalendar, { id: calendar, name: '危機管理課', mark: 2, readers: { orgs: [box.orgs.seiyo, box.orgs.saijo], people: [] }, writers: { orgs: [box.orgs.ehime], people: [] } });
/** What the wall shows so many minutes from now. */
const inMinutes = (minutes: number): string => localAt(box.clock.now() + minutes * minute);
const meeting = (more: Partial<Content> & { private?: boolean } = {}) => ({ calendar, title: '調整会議', start: inMinutes(60), end: inMinutes(120), ...more });
const held = <T>(d: Device, noun: string): Promise<T[]> => d.end.replica.all<T>(noun).then((docs) => docs.map(({ value }) => value));
const refused = async (who: Actor, name: string, input: object): Promise<string | undefined> => {
  const answer = await box.stair.submit(who, { id: fresh(), name, input });
  return answer.ok ? undefined : answer.code;
};
const passes = async (minutes: number): Promise<void> => {
  box.clock.pass(minutes * minute);
  for (let twice = 0; twice < 2; twice++) {
    await box.stair.sweep();
    await box.stair.clock.look();
    await reminders.settled();
  }
};

it('Y1 Y2 Y3 Y6 is read by those it is for; of what is private the words are on the devices of those who write alone, and an own calendar is nobody else’s', async () => {
  await opens();
  const [hanako, taro, ken] = [box.device('hanako'), box.device('taro'), box.device('ken')];
  await box.does('hanako', putAppointment, meeting());
  const secret = await box.does('hanako', putAppointment, meeting({ private: true, title: '人事面談' }));
  await until(async () => (await held(taro, appointment.noun)).length === 2 && (await held(hanako, privateWords.noun)).length === 1, 'the appointments to be there');
  expect((await held<Appointment>(taro, appointment.noun)).map(({ title }) => title).toSorted()).toEqual(['', '調整会議']);
  expect(JSON.stringify([await held(taro, appointment.noun), await held(taro, privateWords.noun)])).not.toContain('人事面談');
  expect(await refused(box.cast.taro, putAppointment.deed, meeting())).toBe('stream.notFound');
  for (const who of [box.cast.ken, box.cast.mika]) expect(await refused(who, answerAppointment.deed, { calendar, appointment: secret, answer: 'yes' })).toBe('stream.notFound');

  // Where those who write keep their words is no room that somebody closes.
  expect(await refused(box.cast.hanako, closeRoom.deed, { room: deskStream(calendar).slice(2) })).toBe('talk.roomFixed');

  // Taro's own: whoever administers the house gets the answer of what is not there, by whichever door they try.
  await box.does('taro', openOwn, { mark: 1 });
  const own = ownCalendarOf(box.cast.taro.person);
  const his = await box.does('taro', putAppointment, { ...meeting({ private: true, title: '通院' }), calendar: own });
  await box.does('taro', putAppointment, { ...meeting({ title: '出張' }), calendar: own });
  const admin = box.cast.hanako;
  expect([
    await refused(admin, shareCalendar.deed, { calendar: own, people: [admin.person], writing: false }), await refused(admin, letIn.deed, { board: own, people: [admin.person], writing: false }),
    await refused(admin, addPeople.deed, { room: own, people: [admin.person], history: true }), await refused(admin, takeOut.deed, { calendar: own, appointment: his, sees: 1 }),
  ]).toEqual(['calendar.notFound', 'board.notFound', 'talk.roomNotFound', 'stream.notFound']);
  expect(box.stair.memory.maySee(admin.person, roomStream(own))).toBeUndefined();
  // Shared with Ken to read, he sees that there is something; as one who writes, what it is; and then nothing new any more.
  await box.does('taro', shareCalendar, { calendar: own, people: [box.cast.ken.person], writing: false });
  await until(async () => (await held(ken, appointment.noun)).length === 2, 'Ken to have them');
  expect([(await held<Appointment>(ken, appointment.noun)).map(({ title }) => title).toSorted(), await held(ken, privateWords.noun)]).toEqual([['', '出張'], []]);
  await box.does('taro', shareCalendar, { calendar: own, people: [box.cast.ken.person], writing: true });
  await until(async () => (await held(ken, privateWords.noun)).length === 1, 'Ken to know what it is');
  await box.does('taro', unshareCalendar, { calendar: own, person: box.cast.ken.person, writing: false });
  expect([box.stair.memory.maySee(box.cast.ken.person, roomStream(own)), box.stair.memory.maySee(box.cast.ken.person, deskStream(own))]).toEqual([undefined, undefined]);
  await box.everyoneAgrees();
});

it('Y2 whoever takes over a post takes over its seat in a shared calendar, and nothing of what is a person’s own', async () => {
  await opens();
  await box.does('hanako', putAppointment, meeting({ private: true, title: '人事面談' }));
  await box.does('hanako', openOwn, { mark: 1 });
  const successor = fresh();
  await box.does('system', addPerson, { id: successor, name: '後任', kana: '', org: box.orgs.ehime, role: 'member', phones: [] });
  const hers = (box.stair.memory.of(workspaceStream, desk.noun) as Doc<Desk>[]).find(({ value }) => value.holder === box.cast.hanako.person)!;
  await box.does('system', handOver, { post: hers.id, from: box.cast.hanako.person, to: successor });
  await until(async () => { await box.stair.clock.look(); return box.stair.memory.maySee(successor, deskStream(calendar)) !== undefined; }, 'the successor to have the desk');
  const own = ownCalendarOf(box.cast.hanako.person);
  expect([box.stair.memory.maySee(successor, roomStream(calendar)) !== undefined, box.stair.memory.maySee(successor, roomStream(own)), box.stair.memory.maySee(box.cast.hanako.person, roomStream(own)) !== undefined]).toEqual([true, undefined, true]);
  expect(box.stair.memory.maySee(box.cast.hanako.person, deskStream(calendar))).toBeUndefined();
});

it('Y15 what is put, changed and answered without a line stands on the device at once and is the same for all when the line is back', async () => {
  await opens();
  const [hanako, taro] = [box.device('hanako'), box.device('taro')];
  const one = await box.does('hanako', putAppointment, meeting({ orgs: [box.orgs.seiyo] }));
  await until(async () => (await held(taro, appointment.noun)).length === 1 && (await held(hanako, appointment.noun)).length === 1, 'both to have it');
  for (const { wire } of [hanako, taro]) wire.cut({ stay: true });
  const told = [await taro.end.send(answerAppointment, { calendar, appointment: one, answer: 'yes' }), await hanako.end.send(amendAppointment, { appointment: one, sees: 1, ...meeting({ title: '調整会議（延期）', start: inMinutes(600), end: inMinutes(660), orgs: [box.orgs.seiyo] }) }), await hanako.end.send(putAppointment, meeting({ title: '二つ目' }))];
  expect(told.every(({ ok }) => ok)).toBe(true);
  for (const { wire } of [hanako, taro]) wire.mend();
  await until(async () => (await held<Appointment>(taro, appointment.noun)).some(({ title, answers }) => title === '調整会議（延期）' && answers?.[box.cast.taro.person]?.[0] === 'yes'), 'Taro to have the change beside his answer');
  await until(async () => (await held(taro, appointment.noun)).length === 2, 'Taro to have the second');
  await box.everyoneAgrees();
});

it('Y11 Y16 people are reminded once: those who are asked and come; of what is private those who write; not of what was taken out', async () => {
  await opens();
  await box.does('system', addPerson, { id: fresh(), name: '後任', kana: '', org: box.orgs.seiyo, role: 'member', phones: [] });
  const one = await box.does('hanako', putAppointment, meeting({ start: inMinutes(60), end: inMinutes(90), repeat: 'FREQ=DAILY', reminders: [10], people: [box.cast.taro.person, box.cast.aoi.person], place: '県庁' }));
  const secret = await box.does('hanako', putAppointment, meeting({ start: inMinutes(60), end: inMinutes(90), private: true, title: '人事面談', reminders: [10] }));
  const gone = await box.does('hanako', putAppointment, meeting({ start: inMinutes(60), end: inMinutes(90), title: '中止', reminders: [10] }));
  await box.does('hanako', takeOut, { calendar, appointment: gone, sees: 1 });
  await box.does('aoi', answerAppointment, { calendar, appointment: one, answer: 'no', on: inMinutes(60) });
  await passes(49);
  expect(notices).toEqual([]);
  await passes(1);
  await until(async () => notices.length === 2, 'the reminders');
  expect(notices.map(({ person, title, body, channel, gentle, urgent, path }) => ({ person, title, body: body.replace(/^\S+ /, ''), channel, gentle, urgent, path: path.replace(/\?.*/, '') })).toSorted((a, b) => (a.title < b.title ? -1 : 1))).toEqual([
    { person: box.cast.hanako.person, title: '予定　人事面談', body: expect.stringContaining('危機管理課'), channel: 'push', gentle: true, urgent: false, path: `/calendar/${calendar}/${secret}` },
    { person: box.cast.taro.person, title: '予定　調整会議', body: expect.stringContaining('県庁'), channel: 'push', gentle: true, urgent: false, path: `/calendar/${calendar}/${one}` },
  ]);
  // The next day Aoi has said nothing, and is reminded too. Another process that looks anew tells nobody twice.
  const again = followCalendar(box.stair, teller, (error) => void faults.push(error));
  await again.settled();
  expect(notices.length).toBe(2);
  await again.stop();
  await passes(24 * 60);
  await until(async () => notices.length === 4, 'the reminders of the next day');
  expect(notices.slice(2).map(({ person }) => person).toSorted()).toEqual([box.cast.taro.person, box.cast.aoi.person].toSorted());
});

it('Y17 an address tells what its person may see now, and nothing else; it is ended, made anew, and of a wrong one nothing is learnt', async () => {
  await opens();
  await box.does('hanako', putAppointment, meeting({ title: '調整会議；第1回, 予備', place: '県庁', repeat: 'FREQ=WEEKLY' }));
  await box.does('hanako', putAppointment, meeting({ private: true, title: '人事面談' }));
  const feeds = new Feeds(box.stair);
  const tell = (address: string): Promise<string | undefined> => feeds.tell(/ics\/(.*)\.ics$/.exec(address)![1]!, async () => words('ja', dictionaries.ja), 'https://noroshi.example');
  const make = async (who: Actor): Promise<string> => {
    const told = await feeds.make(who.person, calendar, 'https://noroshi.example');
    if (!('address' in told)) throw new Error(told.code);
    return told.address;
  };
  expect([await feeds.make(box.cast.ken.person, calendar, ''), await feeds.make(box.cast.ken.person, fresh(), '')]).toEqual([{ ok: false, code: 'calendar.notFound' }, { ok: false, code: 'calendar.notFound' }]);
  const [taros, hanakos] = [await make(box.cast.taro), await make(box.cast.hanako)];
  expect(taros).toMatch(/^https:\/\/noroshi\.example\/ics\/[\w-]{32}\.ics$/);
  // Only a fingerprint is kept.
  const { rows } = await box.stair.pool.query<{ secret: Buffer }>('select secret from calendar_feed');
  expect(rows.map(({ secret }) => secret.toString('base64url')).some((secret) => taros.includes(secret))).toBe(false);
  expect(await tell(taros)).toContain('SUMMARY:調整会議；第1回\\, 予備');
  expect([(await tell(taros))!.includes('人事面談'), (await tell(taros))!.includes('SUMMARY:予定あり'), (await tell(hanakos))!.includes('SUMMARY:人事面談')]).toEqual([false, true, true]);
  expect(await feeds.now(box.cast.taro.person, calendar)).toMatchObject({ since: expect.any(Number), fetched: expect.any(Number) });
  // A new address ends the old one; ended is ended; and who sees the calendar no more, or has no account, is told nothing by it.
  const second = await make(box.cast.taro);
  expect([await tell(taros), (await tell(second)) !== undefined, await tell('https://x/ics/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics')]).toEqual([undefined, true, undefined]);
  await feeds.end(box.cast.taro.person, calendar);
  expect([await tell(second), await feeds.now(box.cast.taro.person, calendar)]).toEqual([undefined, {}]);
  await box.does('hanako', shareCalendar, { calendar, people: [box.cast.mika.person], writing: false });
  const mikas = await make(box.cast.mika);
  expect(await tell(mikas)).toContain('調整会議');
  await box.does('hanako', unshareCalendar, { calendar, person: box.cast.mika.person, writing: false });
  expect(await tell(mikas)).toBeUndefined();
  const third = await make(box.cast.taro);
  await box.does('system', disablePerson, { id: box.cast.taro.person });
  expect(await tell(third)).toBeUndefined();
  // All devices of an account signed out, all addresses of a house that was brought back: they end too; but not where no device was signed out.
  const [fourth, door] = [await make(box.cast.aoi), endingFeeds(box.stair, new Map([[reissue.door, async () => ({})]])).get(reissue.door)!];
  await door({} as never, { person: box.cast.aoi.person, endSessions: false });
  expect(await tell(fourth)).toContain('調整会議');
  await door({} as never, { person: box.cast.aoi.person, endSessions: true });
  expect(await tell(fourth)).toBeUndefined();
  const fifth = await make(box.cast.aoi);
  expect([(await endAllFeeds(box.stair.pool)) > 0, await tell(fifth)]).toEqual([true, undefined]);
  // Who makes one after the other is told to wait.
  for (let n = 0; n < 4; n++) await feeds.make(box.cast.hanako.person, calendar, '');
  expect(await feeds.make(box.cast.hanako.person, calendar, '')).toEqual({ ok: false, code: 'calendar.tooManyFeeds' });
  expect((box.stair.memory.of(roomStream(calendar), calendarNoun.noun) as Doc[]).length).toBe(1);
});

it('Y17 an address answers as the programs ask: what it is, its head alone, nothing anew where nothing changed, also through a proxy that compresses', async () => {
  await opens();
  await box.does('hanako', putAppointment, meeting({ title: '調整会議' }));
  const made = await new Feeds(box.stair).make(box.cast.taro.person, calendar, '');
  if (!('address' in made)) throw new Error(made.code);
  const app = fastify();
  mountFeeds(app, box.stair, async () => 'ja', 'https://noroshi.example');
  const ask = async (method: 'GET' | 'HEAD', headers: Record<string, string> = {}) => app.inject({ method, url: made.address, headers });
  // Google says not even what it would take; Outlook asks for the head before it subscribes.
  const [whole, head] = [await ask('GET'), await ask('HEAD')];
  expect([whole.statusCode, whole.headers['content-type'], whole.headers['cache-control'], whole.body.startsWith('BEGIN:VCALENDAR\r\n')]).toEqual([200, 'text/calendar; charset=utf-8', 'private, no-cache', true]);
  expect([head.statusCode, head.headers['content-type'], head.headers.etag, head.body]).toEqual([200, 'text/calendar; charset=utf-8', whole.headers.etag, '']);
  const tag = String(whole.headers.etag);
  const again = await Promise.all([tag, `W/${tag}`, `"other", W/${tag}`, '"other"'].map((one) => ask('GET', { 'if-none-match': one })));
  expect(again.map(({ statusCode, body }) => [statusCode, body === ''])).toEqual([[304, true], [304, true], [304, true], [200, false]]);
  await box.does('hanako', putAppointment, meeting({ title: '二つ目' }));
  expect((await ask('GET', { 'if-none-match': tag })).body).toContain('SUMMARY:二つ目');
  await app.close();
});
