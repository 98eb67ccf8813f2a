import { addDays, amendAppointment, appointment, localAt, openCalendar, ownCalendarOf, putAppointment, type Appointment, type Content } from '@noroshi/features/calendar';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { keptHalfWritten, looksRight } from './looking.ts';
import { fresh, openTalkHouse } from './talk-house.ts';

const town = await openTalkHouse();
const { stair } = town.house;
const calendar = fresh();
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  const { ehime, seiyo, saijo } = town.orgs;
  await town.does('hanako', openCalendar, { id: calendar, name: '災害時応援の予定', mark: 2, readers: { orgs: [seiyo, saijo], people: [] }, writers: { orgs: [ehime], people: [] } });
  const puts = (title: string, start: string, end: string, more: Partial<Content> = {}) => town.does('hanako', putAppointment, { calendar, title, start, end, ...more });
  await puts('市町連絡会議', '2030-02-14T13:30', '2030-02-14T15:00', { place: '県庁 第二別館5階 災害対策本部室', note: '議題\n・受援計画の見直し\n・連絡先の確認', repeat: 'FREQ=MONTHLY;BYDAY=2TH', reminders: [1440, 60], orgs: [seiyo] });
  await puts('図上訓練', '2030-02-19', '2030-02-21', { place: '県庁' });
  await puts('国との調整', '2030-02-14T14:00', '2030-02-14T14:30');
  await puts('物資の打合せ', '2030-02-14T14:10', '2030-02-14T14:20');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

const all = (of = calendar): Appointment[] => (stair.memory.of(roomStream(of), appointment.noun) as Doc<Appointment>[]).map(({ value }) => value);
const titled = (title: string, of = calendar): Appointment | undefined => all(of).findLast((one) => one.title === title);
/** Types as a Japanese keyboard does: the words are composed, and Enter only takes them. */
async function compose(page: Page, words: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: words, selectionStart: words.length, selectionEnd: words.length });
  await page.keyboard.press('Enter');
  await cdp.send('Input.insertText', { text: words });
}

it('A1 on the desk a series is put in, found in month and week, and one time of it is moved', async () => {
  const page = await town.enter(browser, 'hanako', { path: '/calendar?day=2030-02-08', desk: true });
  const cell = (name: RegExp) => page.getByRole('gridcell', { name });
  await cell(/2月11日.*建国記念の日/).waitFor();
  await cell(/2月14日.*予定 3件/).waitFor();
  await page.getByRole('link', { name: '予定を入れる' }).click();
  await page.getByRole('button', { name: '予定を入れる' }).click();
  await page.getByText('件名を入れてください').waitFor();
  await page.getByRole('textbox', { name: '件名' }).focus();
  await compose(page, '朝の打合せ');
  await page.getByLabel('終わりの時刻').fill('08:00');
  await page.getByRole('button', { name: '予定を入れる' }).click();
  await page.getByText('終わりが開始より前です').waitFor();
  expect(titled('朝の打合せ')).toBeUndefined();
  await page.getByLabel('終わりの時刻').fill('09:30');
  await page.getByLabel('くり返し', { exact: true }).selectOption('毎週');
  await page.getByRole('checkbox', { name: '水' }).check();
  await page.getByLabel('くり返しの終わり').selectOption('回数で終わる');
  await page.getByLabel('回数', { exact: true }).fill('５');
  await page.getByRole('checkbox', { name: '10分前' }).check();
  await keptHalfWritten(page, town.actors.hanako.person, '"count":"５"');
  await page.reload();
  await expect.poll(() => page.getByRole('textbox', { name: '件名' }).inputValue()).toBe('朝の打合せ');
  await page.getByRole('button', { name: '予定を入れる' }).click();
  await cell(/2月8日.*予定 1件/).waitFor();
  expect(titled('朝の打合せ')).toMatchObject({ start: '2030-02-08T09:00', repeat: 'FREQ=WEEKLY;COUNT=5;BYDAY=WE,FR', reminders: [10] });
  // Arrow keys go from day to day; the side tells the day.
  await cell(/2月8日/).focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
  await page.getByRole('complementary', { name: '2月13日' }).getByRole('link', { name: /朝の打合せ/ }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-selected'))).toBe('true');
  await looksRight(page, 'calendar-month-desk');
  await page.getByRole('radio', { name: '週' }).check();
  await page.getByRole('link', { name: /市町連絡会議/ }).waitFor();
  await page.getByRole('button', { name: 'ほか1件' }).waitFor();
  await looksRight(page, 'calendar-week-desk');
  // One time of the series is moved.
  await page.getByRole('region', { name: /2月13日/ }).getByRole('link', { name: /朝の打合せ/ }).click();
  await page.getByText('毎週 水・金').waitFor();
  await page.getByRole('button', { name: '直す' }).click();
  await page.getByRole('link', { name: 'この回だけ' }).click();
  await page.getByLabel('開始の日').fill('2030-02-14');
  await page.getByRole('button', { name: '保存する' }).click();
  await cell(/2月14日.*予定 4件/).waitFor();
  expect(titled('朝の打合せ')!.otherwise).toMatchObject([{ on: '2030-02-13T09:00', start: '2030-02-14T09:00', end: '2030-02-14T09:30' }]);
  await page.context().close();
});

it('A1 on the phone one answers, keeps a private appointment of one’s own, also without a network; nobody else sees it', async () => {
  const page = await town.enter(browser, 'taro', { path: '/calendar?day=2030-02-14' });
  await page.getByRole('button', { name: '自分の予定表を作る' }).click();
  await page.getByText('わたしの予定表').first().waitFor();
  await page.getByRole('link', { name: /市町連絡会議/ }).click();
  await page.getByRole('button', { name: '出席' }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '出席' }).click();
  await page.getByText('出席1').waitFor();
  await looksRight(page, 'calendar-appointment-phone');
  await page.getByRole('link', { name: '戻る' }).click();
  await page.getByRole('link', { name: '予定を入れる' }).click();
  await page.getByRole('textbox', { name: '件名' }).fill('通院');
  await page.getByRole('radio', { name: /非公開/ }).check();
  await page.getByRole('button', { name: 'この端末に残す' }).click();
  await page.getByRole('link', { name: /通院.*送信待ち/ }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('link', { name: /通院.*送信待ち/ }).waitFor({ state: 'detached' });
  const own = ownCalendarOf(town.actors.taro.person);
  await until(() => all(own).some((one) => one.private === true), 'his appointment to be there');
  expect([titled('市町連絡会議')!.answers![town.actors.taro.person]![0], all(own)[0]!.title]).toEqual(['yes', '']);
  await page.getByRole('radio', { name: '一覧' }).check();
  await page.getByRole('heading', { name: /2月20日/ }).waitFor();
  await looksRight(page, 'calendar-list-phone');
  await page.context().close();

  // Hanako administers the house, and his calendar does not exist for her; of the series she sees his answer.
  const hanako = await town.enter(browser, 'hanako', { path: `/calendar/${own}/${all(own)[0]!.id}` });
  await hanako.getByText('その予定は見つかりません').waitFor();
  await hanako.goto(`${town.address}/calendar/${calendar}/${titled('市町連絡会議')!.id}?on=2030-02-14T13:30`);
  await hanako.getByText('出席1・未定0・欠席0').waitFor();
  await hanako.context().close();
});

it('A3 a file is looked at before it is taken, and taken twice it doubles nothing; the calendar goes out as a file and by an address that can be ended', async () => {
  const page = await town.enter(browser, 'hanako', { path: `/calendar/settings?calendar=${calendar}`, desk: true });
  const choose = page.getByLabel('.icsファイルを選ぶ');
  await choose.setInputFiles({ name: 'bomb.ics', mimeType: 'text/calendar', buffer: Buffer.from(`BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\n'.repeat(1_000)}`) });
  await page.getByText('入れ子が深すぎます').waitFor();
  // What Apple's own calendar wrote: a series, a day of each year, alarms of its own.
  const real = dirname(createRequire(import.meta.url).resolve('cozy-ical/package.json'));
  await choose.setInputFiles(join(real, 'test/fixtures/scenarios/apple.ics'));
  await page.getByText('取り込めるもの 3件（新しい予定3・上書き0）').waitFor();
  // What comes in, and when, before it does.
  const coming = page.locator('.cal-trouble').first();
  const untaken = all().length;
  await page.getByText('2014年11月5日から2014年11月7日までに始まる予定です。').waitFor();
  expect((await coming.locator('li > b').allTextContents())).toEqual(['Dentist', 'Recurring event', "Friend's birthday"]);
  await coming.getByText(/2014年11月5日・23:00/).waitFor();
  await looksRight(page, 'calendar-import-desk');
  expect(all().length).toBe(untaken);
  await page.getByRole('button', { name: '3件を取り込む' }).click();
  await page.getByText('3件を取り込みました').waitFor();
  expect(all().map(({ title, start }) => `${title} ${start}`)).toEqual(expect.arrayContaining(['Dentist 2014-11-05T23:00', 'Recurring event 2014-11-06T20:00', "Friend's birthday 2014-11-07"]));
  const buffer = await readFile(join(import.meta.dirname, '../features/calendar/ics/samples/google.ics'));
  const before = all().length;
  for (const fresh of [4, 0]) {
    await choose.setInputFiles({ name: `basic-${fresh}.ics`, mimeType: 'text/calendar', buffer });
    await page.getByText(`取り込めるもの 4件（新しい予定${fresh}・上書き${4 - fresh}）`).waitFor();
    expect(await page.locator('.cal-trouble').first().getByText('上書き').count()).toBe(4 - fresh);
    await page.getByText(/「海外との連絡」: 夏時間のある時間帯のくり返しなので、/).waitFor();
    await page.getByRole('button', { name: '4件を取り込む' }).click();
    await page.getByText('4件を取り込みました').waitFor();
    expect(all().length).toBe(before + 4);
  }
  const leaving = page.waitForEvent('download');
  await page.getByRole('button', { name: '.icsファイルにする' }).click();
  const out = await leaving;
  expect([out.suggestedFilename(), await readFile(await out.path(), 'utf8')]).toEqual(['災害時応援の予定.ics', expect.stringMatching(/^BEGIN:VCALENDAR\r\n[^]*SUMMARY:出初式\r\n[^]*END:VCALENDAR\r\n$/)]);
  await page.getByRole('button', { name: '購読アドレスを作る' }).click();
  const address = await page.locator('.cal-address').innerText();
  await looksRight(page, 'calendar-feed-desk');
  // Nothing is brought but the address: no session.
  const fetched = async (at: string): Promise<[number, string | null, string]> => {
    const answer = await fetch(at);
    return [answer.status, answer.headers.get('content-type'), await answer.text()];
  };
  expect(await fetched(address)).toEqual([200, 'text/calendar; charset=utf-8', expect.stringContaining('SUMMARY:市町連絡会議')]);
  await page.getByRole('button', { name: 'アドレスを作り直す' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'アドレスを作り直す' }).click();
  await page.waitForFunction((old) => document.querySelector('.cal-address')?.textContent !== old, address);
  const second = await page.locator('.cal-address').innerText();
  await page.getByRole('button', { name: '購読をやめる' }).click();
  await page.getByRole('button', { name: '購読アドレスを作る' }).waitFor();
  const none = await fetched(`${town.address}/ics/${'A'.repeat(32)}.ics`);
  expect(none[0]).toBe(404);
  for (const ended of [address, second]) expect(await fetched(ended)).toEqual(none);
  // Who tries one after the other is told to wait.
  const tried = await Promise.all(Array.from({ length: 30 }, () => fetch(`${town.address}/ics/${'B'.repeat(32)}.ics`)));
  expect([tried[0]!.status, tried.at(-1)!.status, Number(tried.at(-1)!.headers.get('retry-after')) > 0]).toEqual([404, 429, true]);
  await page.context().close();
});

it('Y9 a change that was written without a line, and a colleague’s that came before it: the words come back beside what stands now, and nothing is written over unseen', async () => {
  const { id } = titled('国との調整')!;
  const page = await town.enter(browser, 'hanako', { path: `/calendar/${calendar}/${id}` });
  await page.getByRole('link', { name: '直す' }).click();
  await page.getByRole('textbox', { name: '場所' }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('textbox', { name: '場所' }).fill('東京 霞が関');
  await page.getByRole('button', { name: 'この端末に残す' }).click();
  await page.getByRole('heading', { name: '予定表', exact: true }).waitFor();
  await town.does('hanako', amendAppointment, { calendar, appointment: id, sees: 1, title: '国との調整（内閣府）', start: '2030-02-15T14:00', end: '2030-02-15T14:30' });
  await page.context().setOffline(false);
  await page.goto(`${town.address}/waiting`);
  await page.getByRole('link', { name: /直/ }).click();
  await page.getByRole('status').filter({ hasText: '国との調整（内閣府）' }).waitFor();
  expect(await page.getByRole('textbox', { name: '場所' }).inputValue()).toBe('東京 霞が関');
  await looksRight(page, 'calendar-newer-phone');
  await page.getByRole('textbox', { name: '件名' }).fill('国との調整（内閣府）');
  await page.getByRole('button', { name: '保存する' }).click();
  await until(() => titled('国との調整（内閣府）')?.rev === 3, 'the third version');
  expect(titled('国との調整（内閣府）')!.place).toBe('東京 霞が関');
  // In peacetime Home says what is today.
  const today = localAt(stair.now()).slice(0, 10);
  await town.does('hanako', putAppointment, { calendar, title: '開庁記念日', start: today, end: addDays(today, 1) });
  await page.goto(`${town.address}/`);
  await page.getByRole('link', { name: /今日の予定 1件.*終日 開庁記念日/ }).waitFor();
  await page.context().close();
});
