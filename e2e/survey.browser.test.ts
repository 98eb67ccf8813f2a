import { openIncident } from '@noroshi/features/incident';
import { answer, answerId, ask, placeStream, quickAt, sheet, type Answer, type Sheet } from '@noroshi/features/survey';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { enterAs, fresh, openEhime } from './ehime-house.ts';
import { pressOn, typeIn } from './keys.ts';
import { keptHalfWritten, looksRight, shot } from './looking.ts';

const town = await openEhime();
const { stair } = town.house;
const { taro, hanako } = town.cast;
const flood = fresh();
const photograph = join(import.meta.dirname, '../apps/server/demo/photos/flood.jpg');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  await town.does('hanako', openIncident, { id: flood, name: '7月豪雨', kind: 'flood', drill: false, affected: [taro.org] });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

const sheets = (org: string): Doc<Sheet>[] => stair.memory.of(placeStream(org), sheet.noun) as Doc<Sheet>[];
const saidBy = (org: string, person: string): Answer | undefined => stair.memory.get(answer.noun, answerId(sheets(org).at(-1)!.id, person))?.value as Answer | undefined;
/** The same page on a telephone, in both grounds. */
async function atPhone(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  for (const theme of ['light', 'dark']) {
    await page.evaluate((wanted) => { document.documentElement.dataset['theme'] = wanted; }, theme);
    await shot(page, `${name}-${theme}`);
  }
  await page.evaluate(() => { delete document.documentElement.dataset['theme']; });
  await page.setViewportSize(before);
}
/** Types as a Japanese keyboard does: the words are composed, and Enter only takes them. */
async function compose(page: Page, words: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: words, selectionStart: words.length, selectionEnd: words.length });
  await page.keyboard.press('Enter');
  await cdp.send('Input.insertText', { text: words });
}

it('C2 headquarters asks with two presses; an answer is one press, also without a line; every number opens its names', async () => {
  const desk = await town.enter(browser, 'hanako', { desk: true });
  // It stands on Home that nobody has been asked; how one press asks where a disaster is opened stands in `who-can-come`.
  await desk.getByRole('link', { name: /「7月豪雨」職員の安否・参集をまだ確認していません/ }).click();
  await desk.getByRole('radio', { name: /被災した市町と県の職員/ }).waitFor();
  await looksRight(desk, 'survey-ask-desk');
  const asks = desk.getByRole('button', { name: /^2機関の\d+人に聞く$/ });
  const said = Number(/の(\d+)人/.exec(await asks.innerText())![1]);
  await asks.click();
  await desk.getByRole('heading', { name: '安否・参集の確認' }).waitFor();
  await until(() => sheets(taro.org).length === 1 && sheets(hanako.org).length === 1, 'both to be asked');
  await desk.getByRole('region', { name: '機関ごと', exact: true }).waitFor();
  const asked = await desk.getByText(/回答 0\/\d+人/).innerText();
  const of = Number(/0\/(\d+)/.exec(asked)![1]);
  // As many were asked as the button had said.
  expect(of).toBe(said);

  // Taro answers on Home, by one press, while there is no line: it stands there as what waits.
  const phone = await town.enter(browser, 'taro');
  const owed = phone.locator('.owe', { hasText: '安否・参集の確認' });
  await owed.waitFor();
  await shot(phone, 'survey-home-phone');
  await phone.context().setOffline(true);
  await pressOn(phone, owed.getByRole('button', { name: '無事・参集できる' }));
  await owed.getByRole('button', { name: '無事・参集できる' }).waitFor({ state: 'detached' });
  expect(saidBy(taro.org, taro.person)).toBeUndefined();
  await phone.context().setOffline(false);
  await until(() => saidBy(taro.org, taro.person) !== undefined, 'the answer to be heard');
  expect(saidBy(taro.org, taro.person)!.said.map(({ values }) => values)).toEqual([{ state: 'fine', come: 'yes' }]);
  await desk.getByText(`回答 1/${of}人`).waitFor();

  // Then in detail: what is half written stays, Enter while composing sends nothing.
  const survey = sheets(taro.org)[0]!.value.survey;
  await phone.goto(`${town.address}/survey/${survey}`);
  await phone.getByRole('link', { name: '回答を変える' }).click();
  await phone.getByRole('radio', { name: '軽傷' }).check();
  await phone.getByRole('radio', { name: '1時間以内に来られる' }).check();
  await phone.getByRole('textbox', { name: /ひとこと/ }).focus();
  await compose(phone, '腕を切りました');
  expect(saidBy(taro.org, taro.person)!.said.length).toBe(1);
  await keptHalfWritten(phone, taro.person, '腕を切りました');
  await phone.reload();
  await phone.getByRole('textbox', { name: /ひとこと/ }).waitFor();
  await expect.poll(() => phone.getByRole('textbox', { name: /ひとこと/ }).inputValue(), { timeout: 10_000 }).toContain('腕を切りました');
  await looksRight(phone, 'survey-answer-phone');
  await phone.getByRole('button', { name: '回答を送る' }).click();
  await phone.getByText('に答えました').waitFor();
  await until(() => saidBy(taro.org, taro.person)!.said.length === 2, 'the change to be heard');
  await looksRight(phone, 'survey-answered-phone');
  await phone.context().close();

  // The desk sees it live; the number opens the name, with the time by which he is there.
  const line = (label: string | RegExp) => desk.locator('.survey-bars details', { has: desk.locator('summary', { hasText: label }) }).first();
  const within = line(/\d\d:\d\dまで/);
  await within.locator('summary').click();
  await within.getByText('兵頭 太郎').waitFor();
  await within.getByText(/軽傷/).waitFor();
  await within.getByText(/ごろまでに到着/).waitFor();
  // A colleague said it by telephone: who entered it is kept.
  await line('未回答').locator('summary').click();
  const silent = desk.locator('.survey-bars details[open] .person', { has: desk.getByRole('link', { name: '代わりに入れる' }) }).first();
  const name = await silent.locator('b').first().innerText();
  await looksRight(desk, 'survey-results-desk');
  await silent.getByRole('link', { name: '代わりに入れる' }).click();
  await desk.getByText(`${name}さんから聞いた答えを入れます`).waitFor();
  await desk.getByRole('button', { name: '回答を送る' }).click();
  await desk.getByText('答えていない問いが2つあります').waitFor();
  await desk.getByRole('radio', { name: '無事', exact: true }).check();
  await desk.getByRole('radio', { name: '来られない' }).check();
  await desk.getByRole('button', { name: '回答を送る' }).click();
  await desk.getByText(`回答 2/${of}人`).waitFor();
  // Whoever asks is asked too: the next hours stand there, each one press.
  await desk.getByRole('button', { name: '無事・時刻を選んで参集' }).click();
  const hours = desk.getByRole('group', { name: /何時頃に来られますか/ });
  await looksRight(desk, 'survey-hours-desk');
  if (process.env['SHOTS']) await atPhone(desk, 'survey-hours-phone');
  await hours.getByRole('button').nth(3).click();
  await until(() => saidBy(hanako.org, hanako.person) !== undefined, 'the hour to be heard');
  expect(saidBy(hanako.org, hanako.person)!.said[0]!.values).toEqual(quickAt(expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:00$/)));
  await desk.getByText(`回答 3/${of}人`).waitFor();

  const coming = desk.waitForEvent('download');
  await desk.getByRole('button', { name: 'CSV（表）' }).click();
  const csv = await readFile((await (await coming).path())!, 'utf8');
  expect(csv).toMatch(/兵頭 太郎,[^\n]*回答,[^\n]*軽傷,[^\n]*1時間以内に来られる[^\n]*腕を切りました/);
  expect(csv.match(/未回答/g)!.length).toBeGreaterThan(of - 2);
  await desk.context().close();

  // Who was not asked and leads nobody finds nothing, under the same address.
  const ken = await town.enter(browser, 'ken', { path: `/survey/${survey}` });
  await ken.getByText('その確認・アンケートは見つかりません').waitFor();
  expect([await ken.getByText('兵頭').count(), stair.memory.maySee(town.cast.ken.person, roomStream(sheets(taro.org)[0]!.stream.slice(2)))]).toEqual([0, undefined]);
  await ken.context().close();
});

it('C1 a place and a photograph are answers: where the device is not told its place it says what to do, and headquarters sees the picture', async () => {
  const form = [{ id: 'where', kind: 'place' as const, title: '避難所の場所', required: 1 as const }, { id: 'photo', kind: 'photo' as const, title: '入口の写真', required: 1 as const }];
  const survey = await town.does('hanako', ask, { kind: 'form', orgs: [taro.org], title: '避難所の写真', questions: form });
  const phone = await town.enter(browser, 'taro', { path: `/survey/${survey}/answer` });
  // All that is not granted is refused.
  await phone.context().grantPermissions([], { origin: town.address });
  await phone.getByRole('button', { name: 'いまいる場所を使う' }).click();
  await phone.getByText('場所の名前だけでも送れます').waitFor();
  await phone.getByRole('textbox', { name: '避難所の場所' }).fill('野村小学校');
  const choosing = phone.waitForEvent('filechooser');
  await phone.getByRole('button', { name: '写真を撮る・選ぶ' }).click();
  await (await choosing).setFiles([photograph]);
  await phone.getByRole('dialog', { name: '送るもの' }).getByRole('button', { name: '1件を加える' }).click();
  await phone.getByRole('dialog').waitFor({ state: 'detached' });
  await looksRight(phone, 'survey-photo-phone');
  await phone.getByRole('button', { name: '回答を送る' }).click();
  await phone.getByText('に答えました').waitFor();
  const said = await until(() => saidBy(taro.org, taro.person), 'the answer to be heard');
  expect(said.said[0]).toMatchObject({ values: { where: '野村小学校', photo: [said.said[0]!.files![0]!.file] } });
  // Another of headquarters has none of it on her device until she opens it; then all of it stands there.
  const other = town.actors.get('ehime/desk')!;
  expect(stair.memory.maySee(other.person, placeStream(taro.org))).toBeUndefined();
  const desk = await enterAs(browser, town.address, other.person, { desk: true, path: '/survey' });
  const row = desk.getByRole('link', { name: /避難所の写真/ });
  await row.getByText('開くと回答が届きます').waitFor();
  await looksRight(desk, 'survey-list-looks-desk');
  await row.click();
  await desk.locator('details', { has: desk.locator('.survey-photo') }).locator('summary').click();
  const picture = desk.locator('.survey-photo img');
  await picture.waitFor();
  // The bytes come behind the words, and it is the picture itself that stands there.
  await expect.poll(() => picture.evaluate((one: HTMLImageElement) => one.src.includes('/files/') && one.complete && one.naturalWidth > 0)).toBe(true);
  await looksRight(desk, 'survey-photo-desk');
  for (const page of [phone, desk]) await page.context().close();
});

it('C1 C3 on the desk a branching anonymous form is made from a template, with the keyboard; it is answered by keys alone, and nothing is told of one answer', async () => {
  const desk = await town.enter(browser, 'hanako', { desk: true, path: '/survey/new' });
  await desk.getByRole('button', { name: /訓練のふりかえり/ }).waitFor();
  await looksRight(desk, 'survey-new-desk');
  await desk.getByRole('button', { name: /訓練のふりかえり/ }).click();
  await desk.getByRole('textbox', { name: 'アンケートの題名' }).fill('7月豪雨のふりかえり');
  // A question more, asked only of those who had trouble; it is moved to where it belongs by the keyboard.
  await desk.getByRole('button', { name: '文で答える' }).click();
  // One goes on by writing it.
  await desk.keyboard.insertText('いちばん困ったことを書いてください');
  expect(await desk.getByRole('textbox', { name: '問いの文' }).inputValue()).toBe('いちばん困ったことを書いてください');
  await desk.getByRole('combobox', { name: 'いつ出すか' }).selectOption({ label: '3番「困ったことがありましたか」の答えしだい' });
  await desk.getByRole('checkbox', { name: 'なかった' }).waitFor();
  await desk.getByRole('checkbox', { name: 'あった' }).check();
  await desk.getByRole('checkbox', { name: 'なかった' }).uncheck();
  await desk.getByRole('button', { name: '6番「いちばん困ったことを書いてください」を上へ' }).focus();
  await desk.keyboard.press('Enter');
  await desk.getByRole('button', { name: '5番「いちばん困ったことを書いてください」を上へ' }).waitFor();
  expect(await desk.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('5番「いちばん困ったことを書いてください」を上へ');
  await looksRight(desk, 'survey-make-desk');
  // Whoever comes back from the step after it is not put into that question again.
  await desk.getByRole('button', { name: '次へ（だれに聞くか）' }).click();
  await desk.getByRole('radio', { name: /^匿名/ }).waitFor();
  await desk.getByRole('button', { name: '戻る' }).click();
  await desk.getByRole('textbox', { name: '問いの文' }).waitFor();
  await desk.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(await desk.evaluate(() => document.activeElement?.matches('textarea'))).toBe(false);
  await keptHalfWritten(desk, hanako.person, 'いちばん困ったこと');
  await desk.reload();
  await desk.getByRole('textbox', { name: 'アンケートの題名' }).waitFor();
  await expect.poll(() => desk.getByRole('textbox', { name: 'アンケートの題名' }).inputValue()).toBe('7月豪雨のふりかえり');
  await desk.getByRole('button', { name: '次へ（だれに聞くか）' }).click();
  await expect.poll(() => desk.getByRole('radio', { name: /^匿名/ }).isChecked()).toBe(true);
  // Under no name it is asked of many, and until a deadline.
  await desk.getByRole('button', { name: /^21機関の\d+人に聞く$/ }).click();
  await desk.getByText('匿名で聞くには締切が要ります').waitFor();
  await desk.locator('input[type="datetime-local"]').fill('2099-12-31T17:00');
  await looksRight(desk, 'survey-make-ask-desk');
  await desk.getByRole('button', { name: /^21機関の\d+人に聞く$/ }).click();
  await desk.getByText('何と答えたかは、聞いたすべての機関で締め切られてから').waitFor();
  const survey = /survey\/([\w-]+)/.exec(desk.url())![1]!;

  const phone = await town.enter(browser, 'taro', { path: `/survey/${survey}/answer` });
  // Nothing is answered yet: one stands at what is lacking.
  await pressOn(phone, phone.getByRole('button', { name: '次のページ' }));
  await expect.poll(() => phone.evaluate(() => document.activeElement?.matches('[data-asked] input'))).toBe(true);
  await pressOn(phone, phone.getByRole('radio', { name: '1', exact: true }), 'ArrowRight');
  await expect.poll(() => phone.getByRole('radio', { name: '2', exact: true }).isChecked()).toBe(true);
  expect(await phone.getByRole('textbox', { name: /いちばん困ったこと/ }).count()).toBe(0);
  await pressOn(phone, phone.getByRole('radio', { name: 'なかった' }), 'ArrowLeft');
  await pressOn(phone, phone.getByRole('checkbox', { name: '連絡が遅れた' }), 'Space');
  await typeIn(phone, phone.getByRole('textbox', { name: /いちばん困ったこと/ }), '電話がつながりませんでした');
  await looksRight(phone, 'survey-anonymous-phone');
  await pressOn(phone, phone.getByRole('button', { name: '次のページ' }));
  await phone.getByRole('textbox', { name: /次に変えたいこと/ }).waitFor();
  // At the beginning of the page, and not on what sends it.
  await expect.poll(() => phone.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('2/2ページ');
  const sent = phone.waitForRequest((request) => request.url().endsWith('/api/survey.cast'));
  await pressOn(phone, phone.getByRole('button', { name: '回答を送る' }));
  // What bears no name brings no session either.
  expect((await (await sent).allHeaders())['cookie']).toBeUndefined();
  await phone.getByText('何と答えたかは、この端末にも残していません').waitFor();
  await looksRight(phone, 'survey-anonymous-said-phone');
  await phone.context().close();

  await desk.getByText('回答 1/').waitFor();
  await desk.getByRole('button', { name: '締め切る' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: '締め切る' }).click();
  await desk.getByText('締切前に終えたため').waitFor();
  expect(await desk.getByText('電話がつながりませんでした').count()).toBe(0);
  await looksRight(desk, 'survey-anonymous-few-desk');
  await desk.context().close();
});
