import { addPerson } from '@noroshi/features/directory';
import { message } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyOf, ThinLine, type Heard } from '../bench/thin-line.ts';
import { openBrowser } from './browser.ts';
import { killableServer } from './killable-server.ts';
import { held } from './looking.ts';
import { fresh, openTalkHouse, type CastName } from './talk-house.ts';

// "Everyone comes back at once": the network of a whole prefecture is gone for a while. Four have the application open and
// write on; a hundred and fifty more hold the same talk on devices reduced to their wire. Fifty messages pass, power fails at
// the server, and then all are there again at the same moment.

const crowd = 150;
const passed = 50;

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
let server: Awaited<ReturnType<typeof killableServer>>;
/** Sessions of the crowd. */
const cookies: string[] = [];
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openTalkHouse({ demo: false })]);
  const people = Array.from({ length: crowd }, fresh);
  for (const [i, id] of people.entries()) await town.does('system', addPerson, { id, org: town.orgs.saijo, name: `職員 ${i + 1}`, kana: 'しょくいん', role: 'member', phones: [], post: { id: fresh(), title: '危機管理課', duty: 'disaster', rank: 60 } });
  server = await killableServer(town);
  for (const id of people) cookies.push(await letsIn(id));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await town?.close();
});

/** Somebody's session, by a one-time link. */
async function letsIn(id: Id): Promise<string> {
  const answer = await fetch(`${server.address}/api/account.acceptInvitation`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token: await town.house.accounts.linkFor(id) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}

/** What one of the crowd has heard of the talk, in the order in which it came. */
interface Device { line: ThinLine; readonly heard: Id[]; doubled: number; put: number }

const row = (page: Page, text: string) => page.locator('.said-row', { hasText: text });
const write = async (page: Page, text: string): Promise<void> => {
  await page.locator('.composer textarea').fill(text);
  await page.locator('.composer textarea').press('Control+Enter');
  await row(page, text).first().waitFor();
};
const messages = async (): Promise<{ id: Id; born: number; text: string }[]> => (await town.house.stair.pool.query<{ id: Id; born: string; text: string }>("select id, born, value->>'text' as text from noun where noun = 'message' order by born")).rows.map((one) => ({ ...one, born: Number(one.born) }));

/** Opens the line of one of the crowd, on what it held before. */
async function opens(cookie: string, before?: Device): Promise<Device> {
  const { port } = new URL(server.address);
  const device: Device = { line: undefined!, heard: before?.heard ?? [], doubled: before?.doubled ?? 0, put: before?.put ?? 0 };
  const talk = (): number => device.line.streams.get(roomStream(town.groupC))!;
  const heard: Heard = {
    event(_line, stream, _seq, id, again) {
      if (stream !== talk()) return;
      if (again) device.doubled += 1;
      else device.heard.push(keyOf(id));
    },
    later: () => { device.put += 1; },
  };
  device.line = await ThinLine.open({ port: Number(port), cookie, heard });
  if (before) device.line.inherit(before.line);
  await device.line.greet();
  return device;
}

describe('everyone comes back at once', () => {
  it('none is turned away, nothing is lost or doubled, each has one order, and who speaks meanwhile is heard', async () => {
    const cast: readonly CastName[] = ['taro', 'aoi', 'ken', 'hanako'];
    const pages = await Promise.all(cast.map(async (who): Promise<[CastName, Page]> => [who, await town.enter(browser, who, { at: server.address })]));
    await write(pages[0]![1], '回線が切れる前');
    for (const [, page] of pages) await row(page, '回線が切れる前').waitFor();
    const devices = await Promise.all(cookies.map((cookie) => opens(cookie)));

    // The network goes. Only one at the prefecture's HQ still has a line, and goes on telling.
    const [last, ...away] = devices as [Device, ...Device[]];
    for (const { line } of away) line.drop();
    for (const [, page] of pages) await page.context().setOffline(true);
    const answered = new Set<string>();
    last.line.heard = { ...last.line.heard, answer: (_line, id, done, code) => answered.add(done ? keyOf(id) : code!) };
    for (let k = 0; k < passed; k++) last.line.command('talk.say', { room: town.groupC, text: `本部から第${k + 1}報` });
    await until(() => answered.size === passed, 'all fifty to be acknowledged', 30_000);
    // And the four write on: it lies on their devices.
    const own = cast.flatMap((who) => [1, 2, 3].map((k) => `${who}: 圏外で書いた ${k}`));
    for (const [who, page] of pages) {
      for (const text of own.filter((one) => one.startsWith(who))) await write(page, text);
      await page.getByText('端末に保存').first().waitFor();
    }
    expect((await messages()).map(({ text }) => text)).toEqual(['回線が切れる前', ...Array.from({ length: passed }, (_, k) => `本部から第${k + 1}報`)]);

    await server.kill();
    await server.start();
    const began = performance.now();
    const back = devices.map((device, i) => opens(cookies[i]!, device));
    await Promise.all(pages.map(([, page]) => page.context().setOffline(false)));
    // One who has only just come back has something to say, and it is not held up by the others.
    const taro = pages[0]![1];
    await write(taro, 'taro: いま戻りました');
    const saidAt = performance.now();
    await row(pages[3]![1], 'taro: いま戻りました').waitFor({ timeout: 20_000 });
    const heardAfter = performance.now() - saidAt;
    // None was turned away at the door: each of these throws for whoever was.
    const lines = await Promise.all(back);

    const expected = [...own, 'taro: いま戻りました'];
    await until(async () => (await messages()).length === 1 + passed + expected.length, 'all that was written to be heard', 30_000);
    const all = await messages();
    const wordsOf = (who: CastName, some: readonly string[]): string[] => some.filter((text) => text.startsWith(`${who}:`));
    for (const who of cast) expect(wordsOf(who, all.map(({ text }) => text))).toEqual(wordsOf(who, expected));
    const order = all.map(({ id }) => id);
    for (const device of lines) {
      await until(() => device.heard.length >= order.length - 1, 'everyone of the crowd to have all of it', 30_000);
      // They came after the first of them was said.
      expect(device.heard).toEqual(order.slice(1));
      expect(device).toMatchObject({ doubled: 0, put: 0 });
    }
    const crowdAfter = performance.now() - began;
    for (const [who, page] of pages) {
      await until(async () => (await held(page, town.actors[who].person, [message.noun])).length === order.length, `${who} to have all of it`, 30_000);
      expect((await held(page, town.actors[who].person, [message.noun])).toSorted((a, b) => a.born - b.born).map(({ id }) => id)).toEqual(order);
      // And on the screen nothing of theirs waits any more, and the last words are the last that are shown.
      await page.getByText('端末に保存').first().waitFor({ state: 'detached', timeout: 20_000 });
      await row(page, all.at(-1)!.text).last().waitFor();
    }
    console.info(`${crowd} lines had all of it ${(crowdAfter / 1000).toFixed(1)} s after they came back, four browsers after ${((performance.now() - began) / 1000).toFixed(1)} s; what was said meanwhile was on another screen after ${Math.round(heardAfter)} ms`);
    for (const { line } of lines) line.drop();
    for (const [, page] of pages) await page.context().close();
  });
});
