import { organization, person, setGuestTime, type Organization, type Person } from '@noroshi/features/directory';
import { incident, type Incident } from '@noroshi/features/incident';
import { openRoom, room, type Room } from '@noroshi/features/talk';
import { newId, type Id } from '@noroshi/foundations/kernel';
import { workspaceStream, type Deed, type Member } from '@noroshi/foundations/sync';
import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rooms } from '../apps/web/rooms.ts';
import { openBrowser } from './browser.ts';
import { openDemo } from './demo-house.ts';
import { enterAs } from './ehime-house.ts';
import { goes, held, looksRight, misfits, violations } from './looking.ts';

// Who comes from outside, from the side of those who ask them in and from their own.

const day = 24 * 3_600_000;
let browser: Browser;
let demo: Awaited<ReturnType<typeof openDemo>>;
beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), openDemo()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

const memory = () => demo.house.stair.memory;
const people = (): Person[] => memory().of(workspaceStream, person.noun).map(({ value }) => value as Person);
const does = async <I>(deed: Deed<I, any> & { deed: string }, input: I): Promise<void> => {
  const { org } = people().find(({ id }) => id === demo.cast.hanako)!;
  const id = newId(Date.now(), randomBytes(10));
  expect(await demo.house.stair.submit({ person: demo.cast.hanako, org, role: 'administrator' }, { id, name: deed.deed, input })).toMatchObject({ ok: true });
};
const streams = (who: Id): string[] => [...memory().sight(who).keys()];
const asDay = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);

describe('someone from outside', () => {
  it('C3c is asked in until a day, which stands where they are tended and in the rooms they sit in', async () => {
    const outside = memory().of(workspaceStream, organization.noun).find(({ value }) => (value as Organization).kind === 'outside')!.id;
    const page = await enterAs(browser, demo.address, demo.cast.hanako, { path: `/admin/people/new?org=${outside}` });
    const field = page.getByLabel('いつまで');
    expect(await field.inputValue()).toBe(asDay(Date.now() + 30 * day));
    await page.getByRole('textbox', { name: '氏名' }).fill('本田 凛');
    await field.fill('2020-01-01');
    await page.getByRole('button', { name: '加えて、招待に進む' }).click();
    await page.getByText('期限が過ぎた日になっています。').waitFor();
    expect(await page.getByRole('textbox', { name: '氏名' }).inputValue()).toBe('本田 凛');
    await field.fill(asDay(Date.now() + 14 * day));
    await looksRight(page, 'guest-new-phone');
    await page.getByRole('button', { name: '加えて、招待に進む' }).click();
    await page.getByRole('heading', { name: 'いつまで' }).waitFor();
    const rin = people().find(({ name }) => name === '本田 凛')!;
    expect(asDay(rin.until!)).toBe(asDay(Date.now() + 14 * day));
    await page.getByLabel('新しい期限').fill(asDay(Date.now() + 60 * day));
    await page.getByRole('button', { name: '期限を変える' }).click();
    await page.getByText('期限を変えました。').waitFor();
    expect(asDay(people().find(({ id }) => id === rin.id)!.until!)).toBe(asDay(Date.now() + 60 * day));
    await looksRight(page, 'guest-admin-phone');
    await does(setGuestTime, { id: demo.cast.mika, until: Date.now() + 20 * day });
    const asked = streams(demo.cast.mika)[0]!.slice('r:'.length);
    await page.goto(`${demo.address}/talk/${asked}/info`);
    const row = page.locator('.person', { hasText: '佐々木 美香' }).or(page.getByRole('listitem').filter({ hasText: '佐々木 美香' })).first();
    await row.getByText(/外部・\d+月\d+日.*まで/).waitFor();
    await looksRight(page, 'guest-room-phone');
    await page.context().close();
  });

  it('C3c is asked in from the room where one wants them: the form knows the room, and they sit there before they are invited; who may not is offered nothing', async () => {
    const asked = streams(demo.cast.mika)[0]!.slice('r:'.length) as Id;
    const page = await enterAs(browser, demo.address, demo.cast.hanako, { path: `/talk/${asked}/info` });
    await page.getByRole('link', { name: '外部の人を招く' }).click();
    await page.getByText(`「${(memory().get(room.noun, asked)!.value as Room).name}」に加え`).waitFor();
    await page.getByRole('textbox', { name: '氏名' }).fill('近藤 律');
    await looksRight(page, 'guest-for-room-phone');
    await page.getByRole('button', { name: '登録して、トークに加える' }).click();
    const sheet = page.getByRole('dialog');
    // From outside one reads what was said before only where somebody says so; who was entered stands first.
    expect(await sheet.getByRole('radio', { name: '読めないようにする' }).isChecked()).toBe(true);
    await expect.poll(() => sheet.getByRole('checkbox').first().isChecked()).toBe(true);
    await sheet.locator('label', { hasText: '近藤 律' }).first().waitFor();
    await looksRight(page, 'guest-enters-room-phone');
    await sheet.getByRole('button', { name: '1人を加える' }).click();
    // Their own page, where the invitation is made.
    await page.getByRole('heading', { name: '近藤 律' }).waitFor();
    const ritsu = people().find(({ name }) => name === '近藤 律')!;
    expect([new URL(page.url()).pathname, ritsu.role, streams(ritsu.id)]).toEqual([`/admin/people/${ritsu.id}`, 'guest', [`r:${asked}`]]);
    await page.context().close();
    // Taro tends a room of his own, and enters nobody from outside.
    const own = newId(Date.now(), randomBytes(10));
    const { org } = people().find(({ id }) => id === demo.cast.taro)!;
    expect(await demo.house.stair.submit({ person: demo.cast.taro, org, role: 'member' }, { id: newId(Date.now(), randomBytes(10)), name: openRoom.deed, input: { id: own, kind: 'purpose', name: '水の相談', short: '水', orgs: [], people: [demo.cast.hanako] } })).toMatchObject({ ok: true });
    const taro = await enterAs(browser, demo.address, demo.cast.taro, { path: `/talk/${own}/info` });
    await taro.getByRole('button', { name: '人を加える' }).waitFor();
    expect(await taro.getByRole('link', { name: '外部の人を招く' }).count()).toBe(0);
    await taro.context().close();
  });

  it('D1 sees the rooms they were asked into and nothing else on any screen of the house, follows every link, and is out when their time is over', async () => {
    const { mika } = demo.cast;
    const theirs = streams(mika);
    const met = new Set(theirs.flatMap((stream) => memory().of(stream, 'member').map(({ value }) => (value as Member).person)));
    const roomsOf = [...memory().streams.keys()].filter((stream) => !theirs.includes(stream)).flatMap((stream) => memory().of(stream, room.noun)).map(({ value }) => value as Room);
    // A name that is the same as one of their own room's, or as that of the organization of someone there, is no news to them.
    const own = theirs.flatMap((stream) => memory().of(stream, room.noun)).map(({ value }) => (value as Room).name);
    const orgs = new Set(people().filter(({ id }) => met.has(id)).map(({ org }) => org));
    const known = new Set([...own, ...memory().of(workspaceStream, organization.noun).map(({ value }) => value as Organization).filter(({ id }) => orgs.has(id)).map(({ name }) => name)]);
    const secret = [
      ...people().filter(({ id }) => !met.has(id)).map(({ name }) => name), ...people().filter(({ id }) => id !== mika).flatMap(({ phones }) => phones.map(({ number }) => number)),
      ...roomsOf.map(({ name }) => name).filter((name) => !known.has(name)), ...memory().of(workspaceStream, incident.noun).map(({ value }) => (value as Incident).name), '兵頭', '未回答 ', '不足 ',
    ];
    expect(secret.length).toBeGreaterThan(100);

    const page = await enterAs(browser, demo.address, mika);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.locator('main').getByText(own[0]!).first().waitFor();
    const paths = ['/', '/more', '/waiting', '/settings', '/chronology/write', '/damage/report', '/board/open', '/drills', '/drills/start', ...rooms.flatMap(({ pages = [] }) => pages.map(({ path }) => path))].map((path) => demo.pathOf(path));
    const told: string[] = [];
    const seen = new Set<string>();
    for (const queue = [...paths]; queue.length > 0;) {
      const path = queue.shift()!;
      if (seen.has(path)) continue;
      seen.add(path);
      await goes(page, path);
      const { text, links } = await page.evaluate(() => ({ text: `${document.title}\n${document.body.innerText}`, links: [...document.querySelectorAll('a[href^="/"]')].map((a) => a.getAttribute('href')!) }));
      told.push(...secret.filter((words) => text.includes(words)).map((words) => `${path}: ${words}`));
      queue.push(...links.filter((to) => !to.startsWith('/documents/') && !to.startsWith('/api/')));
    }
    expect(told).toEqual([]);
    expect(complaints).toEqual([]);
    expect(seen.size).toBeGreaterThan(60);
    // Nor does their device hold it.
    const here = await held(page, mika);
    expect([...new Set(here.map(({ stream }) => stream))].filter((stream) => !theirs.includes(stream))).toEqual([]);

    await page.goto(`${demo.address}/more`);
    await page.getByText(/\d+月\d+日.*まで使えます/).waitFor();
    expect([await misfits(page), await violations(page)]).toEqual([[], []]);
    await does(setGuestTime, { id: mika, until: Date.now() + 1_500 });
    await page.getByText(own[0]!).first().waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(async () => (await fetch('/api/account.me', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status)).toBe(401);
    await page.context().close();
  });
});
