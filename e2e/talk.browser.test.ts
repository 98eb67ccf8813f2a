import { giveUrgent } from '@noroshi/features/directory';
import { amend, openRoom, removePerson, say, withdraw } from '@noroshi/features/talk';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { bringAxe } from './looking.ts';
import { field, fresh, message, openTalkHouse, write } from './talk-house.ts';

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openTalkHouse()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

const violations = async (page: Page): Promise<string[]> => {
  await bringAxe(page);
  return page.evaluate(async () => {
    const { violations: found } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    const head = document.querySelector('.main > .heads')?.getBoundingClientRect().bottom ?? 0;
    const foot = document.querySelector('.main > .foot')?.getBoundingClientRect().top ?? innerHeight;
    // What is just scrolling under the head or the composer is not a small target.
    const passing = (target: unknown): boolean => {
      const box = document.querySelector(String(target))?.getBoundingClientRect();
      return box !== undefined && ((box.top < head && box.bottom > head) || (box.top < foot && box.bottom > foot));
    };
    return found.flatMap((v) => {
      const nodes = v.nodes.filter((n) => v.id !== 'target-size' || !passing(n.target[0]));
      return nodes.length > 0 ? [`${v.id}: ${nodes.map((n) => n.html).slice(0, 3).join(' | ')}`] : [];
    });
  });
};
const spills = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('the talk in a browser', () => {
  it('shows who has read what, when it has been on a screen for a second, and names them', async () => {
    const taro = await town.enter(browser, 'taro');
    const aoi = await town.enter(browser, 'aoi', { desk: true, path: '/talk' });
    await write(taro, '野村町で浸水が始まりました');
    const mine = message(taro, '野村町で浸水');
    await mine.getByText('未読 3').waitFor();
    // Delivered to Aoi's device is not read: she has not opened the room.
    await aoi.locator('.list a.room', { hasText: 'グループC' }).getByText('未読 1件').waitFor();
    await aoi.locator('.list a.room', { hasText: 'グループC' }).click();
    await message(aoi, '野村町で浸水').waitFor();
    await mine.getByText('既読 1/3').waitFor();
    await mine.getByRole('button', { name: /既読/ }).click();
    const sheet = taro.getByRole('dialog');
    await sheet.getByText(/既読 \d\d:\d\d/).waitFor();
    expect(await sheet.locator('section').first().locator('.person b').allTextContents()).toEqual(['渡部 花子', '向井 健']);
    expect(await sheet.getByText('届いていない').count()).toBe(2);
    await sheet.getByRole('link', { name: '渡部 花子さんに電話 090-0000-0001' }).waitFor();
    expect((await violations(taro)).join('\n')).toBe('');
    await taro.context().close();
    await aoi.context().close();
  });

  it('says whom something urgent will reach, and takes an answer in one press', async () => {
    const taro = await town.enter(browser, 'taro');
    const aoi = await town.enter(browser, 'aoi', { path: '/' });
    await taro.getByRole('button', { name: '加える' }).click();
    await taro.getByRole('dialog').getByText('緊急にする').click();
    await field(taro).fill('屋根に避難している方がいます');
    await taro.getByRole('button', { name: '緊急で送る' }).first().click();
    const asking = taro.getByRole('dialog');
    for (const name of ['渡部 花子', '越智 葵', '向井 健']) await asking.getByRole('listitem').filter({ hasText: name }).waitFor();
    expect((await violations(taro)).join('\n')).toBe('');
    await asking.getByRole('button', { name: '緊急で3人に送る' }).click();
    // On Aoi's first screen: what she owes, answered without opening it.
    const owe = aoi.locator('.owe', { hasText: '屋根に避難' });
    await owe.getByRole('button', { name: '了解' }).click();
    await aoi.getByText('ありません ✓').waitFor();
    const notice = message(taro, '屋根に避難');
    await notice.getByText('未回答 2').waitFor();
    const ken = await town.enter(browser, 'ken', { desk: true });
    await message(ken, '屋根に避難').getByRole('button', { name: '検討中' }).click();
    await message(ken, '屋根に避難').getByText(/あなた 検討中/).waitFor();
    await message(ken, '屋根に避難').getByRole('button', { name: '回答を変える' }).click();
    await message(ken, '屋根に避難').getByRole('button', { name: '了解' }).click();
    await notice.getByText('了解 2').waitFor();
    // Where it is taken from him meanwhile, his words stay, and it says so before they are sent and where he looks for it.
    await taro.getByRole('button', { name: '加える' }).click();
    await taro.getByRole('dialog').getByText('緊急にする').click();
    await field(taro).fill('橋も落ちました');
    await town.does('hanako', giveUrgent, { id: town.actors.taro.person, given: false });
    await taro.getByText('「緊急」では送れません').waitFor();
    await taro.getByRole('button', { name: '緊急で送る' }).first().click();
    await taro.getByRole('alert').getByText('市町か県の管理者に頼んでください').waitFor();
    expect(await field(taro).inputValue()).toBe('橋も落ちました');
    await taro.getByRole('button', { name: '重要にする' }).click();
    await taro.getByRole('button', { name: '加える' }).click();
    await taro.getByRole('dialog').getByText('「緊急」では送れません').waitFor();
    expect(await taro.getByRole('dialog').getByText('緊急にする').count()).toBe(0);
    expect((await violations(taro)).join('\n')).toBe('');
    await town.does('hanako', giveUrgent, { id: town.actors.taro.person, given: true });
    await taro.getByRole('dialog').getByText('緊急にする').waitFor();
    await taro.keyboard.press('Escape');
    await field(taro).fill('');
    await taro.getByRole('button', { name: 'やめる' }).click();
    for (const page of [taro, aoi, ken]) await page.context().close();
  });

  it('says at once that there is no network, keeps an answer in its place until the server has it, and is back at once', async () => {
    const room = fresh();
    await town.does('taro', openRoom, { id: room, kind: 'purpose', name: '堤防の見回り', short: '堤', orgs: [], people: [town.actors.aoi.person, town.actors.ken.person] });
    const asked = await town.does('taro', say, { room, text: '堤防を見に行けますか', urgency: 'urgent' });
    const aoi = await town.enter(browser, 'aoi', { installs: true, path: '/' });
    const owe = aoi.locator('.owe', { hasText: '堤防を見に行けますか' });
    await owe.getByRole('button', { name: '了解' }).waitFor();
    await aoi.getByText('接続中', { exact: true }).waitFor();
    await aoi.context().setOffline(true);
    // Much sooner than a probe could notice.
    await aoi.getByText('圏外', { exact: true }).waitFor({ timeout: 2_000 });
    await aoi.getByText('圏外です。書いたものは端末に保存し、つながりしだい送ります。').waitFor({ timeout: 2_000 });
    await owe.getByRole('button', { name: '了解' }).click();
    await owe.getByText('仮・送信待ち').waitFor();
    expect(await owe.getByRole('button').count()).toBe(0);
    await aoi.getByText('送信待ち 1件').waitFor();
    expect((await violations(aoi)).join('\n')).toBe('');
    expect(town.house.stair.memory.get('message', asked)?.value).not.toHaveProperty('answers');
    await aoi.context().setOffline(false);
    await aoi.getByText('接続中', { exact: true }).waitFor({ timeout: 4_000 });
    await expect.poll(() => owe.count(), { timeout: 12_000 }).toBe(0);
    expect(town.house.stair.memory.get('message', asked)?.value).toHaveProperty('answers');
    await aoi.context().close();
  });

  it('shows who has read in two tabs on different rooms, live, and fetches older pages in both', async () => {
    const [near, far] = [fresh(), fresh()];
    await town.does('taro', openRoom, { id: near, kind: 'purpose', name: '道路の復旧', short: '復', orgs: [], people: [town.actors.aoi.person] });
    await town.does('taro', openRoom, { id: far, kind: 'purpose', name: '給水車の手配', short: '給', orgs: [], people: [town.actors.aoi.person] });
    for (let i = 1; i <= 130; i++) {
      if (i % 10 === 0) town.passes(60_000);
      await town.does('taro', say, { room: far, text: `給水 第${i}報` });
    }
    const first = await town.enter(browser, 'taro', { path: `/talk/${near}` });
    await field(first).waitFor();
    const second = await first.context().newPage();
    await second.goto(`${town.address}/`);
    // Only the first is on the line; the second says how it is, too.
    await second.getByText('接続中', { exact: true }).waitFor();
    await second.goto(`${town.address}/talk/${far}`);
    await field(second).waitFor();
    // Gone and come back, as one does.
    await second.goto(`${town.address}/`);
    await second.getByText('接続中', { exact: true }).waitFor();
    await second.goBack();
    await field(second).waitFor();
    await write(first, '近い部屋で');
    await write(second, '遠い部屋で');
    const here = message(first, '近い部屋で');
    const there = message(second, '遠い部屋で');
    await here.getByText('未読 1').waitFor();
    await there.getByText('未読 1').waitFor();
    const aoi = await town.enter(browser, 'aoi', { path: `/talk/${near}` });
    await here.getByText('全員既読').waitFor();
    await aoi.goto(`${town.address}/talk/${far}`);
    await aoi.getByRole('button', { name: '最新へ' }).click();
    await there.getByText('全員既読').waitFor();
    // The tab that is not on the line goes back beyond what this device holds.
    await second.evaluate(() => new Promise<void>((done) => {
      const step = (): void => {
        document.scrollingElement!.scrollTop -= 2_000;
        if ([...document.querySelectorAll('.said-row .bubble')].some((row) => row.textContent === '給水 第1報')) done();
        else requestAnimationFrame(step);
      };
      step();
    }));
    for (const page of [first, aoi]) await page.context().close();
  });

  it('mends, withdraws, adds a word and pins, each seen by all', async () => {
    const taro = await town.enter(browser, 'taro');
    const aoi = await town.enter(browser, 'aoi', { desk: true });
    const act = async (page: Page, text: string, what: string): Promise<void> => {
      await message(page, text).first().getByRole('button', { name: /操作/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: what, exact: true }).click();
    };
    await write(taro, '国道56号は通れます');
    await act(taro, '国道56号', '訂正する');
    await taro.getByRole('dialog').getByLabel('本文').fill('国道56号は内子まで通れます');
    await taro.getByRole('button', { name: '訂正を送る' }).click();
    await message(aoi, '国道56号は内子まで').getByText(/訂正/).waitFor();
    await act(aoi, '国道56号', '助かります');
    await message(taro, '国道56号').getByRole('button', { name: '助かります 1人：越智 葵' }).click();
    await message(aoi, '国道56号').getByRole('button', { name: /助かります 2人/ }).waitFor();
    await act(aoi, '国道56号', 'ピン留め');
    await aoi.getByRole('dialog').getByText('3日間').click();
    await aoi.locator('.side').getByText('国道56号は内子まで').waitFor();
    await act(aoi, '国道56号', '返信');
    await write(aoi, 'わかりました');
    await message(taro, 'わかりました').getByRole('button', { name: /兵頭 太郎 国道56号/ }).waitFor();
    await act(taro, '国道56号は内子まで通れます', '取り消す');
    expect((await violations(taro)).join('\n')).toBe('');
    await taro.getByRole('dialog').getByRole('button', { name: '取り消す' }).click();
    await aoi.getByText('西予市 兵頭 太郎さんが取り消しました。').waitFor();
    expect(await aoi.getByText('国道56号は内子まで').count()).toBe(0);
    for (const page of [taro, aoi]) await page.context().close();
  });

  it('opens the earlier words of a mended message, says so where there is no line, and nothing is left to open of what was withdrawn', async () => {
    const room = fresh();
    await town.does('taro', openRoom, { id: room, kind: 'purpose', name: '道路の状況', short: '道', orgs: [], people: [town.actors.aoi.person] });
    const id = await town.does('taro', say, { room, text: '国道197号は通れます https://example.jp/197' });
    await town.does('taro', amend, { room, message: id, text: '国道197号は\n通れません' });
    const page = await town.enter(browser, 'aoi', { installs: true, path: `/talk/${room}` });
    const mark = message(page, '国道197号').getByRole('button', { name: /^訂正 \d\d:\d\d：訂正前の本文を見る$/ });
    await mark.click();
    const sheet = page.getByRole('dialog');
    const versions = (): Promise<string[]> => sheet.locator('section').evaluateAll((all) => all.map((one) => (one as HTMLElement).innerText.replace(/\d\d:\d\d/g, '時刻').replace(/\s+/g, ' ').trim()));
    await sheet.getByText('国道197号は通れます').waitFor();
    expect(await versions()).toEqual(['最初の本文 時刻 国道197号は通れます https://example.jp/197', 'いまの本文 時刻から 国道197号は 通れません']);
    expect((await violations(page)).join('\n')).toBe('');
    // Mended while it is looked at.
    await town.does('taro', amend, { room, message: id, text: '国道197号は片側だけ通れます' });
    await sheet.getByText('国道197号は片側だけ通れます').waitFor();
    expect(await versions()).toEqual(['最初の本文 時刻 国道197号は通れます https://example.jp/197', '訂正後の本文 時刻 国道197号は 通れません', 'いまの本文 時刻から 国道197号は片側だけ通れます']);
    await town.does('taro', withdraw, { room, message: id });
    await expect.poll(() => sheet.count(), { timeout: 12_000 }).toBe(0);
    await page.getByText('兵頭 太郎さんが取り消しました').waitFor();
    expect(await page.getByText('国道197号').count()).toBe(0);
    expect(await mark.count()).toBe(0);
    const second = await town.does('aoi', say, { room, text: '迂回路があります' });
    await town.does('aoi', amend, { room, message: second, text: '迂回路はありません' });
    await message(page, '迂回路はありません').waitFor();
    await page.context().setOffline(true);
    await message(page, '迂回路').getByRole('button', { name: /訂正前の本文を見る/ }).click();
    // Gone quietly or known at once: either way nothing is shown that is not known, and it comes with the line.
    await sheet.getByText('圏外です。訂正前の本文は端末にないので、つながると表示します。').waitFor({ timeout: 30_000 });
    await page.context().setOffline(false);
    await sheet.getByText('迂回路があります').waitFor({ timeout: 30_000 });
    await page.context().close();
  });

  it('looks everywhere for what was looked for without a line, as soon as there is one', async () => {
    const room = fresh();
    await town.does('taro', openRoom, { id: room, kind: 'purpose', name: '橋の点検', short: '橋', orgs: [], people: [town.actors.aoi.person] });
    // Older than what a new device holds.
    await town.does('taro', say, { room, text: '宇和川橋の橋脚にひび' });
    for (let i = 0; i < 60; i++) await town.does('taro', say, { room, text: `点検 ${i}` });
    const page = await town.enter(browser, 'aoi', { installs: true, path: '/search' });
    await page.getByLabel('キーワード').waitFor();
    await page.context().setOffline(true);
    await page.getByLabel('キーワード').fill('橋脚にひび');
    await page.getByText('圏外のため、この端末にある分だけをさがしました（0件）').waitFor();
    await page.context().setOffline(false);
    await page.locator('a.room', { hasText: '宇和川橋の橋脚にひび' }).waitFor();
    await page.context().close();
  });

  it('opens a room for a purpose and a talk of two, says who is from outside, and closes the door behind who is taken out', async () => {
    const page = await town.enter(browser, 'aoi', { path: '/talk' });
    await page.getByRole('link', { name: '新しいトーク' }).click();
    await page.getByLabel('トークの名前').fill('断水の対応');
    await page.getByLabel(/佐々木 美香/).check();
    await page.getByLabel(/向井 健/).check();
    expect((await violations(page)).join('\n')).toBe('');
    await page.getByRole('button', { name: '3人のトークを開く' }).click();
    await page.getByText('外部の人がいます：佐々木 美香（広島県）').waitFor();
    const room = page.url().split('/talk/')[1]!;
    const mika = await town.enter(browser, 'mika', { path: `/talk/${room}` });
    await write(mika, '広島県です。給水車を出せます');
    await message(page, '給水車を出せます').getByText('外部').waitFor();
    await mika.getByRole('button', { name: '加える' }).click();
    expect(await mika.getByRole('dialog').getByText('緊急にする').count()).toBe(0);
    await mika.keyboard.press('Escape');
    await page.getByRole('link', { name: '参加者・設定' }).click();
    expect((await violations(page)).join('\n')).toBe('');
    await town.does('aoi', removePerson, { room, person: town.actors.mika.person });
    await mika.getByText('このトークは見つかりません').waitFor();
    await page.goto(`${town.address}/talk/new?person=${town.actors.ken.person}`);
    await page.getByRole('button', { name: 'トークを開く' }).click();
    await page.getByRole('heading', { name: '向井 健' }).waitFor();
    for (const one of [page, mika]) await one.context().close();
  });

  it('goes to the newest when one asks for it, also while pages around where one stands are still coming in', async () => {
    const room = fresh();
    await town.does('taro', openRoom, { id: room, kind: 'purpose', name: '避難所の記録', short: '避', orgs: [], people: [town.actors.aoi.person] });
    for (let i = 1; i <= 130; i++) {
      if (i % 10 === 0) town.passes(60_000);
      await town.does('taro', say, { room, text: `避難所 第${i}報` });
    }
    for (const moved of [0, 200, -300]) {
      // A new device, which holds the newest fifty and begins at the first of them.
      const page = await town.enter(browser, 'aoi', { path: `/talk/${room}` });
      await page.getByText('ここから未読').waitFor();
      const newest = page.getByRole('button', { name: '最新へ' });
      await newest.waitFor();
      // In the same breath: the list is moved, so that it fetches, and the button is pressed.
      await newest.evaluate((button, by) => new Promise<void>((done) => {
        document.scrollingElement!.scrollTop += by;
        requestAnimationFrame(() => setTimeout(() => {
          (button as HTMLElement).click();
          done();
        }));
      }), moved);
      await message(page, '避難所 第130報').waitFor();
      const belowEnd = (): Promise<number> => page.evaluate(() => {
        const last = [...document.querySelectorAll('.said-row')].at(-1)!;
        return Math.round(last.getBoundingClientRect().bottom - document.querySelector('.main > .foot')!.getBoundingClientRect().top);
      });
      await expect.poll(belowEnd, { timeout: 5_000, message: `moved by ${moved}` }).toBeLessThanOrEqual(1);
      await page.context().close();
    }
  });

  it('keeps what is under a finger where it is until it is lifted, then goes on to what came in meanwhile', async () => {
    const room = fresh();
    await town.does('hanako', openRoom, { id: room, kind: 'purpose', name: '避難所の連絡', short: '避', orgs: [], people: [town.actors.aoi.person] });
    for (let i = 1; i <= 20; i++) await town.does('hanako', say, { room, text: `避難所 第${i}報` });
    await town.does('hanako', say, { room, text: '水が足りません', urgency: 'urgent' });
    const page = await town.enter(browser, 'aoi', { path: `/talk/${room}` });
    await page.getByText('ここから未読').waitFor();
    await page.getByRole('button', { name: '最新へ' }).click();
    const asked = message(page, '水が足りません').getByRole('button', { name: '了解' });
    const box = await asked.boundingBox();
    await page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height / 2);
    await page.mouse.down();
    for (const n of [1, 2, 3]) await town.does('hanako', say, { room, text: `給水車 第${n}報` });
    await message(page, '給水車 第3報').waitFor({ state: 'attached' });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    expect(await asked.boundingBox()).toEqual(box);
    await page.mouse.up();
    await message(page, '水が足りません').getByText(/あなた 了解/).waitFor();
    const below = (): Promise<number> => page.evaluate(() => [...document.querySelectorAll('.said-row')].at(-1)!.getBoundingClientRect().bottom - document.querySelector('.main > .foot')!.getBoundingClientRect().top);
    await expect.poll(below, { timeout: 5_000 }).toBeLessThanOrEqual(1);
    await page.context().close();
  });

  it('T35 shows on a new phone what waits for an answer, however much was said since', async () => {
    await town.does('hanako', say, { room: town.groupC, text: '避難所の人数を至急ください', urgency: 'urgent' });
    town.passes(120_000);
    for (let i = 0; i < 60; i++) await town.does('ken', say, { room: town.groupC, text: `あとの話 ${i + 1}` });
    const aoi = await town.enter(browser, 'aoi', { path: '/' });
    await aoi.locator('.owe, .owe-row', { hasText: '避難所の人数を至急ください' }).first().waitFor();
    await aoi.context().close();
  });

  it('has no accessibility violation and no sideways scroll, in both languages, light and dark, at twice the text', async () => {
    for (const how of [{ language: 'ja' }, { language: 'en', theme: 'dark' }, { language: 'ja', desk: true }, { language: 'en', text: '200' }] as const) {
      for (const path of [undefined, '/talk', `/talk/${town.groupC}/info`]) {
        const page = await town.enter(browser, 'ken', { ...how, ...(path ? { path } : {}) });
        await page.locator(path ? 'h1' : '.said-row').first().waitFor();
        expect((await violations(page)).join('\n'), JSON.stringify([how, path])).toBe('');
        expect(await spills(page), JSON.stringify([how, path])).toBe(0);
        await page.context().close();
      }
    }
  });
});
