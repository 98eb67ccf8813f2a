import { amendPost, openBoard, post, readBody, setCategories, type Post } from '@noroshi/features/board';
import { openIncident } from '@noroshi/features/incident';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { currentStay, hasRead, member as memberNoun, roomStream, type Doc, type Member } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { fresh, openEhime } from './ehime-house.ts';
import { keptHalfWritten, looksRight, shot } from './looking.ts';

const town = await openEhime();
const board = fresh();
const { stair } = town.house;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  const { hanako, taro, aoi } = town.cast;
  await town.does('hanako', openBoard, {
    id: board, name: '県からのお知らせ', short: '掲示', categories: [{ id: 'c1', name: 'お知らせ' }, { id: 'c2', name: '様式・手引' }],
    readers: { orgs: [taro.org, aoi.org], people: [] }, writers: { orgs: [hanako.org], people: [] },
  });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

const posts = (): Doc<Post>[] => stair.memory.of(roomStream(board), post.noun) as Doc<Post>[];
const titled = (title: string): Doc<Post> | undefined => posts().find(({ value }) => value.title === title);
/** A day from now, as a field for a time holds it at the prefecture's clock. */
const inHours = (hours: number): string => new Date(stair.now() + (9 + hours) * 3_600_000).toISOString().slice(0, 16);
/** Types as a Japanese keyboard does: the words are composed, and Enter only takes them. */
async function compose(page: Page, words: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: words, selectionStart: words.length, selectionEnd: words.length });
  await page.keyboard.press('Enter');
  await cdp.send('Input.insertText', { text: words });
}

it('C1 a notice is written with headings, lists and a file, loses nothing on the way, and is read by those it is for', async () => {
  const page = await town.enter(browser, 'hanako', { path: '/board', desk: true });
  await page.getByRole('link', { name: '書く' }).click();
  await page.getByRole('button', { name: '掲示する' }).click();
  // What is missing is said beside its field; nothing is sent.
  await page.getByText('件名を入れてください').waitFor();
  await page.getByText('本文を書いてください').waitFor();
  expect(posts()).toEqual([]);
  await page.getByRole('textbox', { name: '件名' }).focus();
  await compose(page, '罹災証明書の様式');
  expect(posts()).toEqual([]);
  await page.getByRole('combobox', { name: '分類' }).selectOption('様式・手引');
  const body = page.getByRole('textbox', { name: '本文' });
  await body.fill('同じ様式を使ってください。\n\n■ お願いすること\n1. **必ず**写真を送る\n2. https://example.jp を見る\n\n<img src=x onerror=alert(1)>');
  await keptHalfWritten(page, town.cast.hanako.person, 'お願いすること');
  await page.reload();
  await expect.poll(() => body.inputValue()).toContain('2. https://example.jp を見る');
  await page.getByText('見え方を確かめる').click();
  expect(await page.locator('.body-preview ol li').allInnerTexts()).toEqual(['必ず写真を送る', 'https://example.jp を見る']);
  // A mark is put in without knowing it: the line that is chosen becomes a heading.
  await body.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(0, 0));
  await page.getByRole('button', { name: '箇条書き' }).click();
  expect(await body.inputValue()).toMatch(/^・同じ様式/);
  const coming = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^ファイル/ }).click();
  await (await coming).setFiles({ name: '様式1.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') });
  await page.getByRole('dialog').getByRole('button', { name: '1件を加える' }).click();
  await page.getByText('様式1.pdf').first().waitFor();
  await page.getByRole('checkbox', { name: 'コメントを受け付ける' }).check();
  await looksRight(page, 'board-write-desk');
  await page.getByRole('button', { name: '掲示する' }).click();
  await page.getByRole('heading', { name: '罹災証明書の様式' }).waitFor();
  await until(() => titled('罹災証明書の様式') !== undefined, 'the notice to be there');
  // The words went first; the bytes follow from this device.
  await until(() => stair.memory.of(roomStream(board), storedFile.noun).some(({ value }) => (value as StoredFile).state === 'arrived'), 'the file to arrive', 20_000);
  await page.context().close();

  // In peacetime Home says that there is something to read.
  const taro = await town.enter(browser, 'taro');
  await taro.getByRole('link', { name: '未読の掲示 1件' }).click();
  await taro.getByRole('link', { name: /罹災証明書の様式/ }).click();
  const article = taro.getByRole('article');
  await article.getByRole('heading', { name: 'お願いすること' }).waitFor();
  expect([await article.locator('strong').innerText(), await article.locator('img').count(), await article.getByText('<img src=x').count()]).toEqual(['必ず', 0, 1]);
  expect(await article.getByRole('link', { name: 'https://example.jp' }).getAttribute('rel')).toBe('noopener noreferrer');
  await article.getByRole('link', { name: /様式1.pdf/ }).waitFor();
  await looksRight(taro, 'board-notice-phone');
  // Without a network he reads it, writes below it, and it goes out by itself.
  await taro.context().setOffline(true);
  await taro.getByRole('textbox', { name: 'コメントを書く' }).fill('様式は2枚ですか。');
  await taro.getByRole('button', { name: 'コメントを送る' }).click();
  await taro.locator('.notice-comments').getByText('送信待ち').waitFor();
  await taro.context().setOffline(false);
  await taro.locator('.notice-comments').getByText('送信待ち').waitFor({ state: 'detached' });
  // On paper stands the notice alone.
  await taro.emulateMedia({ media: 'print' });
  expect([await taro.locator('.tabs').isVisible(), await taro.getByRole('button', { name: 'コメントを送る' }).isVisible(), await taro.getByText('に印刷').isVisible()]).toEqual([false, false, true]);
  await shot(taro, 'board-print');
  await taro.context().close();

  // Who is no reader finds no board, and no notice under its address.
  const ken = await town.enter(browser, 'ken', { path: `/board/${board}/${titled('罹災証明書の様式')!.id}` });
  await ken.getByText('その掲示は見つかりません').waitFor();
  expect(await ken.getByText('罹災証明書').count()).toBe(0);
  await ken.context().close();
});

it('C2 a must-read stands on Home until it is answered; who has read it is told by name, the unread are told again', async () => {
  const page = await town.enter(browser, 'hanako', { path: `/board/write?board=${board}`, desk: true });
  await page.getByRole('textbox', { name: '件名' }).fill('説明会への参加');
  await page.getByRole('textbox', { name: '本文' }).fill('あすの説明会に参加できるか答えてください。');
  await page.getByRole('radio', { name: /要確認にする/ }).check();
  await page.getByRole('button', { name: /掲示して\d+人に知らせる/ }).click();
  await page.getByText('「いつまでに」が過ぎています').waitFor();
  await page.getByLabel('いつまでに').fill(inHours(6));
  await page.getByRole('textbox', { name: '回答のボタン' }).fill('参加／不参加');
  await page.getByRole('button', { name: /掲示して\d+人に知らせる/ }).click();
  await page.getByRole('heading', { name: '説明会への参加' }).waitFor();
  await page.getByRole('heading', { name: /既読 0\/\d+/ }).waitFor();

  const taro = await town.enter(browser, 'taro');
  const owed = taro.locator('.owe', { hasText: '説明会への参加' });
  await owed.waitFor();
  await owed.click();
  await taro.getByRole('heading', { name: '説明会への参加' }).waitFor();
  const { born } = titled('説明会への参加')!;
  const stream = stair.memory.streams.get(roomStream(board))!;
  const no = stair.memory.member(roomStream(board), town.cast.taro.person)!.no;
  // It was on the screen for a second: it is read, and what he has not opened is not.
  await until(async () => hasRead((await stair.marks.of(stream.no)).get(no), born), 'Taro to have read it');
  await taro.getByRole('button', { name: '参加', exact: true }).click();
  await taro.getByText('「参加」と回答しました').waitFor();
  await looksRight(taro, 'board-answered-phone');
  await taro.goto(town.address);
  await taro.locator('.owes, .empty').first().waitFor();
  await owed.waitFor({ state: 'detached' });
  await taro.context().close();

  await page.getByText('参加 1').waitFor();
  const all = (stair.memory.of(roomStream(board), memberNoun.noun) as Doc<Member>[]).filter(({ value }) => currentStay(value)).length - 1;
  await page.getByRole('heading', { name: `既読 1/${all}・未読 ${all - 1}` }).waitFor();
  const seiyo = page.locator('details', { hasText: '西予市' });
  await seiyo.locator('summary').click();
  await seiyo.getByText('兵頭 太郎').waitFor();
  await looksRight(page, 'board-readers-desk');
  await page.getByRole('button', { name: `未読の${all - 1}人にもう一度知らせる` }).click();
  await page.getByText('にもう一度知らせました（1回目）').waitFor();
  await until(() => titled('説明会への参加')!.value.reminded?.times === 1, 'the reminder to be heard');
  await page.context().close();
});

it('C1 what is planned is seen by its writers alone, can be put right, and stands on the board when its time has come', async () => {
  const page = await town.enter(browser, 'hanako', { path: `/board/write?board=${board}` });
  await page.getByRole('textbox', { name: '件名' }).fill('宿泊先の一覧');
  await page.getByRole('textbox', { name: '本文' }).fill('・西予市宇和町');
  await page.getByRole('radio', { name: /日時を決めて予約/ }).check();
  await page.getByLabel('掲示する日時').fill(inHours(2));
  await looksRight(page, 'board-plan-phone');
  await page.getByRole('button', { name: '予約する' }).click();
  await page.getByRole('heading', { name: '予約した掲示' }).waitFor();
  await page.getByRole('link', { name: /宿泊先の一覧/ }).click();
  await page.getByRole('textbox', { name: '件名' }).fill('応援職員の宿泊先');
  await page.getByRole('button', { name: '予約を直す' }).click();
  await page.getByText('応援職員の宿泊先').waitFor();
  await looksRight(page, 'board-phone');

  const taro = await town.enter(browser, 'taro', { path: '/board' });
  await taro.getByRole('link', { name: /説明会への参加/ }).waitFor();
  expect(await taro.getByText('応援職員の宿泊先').count()).toBe(0);
  town.passes(2 * 3_600_000 + 60_000);
  await taro.getByRole('link', { name: /応援職員の宿泊先/ }).waitFor();
  await page.getByRole('heading', { name: '予約した掲示' }).waitFor({ state: 'detached' });
  await taro.context().close();
  // With letters twice as large all of it still stands in one column.
  await page.evaluate(() => localStorage.setItem('noroshi-settings', JSON.stringify({ language: 'ja', text: '200', theme: 'dark', data: 'full' })));
  for (const [name, path] of [['list', '/board'], ['notice', `/board/${board}/${titled('説明会への参加')!.id}`], ['write', `/board/write?board=${board}`]] as const) {
    await page.goto(`${town.address}${path}`);
    await page.waitForFunction(() => document.documentElement.dataset['text'] === '200' && !document.querySelector('.loading') && document.querySelector('main .room, main h2, main form, main .field'));
    await looksRight(page, `board-200-${name}`);
  }
  await page.context().close();
});

it('C1 what the server did not take stays with its writer and is put right; what a colleague has changed meanwhile is not undone unseen', async () => {
  const page = await town.enter(browser, 'hanako', { path: `/board/write?board=${board}` });
  await page.getByRole('combobox', { name: '分類' }).selectOption('様式・手引');
  await page.getByRole('textbox', { name: '件名' }).fill('給水車の配置');
  await page.getByRole('textbox', { name: '本文' }).fill('・吉田町に2台\n・野村町に1台');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '保存（つながりしだい掲示）' }).click();
  await page.getByRole('article').getByText('送信待ち').waitFor();
  // Meanwhile that category goes.
  await town.does('hanako', setCategories, { board, categories: [{ id: 'c1', name: 'お知らせ' }] });
  await page.context().setOffline(false);
  await page.getByRole('link', { name: '戻る' }).click();
  await page.goto(`${town.address}/waiting`);
  await page.getByText('吉田町に2台').waitFor();
  await page.getByRole('link', { name: /直/ }).click();
  await page.waitForURL('**/board/write?again=*');
  expect(await page.getByRole('textbox', { name: '本文' }).inputValue()).toBe('・吉田町に2台\n・野村町に1台');
  // Whoever presses before the device has heard that the category is gone is refused once more.
  await page.getByRole('option', { name: '様式・手引' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '掲示する' }).click();
  await page.getByRole('heading', { name: '給水車の配置' }).waitFor();
  await until(() => titled('給水車の配置') !== undefined, 'it to be posted');
  // A draft of a change, and a colleague who posts one meanwhile.
  const { id, value } = titled('給水車の配置')!;
  await page.getByRole('link', { name: '直す（第2版）' }).click();
  await page.getByRole('textbox', { name: '本文' }).fill('・吉田町に3台');
  await keptHalfWritten(page, town.cast.hanako.person, '吉田町に3台');
  await town.does('hanako', amendPost, { board, post: id, sees: 1, title: value.title, category: 'c1', body: readBody('・宇和町に5台'), comments: false });
  await page.getByRole('button', { name: '第2版として掲示する' }).click();
  await page.getByText('ほかの人が先に第2版を出しました').waitFor();
  await page.reload();
  await page.getByRole('status').filter({ hasText: '宇和町に5台' }).waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: '本文' }).inputValue()).toBe('・吉田町に3台');
  await looksRight(page, 'board-newer-phone');
  await page.getByRole('button', { name: '第3版として掲示する' }).click();
  await until(() => titled('給水車の配置')!.value.rev === 3, 'the third version');
  await page.context().close();
});

it('B14 what belongs to a drill is marked where it is written, listed, owed and read', async () => {
  const drill = fresh();
  await town.does('hanako', openIncident, { id: drill, name: '防災訓練', kind: 'flood', drill: true, affected: [town.cast.taro.org] });
  const page = await town.enter(browser, 'hanako', { path: `/board/write?board=${board}` });
  await page.getByRole('combobox', { name: '災害' }).selectOption({ label: '【訓練】防災訓練' });
  await page.locator('.drillband').first().waitFor();
  await page.getByRole('textbox', { name: '件名' }).fill('参集の確認');
  await page.getByRole('textbox', { name: '本文' }).fill('参集できる人数を答えてください。');
  await page.getByRole('radio', { name: /要確認にする/ }).check();
  await page.getByLabel('いつまでに').fill(inHours(6));
  await looksRight(page, 'board-drill-phone');
  await page.getByRole('button', { name: /掲示して\d+人に知らせる/ }).click();
  await until(() => titled('参集の確認')?.value.drill === true, 'the notice of the drill');
  const taro = await town.enter(browser, 'taro');
  const owed = taro.locator('.owe', { hasText: '参集の確認' });
  await owed.getByText('訓練', { exact: true }).waitFor();
  await owed.click();
  await taro.locator('.drillband').first().waitFor();
  await taro.getByRole('heading', { name: '【訓練】県からのお知らせ' }).waitFor();
  await taro.getByRole('link', { name: '戻る' }).click();
  await taro.locator('.room', { hasText: '参集の確認' }).getByText('訓練', { exact: true }).waitFor();
  await taro.context().close();
  await page.context().close();
});

it('B16 an administrator lets a guest in to read, who then sees this board and nothing else, and sets the categories', async () => {
  const page = await town.enter(browser, 'hanako', { path: '/board', desk: true });
  await page.getByRole('link', { name: '掲示板の設定' }).click();
  await page.getByRole('textbox', { name: '分類' }).fill('お知らせ／給水');
  await page.getByRole('button', { name: '分類を保存' }).click();
  await page.getByRole('button', { name: '人を加える' }).click();
  await page.getByRole('checkbox', { name: /佐々木 美香/ }).check();
  await page.getByRole('button', { name: '1人を加える' }).click();
  await page.locator('.person', { hasText: '佐々木 美香' }).waitFor();
  await looksRight(page, 'board-settings-desk');
  const mika = await town.enter(browser, 'mika', { path: '/board' });
  await mika.getByRole('link', { name: /罹災証明書の様式/ }).waitFor();
  expect(await mika.getByRole('link', { name: '書く' }).count()).toBe(0);
  await looksRight(mika, 'board-guest-phone');
  await page.locator('.person', { hasText: '佐々木 美香' }).getByRole('button', { name: /外す/ }).click();
  await mika.getByText('まだ掲示板はありません').waitFor();
  await mika.context().close();
  await page.context().close();
});
