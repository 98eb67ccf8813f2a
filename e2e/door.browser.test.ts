import type axe from 'axe-core';
import { mkdtemp, writeFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, patience } from './browser.ts';
import { bringAxe, looksRight } from './looking.ts';
import { openServer } from './server.ts';
import { openTalkHouse } from './talk-house.ts';

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
let real: Awaited<ReturnType<typeof openServer>>;
beforeAll(async () => {
  [browser, town, real] = await Promise.all([openBrowser(), openTalkHouse(), openServer()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
  await real?.close();
});

const violations = async (page: Page): Promise<string[]> => {
  await bringAxe(page);
  return page.evaluate(async () => {
    // What a bar at the foot covers for the moment is not small: it scrolls.
    const { violations: found } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
    return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' | ')}`);
  });
};
const spills = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const phone = async (at: string, settings = {}, first: () => void = () => {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.addInitScript((set) => localStorage.setItem('noroshi-settings', JSON.stringify(set)), settings);
  await page.addInitScript(first);
  await page.goto(at);
  return page;
};

/** How many pages of paper it takes to print what is shown. */
const pagesOf = async (page: Page): Promise<number> => (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g)!.length;

/** Chooses a file as people do; the same one again after mending it, too. */
const choose = async (page: Page, file: string): Promise<void> => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByLabel('CSVファイルを選ぶ').click();
  await (await chooser).setFiles(file);
};

describe('the door', () => {
  it('D1 lets one be anyone in the demo, with one press, in either language', async () => {
    const page = await phone(town.address);
    await page.getByRole('heading', { name: 'だれとして入りますか' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.locator('ul.cast').first().locator('li').count()).toBe(5);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Who do you want to be?' }).waitFor();
    await page.getByRole('searchbox').fill('人事');
    await page.getByRole('group').getByRole('button', { name: /向井 健/ }).waitFor();
    await page.getByRole('button', { name: /兵頭 太郎/ }).first().click();
    await page.getByRole('heading', { name: '西予市' }).or(page.getByText('兵頭 太郎')).first().waitFor();
    await page.context().close();
  });

  it('D2 asks for login and password outside the demo, and tells beside the field what is wrong', async () => {
    const page = await phone(real.address, { text: '200' });
    await page.getByRole('button', { name: '入る' }).click();
    await page.getByText('ログイン名を入れてください。').waitFor();
    await page.getByLabel('ログイン名').fill('nobody');
    await page.getByLabel('パスワード', { exact: true }).fill('wrong-password');
    await page.getByRole('button', { name: '入る' }).click();
    await page.getByText('ログイン名かパスワードが違います').waitFor();
    expect(await page.getByLabel('ログイン名').inputValue()).toBe('nobody');
    expect(await violations(page)).toEqual([]);
    expect(await spills(page)).toBe(0);
    await page.getByRole('button', { name: '表示' }).click();
    expect(await page.getByLabel('パスワード', { exact: true }).getAttribute('type')).toBe('text');
    await page.context().close();
  });

  it('D3 puts a phone on the line with three taps: the link, yes, begin', async () => {
    const hanako = await town.enter(browser, 'hanako', { path: `/admin/people/${town.actors.taro.person}`, desk: true });
    await hanako.getByRole('button', { name: '招待' }).first().click();
    const url = await hanako.locator('.url').textContent();
    expect(await hanako.getByRole('img', { name: '招待のリンクのQRコード' }).evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)).toBe(true);
    expect(await violations(hanako)).toEqual([]);
    // Whoever cannot read the code has an address to type and a number to call, on the same page of A4.
    await hanako.getByText('わからないときは、愛媛県 渡部 花子（電話 090-0000-0001）へ。').waitFor();
    expect(await pagesOf(hanako)).toBe(1);
    // A browser without windows says no to notifications for its owner, and the first step would lead on by itself; a phone's has not been asked yet.
    const taro = await phone(url!, {}, () => { Object.defineProperty(Notification, 'permission', { get: () => 'default' }); });
    await taro.getByText('兵頭 太郎 さん').waitFor();
    expect(await violations(taro)).toEqual([]);
    await taro.getByRole('button', { name: 'はい、私です' }).click();
    await taro.getByRole('button', { name: 'はじめる' }).click();
    // On a new device the first day begins; whoever has no time for it is at Home with a press for each step.
    await taro.getByRole('heading', { name: 'はじめの3ステップ' }).waitFor();
    for (const [step, later] of [['緊急のとき、お知らせしてもよいですか', 'あとでする'], ['狼煙のアイコンを画面に置きましょう', 'あとでする'], ['ひとこと、あいさつを送りましょう', 'あとにして、ホームへ']] as const) {
      await taro.getByRole('heading', { name: step }).waitFor();
      await taro.getByRole('button', { name: later }).click();
    }
    await taro.getByRole('heading', { name: '西予市' }).waitFor();
    expect(new URL(taro.url()).hash).toBe('');
    // The link is used up, and says so.
    const other = await phone(url!);
    await other.getByText('すでに使われています').waitFor();
    await other.context().close();
    // The phone stands among the devices.
    await taro.goto(`${town.address}/account/devices`);
    await taro.getByText('この端末', { exact: true }).waitFor();
    expect(await violations(taro)).toEqual([]);
    await taro.context().close();
    await hanako.context().close();
  });

  it('C6 whoever was never invited gets a paper by one press for all of them: each with a link of its own, a page each', async () => {
    const hanako = await town.enter(browser, 'hanako', { path: '/admin/people', desk: true });
    const { rows } = await town.house.stair.pool.query<{ n: number }>('select count(distinct person)::int as n from account_invitation where person is not null');
    await hanako.getByRole('radio', { name: 'まだ入っていない人' }).check();
    const all = hanako.getByRole('button', { name: /人の招待の紙をまとめて作る/ });
    const n = Number(/^(\d+)人/.exec((await all.textContent())!)![1]);
    await all.click();
    await hanako.getByRole('button', { name: '印刷する' }).waitFor();
    const links = await hanako.locator('.sheet-of-paper .url').allTextContents();
    expect(n).toBeGreaterThan(1);
    expect(new Set(links).size).toBe(n);
    expect(await pagesOf(hanako)).toBe(n);
    await looksRight(hanako, 'papers-desk');
    const made = await town.house.stair.pool.query<{ n: number }>('select count(distinct person)::int as n from account_invitation where person is not null');
    expect(made.rows[0]!.n - rows[0]!.n).toBe(n);
    // Put away, all of them are invited: nobody's link ends by a second press.
    await hanako.getByRole('button', { name: '閉じる' }).click();
    await hanako.getByText('招待中').first().waitFor();
    expect(await all.count()).toBe(0);
    await hanako.context().close();
  });
});

describe('another device', () => {
  it('C30 C34 comes in by the number that the first one shows, typed on any keyboard; both say so', async () => {
    const first = await town.enter(browser, 'ken', { path: '/account/devices' });
    await first.getByRole('button', { name: 'ほかの端末をつなぐ' }).click();
    const number = (await first.locator('.number').textContent())!;
    await looksRight(first, 'number-shown');
    const second = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' }).then((context) => context.newPage());
    // As outside the demo, where nobody chooses who to be.
    await second.route('**/api/demo.people', (route) => route.fulfill({ status: 404, json: { ok: false, code: 'command.unknown' } }));
    await second.goto(town.address);
    await second.getByRole('button', { name: 'ほかの端末の番号でつなぐ' }).click();
    const field = second.getByLabel('つなぐ番号');
    await field.fill('1234');
    await second.getByRole('button', { name: '入る', exact: true }).click();
    await second.getByText('8桁の数字を入れてください。').waitFor();
    await field.fill('00000000');
    await second.getByRole('button', { name: '入る', exact: true }).click();
    await second.getByText('番号が違うか、使える時間が過ぎています').waitFor();
    expect(await field.inputValue()).toBe('00000000');
    await looksRight(second, 'number-door');
    await field.fill(number.replaceAll(/[0-9]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)));
    await second.getByRole('button', { name: '入る', exact: true }).click();
    await second.locator('.tabs').waitFor();
    await first.getByText('つながりました').waitFor();
    for (const page of [first, second]) await page.context().close();
  });
});

describe('the address book', () => {
  it('A1 finds people without a network, by reading and by town, and offers the numbers to ring', async () => {
    const page = await town.enter(browser, 'ken', { installs: true, path: '/people' });
    await page.getByText('西予市').first().waitFor();
    await page.context().setOffline(true);
    await page.getByRole('searchbox').fill('せいよ ﾋｮｳﾄﾞｳ');
    await page.getByRole('link', { name: /兵頭 太郎/ }).waitFor();
    await page.getByRole('searchbox').fill('seiyo');
    expect(await page.getByRole('link', { name: /兵頭 太郎/ }).count()).toBe(1);
    await page.context().setOffline(false);
    await page.getByRole('link', { name: /兵頭 太郎/ }).click();
    expect(await page.getByRole('link', { name: /に電話する$/ }).getAttribute('href')).toBe('tel:090-0000-0001');
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('A2 lets everyone mend their own numbers, and tells beside the field what cannot be rung', async () => {
    const page = await town.enter(browser, 'ken', { path: `/people/${town.actors.ken.person}/edit` });
    await page.getByLabel('電話番号 1', { exact: true }).fill('12');
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText('「12」は電話番号として読めません').waitFor();
    await page.getByLabel('電話番号 1', { exact: true }).fill('０９０ー００００ー００４４');
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText('090-0000-0044').waitFor();
    await page.context().close();
  });

  it('A3 hands a post over, says beforehand what happens, and closes the door of who leaves', async () => {
    const hanako = await town.enter(browser, 'hanako', { path: `/admin/people/new?org=${town.orgs.saijo}`, desk: true });
    await hanako.getByLabel('氏名').fill('青野 圭');
    await hanako.getByRole('button', { name: '加えて、招待に進む' }).click();
    await hanako.getByRole('heading', { name: '青野 圭' }).waitFor();
    // Whoever is no guest sends as urgent, until it is taken from them: their card says so, and who took it.
    await hanako.getByText('「緊急」で送れます').waitFor();
    await hanako.getByRole('button', { name: '「緊急」で送れないようにする' }).click();
    await hanako.getByText('青野 圭さんは「緊急」で送れなくなります').waitFor();
    await hanako.getByRole('button', { name: '送れないようにする', exact: true }).click();
    await hanako.getByText('渡部 花子さんが外しました').waitFor();
    expect(await violations(hanako)).toEqual([]);
    await hanako.getByRole('button', { name: '「緊急」で送れるように戻す' }).click();
    await hanako.getByText('「緊急」で送れます').waitFor();
    await hanako.goto(`${town.address}/admin/posts?org=${town.orgs.saijo}`);
    await hanako.getByRole('button', { name: '引き継ぐ' }).click();
    await hanako.getByLabel('後任').selectOption({ label: '青野 圭（職なし）' });
    await hanako.getByText('越智 葵さんは、この職で入っていたトークから外れます。').waitFor();
    expect(await violations(hanako)).toEqual([]);
    await hanako.getByRole('button', { name: '青野 圭さんに引き継ぐ' }).click();
    await hanako.getByRole('link', { name: '青野 圭' }).waitFor();
    expect(town.house.stair.memory.sight(town.actors.aoi.person).has(`r:${town.groupC}`)).toBe(false);
    await hanako.context().close();
  });

  it('A4 takes a table in: first it tells what is wrong, then it does all of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'noroshi-table-'));
    const file = join(folder, 'people.csv');
    const page = await town.enter(browser, 'hanako', { path: '/admin/table', desk: true });
    await writeFile(file, '\uFEFF組織,氏名,携帯\r\n伊予市,岡田 詩織,9000000021\r\n伊予市,武田 憲司,12\r\n');
    await choose(page, file);
    await page.getByText('「12」は電話番号として読めません').waitFor();
    expect(await page.getByRole('button', { name: /人を取り込む/ }).count()).toBe(0);
    await writeFile(file, '\uFEFF組織,氏名,携帯\r\n伊予市,岡田 詩織,9000000021\r\n伊予市,武田 憲司,090-0000-0022\r\n');
    await choose(page, file);
    await page.getByRole('button', { name: '2人を取り込む' }).click();
    await page.getByText('取り込みました。').waitFor();
    expect(await violations(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'スマホの連絡先（vCard）' }).click();
    expect((await download).suggestedFilename()).toMatch(/^noroshi-.*\.vcf$/);
    await page.context().close();
    await rm(folder, { recursive: true });
  });
});
