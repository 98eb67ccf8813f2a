import { openIncident } from '@noroshi/features/incident';
import { say } from '@noroshi/features/talk';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isInstalled, openWholeBrowser } from './browser.ts';
import { fresh, openEhime } from './ehime-house.ts';
import { goes, looksRight, misfits, shot, violations } from './looking.ts';

const town = await openEhime();
const flood = fresh();
let said: string;
let browser: Browser;
beforeAll(async () => {
  browser = await openWholeBrowser();
  await town.does('hanako', openIncident, { id: flood, name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [town.cast.taro.org] });
  said = await town.does('taro', say, { room: town.groupC, text: '野村で3人と連絡が取れません' });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

it('B1 a town takes a figure from the talk, is told beside the field what is wrong, loses nothing, and what changed is marked', async () => {
  const page = await town.enter(browser, 'taro', { path: `/damage/report?room=${town.groupC}&message=${said}` });
  await page.getByText('野村で3人と連絡が取れません').waitFor();
  const missing = page.getByRole('textbox', { name: '行方不明者' });
  await missing.fill('さんにん');
  await page.getByLabel('死者（人）の確からしさ').selectOption('未確認');
  await page.getByRole('textbox', { name: '避難所' }).fill('５');
  await page.getByRole('button', { name: '第1報を送る' }).click();
  await page.getByText('数字だけで書いてください').waitFor();
  // What was typed is still there, also when one comes back later.
  await page.reload();
  await expect.poll(() => missing.inputValue()).toBe('さんにん');
  await missing.fill('3');
  expect(await misfits(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
  await shot(page, 'damage-report');
  // What the word means is one tap away.
  await page.getByRole('button', { name: '「行方不明者」の意味' }).click();
  await page.getByText('連絡がつかないだけの人は含みません').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '第1報を送る' }).click();
  await page.waitForURL(`**/damage/${flood}/${town.cast.taro.org}`);
  const fact = (name: string) => page.locator('.facts > div', { has: page.locator('dt', { hasText: name }) });
  expect(await fact('死者').locator('dd').first().innerText()).toContain('未確認');
  expect(await fact('行方不明者').locator('dd').innerText()).toContain('出典のトーク');
  expect(await fact('重傷者').locator('dd').innerText()).toBe('未報告');

  // In the talk they begin to write of it, and make a line of the chronology of it; then rather the second report: the words come along.
  const words = '野村の3人のうち1人と連絡が取れました';
  await goes(page, `/talk/${town.groupC}`);
  const composer = page.getByRole('textbox', { name: 'メッセージ' });
  await composer.fill(words);
  const put = async (deed: string): Promise<void> => {
    await page.getByRole('button', { name: '加える' }).click();
    await page.getByRole('dialog').getByRole('link', { name: deed, exact: true }).click();
  };
  await page.getByRole('button', { name: '加える' }).click();
  await page.getByRole('link', { name: '被害報告', exact: true }).waitFor();
  await looksRight(page, 'talk-plus-phone');
  await page.keyboard.press('Escape');
  await put('クロノロジーに記録');
  expect(await page.getByRole('textbox', { name: '内容' }).inputValue()).toBe(words);
  await page.getByRole('link', { name: '書くのをやめる（書いた内容は残ります）' }).click();
  await expect.poll(() => composer.inputValue()).toBe(words);
  await put('被害報告');
  expect(await page.getByRole('textbox', { name: '災害の概況' }).inputValue()).toBe(words);

  // The second is lower: it is asked, and taken. Only what changed is marked.
  await page.getByRole('textbox', { name: '行方不明者' }).fill('2');
  await page.getByRole('button', { name: '第2報を送る' }).click();
  await page.getByRole('checkbox', { name: /前の報告（3）より少ない数です/ }).check();
  await page.getByRole('button', { name: '第2報を送る' }).click();
  await page.waitForURL(`**/damage/${flood}/${town.cast.taro.org}`);
  await page.locator('ins', { hasText: '2' }).getByText('変更').waitFor();
  await page.locator('ins', { hasText: words }).waitFor();
  expect(await page.locator('ins').count()).toBe(2);
  await page.getByText('3→').waitFor();
  // What was reported is not still to be said.
  await goes(page, `/talk/${town.groupC}`);
  await expect.poll(() => composer.inputValue()).toBe('');
  // A meeting: who has no calendar yet makes one there. What was begun is said in the talk after all, and other words come to the form.
  await composer.fill('避難所の会議');
  await put('予定');
  await page.getByRole('button', { name: '自分の予定表を作る' }).click();
  const title = page.getByRole('textbox', { name: '件名' });
  await expect.poll(() => title.inputValue()).toBe('避難所の会議');
  await page.getByRole('textbox', { name: '場所' }).fill('野村支所');
  await looksRight(page, 'calendar-from-talk-phone');
  await page.getByRole('link', { name: '閉じる（書きかけは残ります）' }).click();
  await expect.poll(() => composer.inputValue()).toBe('避難所の会議');
  await composer.press('Control+Enter');
  await expect.poll(() => composer.inputValue()).toBe('');
  await composer.fill('物資の会議\n毛布の配り方');
  await put('予定');
  await expect.poll(() => title.inputValue()).toBe('物資の会議');
  expect(await Promise.all(['場所', 'メモ'].map((name) => page.getByRole('textbox', { name }).inputValue()))).toEqual(['野村支所', '毛布の配り方']);
  await page.getByRole('button', { name: '予定を入れる' }).click();
  await page.getByRole('link', { name: /物資の会議/ }).first().waitFor();
  await goes(page, `/talk/${town.groupC}`);
  await expect.poll(() => composer.inputValue()).toBe('');
  // A survey: its people are those of the talk.
  await composer.fill('毛布は足りていますか');
  await put('アンケート');
  await page.locator('.quote').getByText('毛布は足りていますか').waitFor();
  // A short one becomes a title, and no introduction is promised.
  await page.getByText('次の言葉を、題名にします。').waitFor();
  await looksRight(page, 'survey-from-talk-phone');
  await page.getByRole('button', { name: /白紙からつくる/ }).click();
  expect(await page.getByRole('textbox', { name: 'アンケートの題名' }).inputValue()).toBe('毛布は足りていますか');
  await page.getByRole('button', { name: '文で答える' }).click();
  await page.getByRole('textbox', { name: '問いの文' }).fill('あと何枚要りますか');
  await page.getByRole('button', { name: '次へ（だれに聞くか）' }).click();
  expect(await page.getByRole('radio', { checked: true }).evaluateAll((all) => all.map((one) => one.closest('label')!.innerText))).toContain('トークの参加者のうち西予市の職員');
  await page.getByRole('button', { name: /^西予市の\d+人に聞く$/ }).click();
  await page.getByRole('heading', { name: '毛布は足りていますか' }).waitFor();
  await goes(page, `/talk/${town.groupC}`);
  await expect.poll(() => composer.inputValue()).toBe('');
  await page.context().close();

  // Who reads in the talk of the group sees that it has reported, and comes to it from there.
  const aoi = await town.enter(browser, 'aoi', { path: `/talk/${town.groupC}` });
  await aoi.locator('.stepline').getByRole('link', { name: '西予市 被害報告 第2報' }).waitFor();
  expect([await misfits(aoi), await violations(aoi)]).toEqual([[], []]);
  await shot(aoi, 'damage-line-phone');
  await aoi.locator('.stepline').getByRole('link', { name: '西予市 被害報告 第2報' }).click();
  await aoi.waitForURL(`**/damage/${flood}/${town.cast.taro.org}`);
  await aoi.context().close();

  // The prefecture sees how many have reported, and nothing is counted as 0.
  const hanako = await town.enter(browser, 'hanako', { path: `/damage/${flood}`, installs: true });
  await hanako.getByText('1/20市町が報告').first().waitFor();
  const row = (name: string) => hanako.locator('.facts > div', { has: hanako.locator('dt', { hasText: name }) }).locator('dd');
  expect([await row('死者').innerText(), await row('行方不明者').innerText(), await row('重傷者').innerText()]).toEqual(['未確認', '2', '未報告']);
  const coming = hanako.waitForEvent('download');
  await hanako.getByRole('button', { name: 'CSV' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/_被害報告\.csv$/);
  expect(await readFile(await file.path(), 'utf8')).toMatch(/^\uFEFF訓練,災害名,[^]*西予市,第2報,人的被害,行方不明者,人,2,未確定,/);
  // A workbook comes from the device too, and needs no network; the paper comes from the server.
  await isInstalled(hanako);
  await hanako.reload();
  await hanako.getByText('1/20市町が報告').first().waitFor();
  await hanako.context().setOffline(true);
  const book = hanako.waitForEvent('download');
  await hanako.getByRole('button', { name: 'Excel' }).click();
  expect((await book).suggestedFilename()).toMatch(/_被害報告\.xlsx$/);
  expect((await readFile(await (await book).path())).subarray(0, 2).toString()).toBe('PK');
  await hanako.context().setOffline(false);
  const paper = await hanako.request.get(`${town.address}${(await hanako.getByRole('link', { name: 'PDF' }).getAttribute('href'))!}`);
  expect([paper.status(), (await paper.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  expect(await misfits(hanako)).toEqual([]);
  expect(await violations(hanako)).toEqual([]);
  await shot(hanako, 'damage-out-phone');
  await hanako.context().close();
});

it('D11 an administrator changes the form by a file: what is wrong is told with its line, nothing is changed before it is in order, and the next report is written on it', async () => {
  const page = await town.enter(browser, 'hanako', { path: '/more', desk: true });
  await page.getByRole('link', { name: '被害報告の様式' }).click();
  await page.getByText('標準の様式（第1版）').waitFor();
  expect([await misfits(page), await violations(page)]).toEqual([[], []]);
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'いまの様式をファイルに保存' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe('被害報告の様式_第1版.json');
  const form = JSON.parse(await readFile(await file.path(), 'utf8')) as { name: string; fields: { key: string; block: string; unit: string; forms: string[]; label: { ja: string; en: string }; unusual: number }[] };
  const choose = (what: unknown) => page.getByLabel('直した様式のファイルを選ぶ').setInputFiles({ name: '様式.json', mimeType: 'application/json', buffer: Buffer.from(typeof what === 'string' ? what : JSON.stringify(what, null, 2)) });
  await choose('{ "name": ');
  await page.getByText('ファイルの書きかた（JSON）が正しくありません').waitFor();
  const wells = { key: 'wells', block: 'other', label: { ja: '井戸の濁り', en: 'Wells' }, unit: 'places', forms: ['short', 'long'], unusual: 200 };
  const next = { ...form, name: '県の様式 2019年度', fields: [...form.fields.filter(({ key }) => key !== 'walls'), wells] };
  next.fields.find(({ key }) => key === 'shelters')!.label.ja = '開設避難所';
  await choose({ ...next, fields: next.fields.map((one) => (one.key === 'wells' ? { ...one, unit: 'wells', colour: 'red' } : one.key === 'missing' ? { ...one, unit: 'households' } : one)) });
  await page.getByRole('heading', { name: /直すところが\d+か所あります/ }).waitFor();
  await page.getByText('知らない項目があります（colour）').waitFor();
  await page.getByText(/^\d+行目$/).first().waitFor();
  expect([await misfits(page), await violations(page)]).toEqual([[], []]);
  await shot(page, 'damage-form-wrong-desk');
  expect(await page.getByRole('button', { name: /として使い始める/ }).count()).toBe(0);
  await choose(next);
  for (const [how, what] of [['加わる', '井戸の濁り（か所）'], ['なくなる', 'ブロック塀等（か所）'], ['変わる', '開設避難所（か所）']] as const) await page.locator('li, .item', { hasText: what }).getByText(how).first().waitFor();
  expect([await misfits(page), await violations(page)]).toEqual([[], []]);
  await shot(page, 'damage-form-desk');
  await page.setViewportSize({ width: 390, height: 844 });
  expect([await misfits(page), await violations(page)]).toEqual([[], []]);
  await shot(page, 'damage-form-phone');
  await page.getByRole('button', { name: '第2版として使い始める' }).click();
  await page.getByText('第2版を使い始めました').waitFor();
  await page.getByText('県の様式 2019年度（第2版）').first().waitFor();
  await shot(page, 'damage-form-set-phone');
  await page.context().close();

  // The next report of the town is written on it; what was told before stands, also what is asked no more.
  const taro = await town.enter(browser, 'taro', { path: `/damage/report?incident=${flood}` });
  await taro.getByRole('radio', { name: /被害状況即報/ }).check();
  await taro.getByRole('textbox', { name: '井戸の濁り' }).fill('7');
  // A part that is more than its whole is asked, and taken.
  await taro.getByRole('textbox', { name: /^死者（人）/ }).fill('2');
  await taro.getByRole('textbox', { name: /^うち災害関連死者/ }).fill('3');
  await taro.getByRole('button', { name: '第3報を送る' }).click();
  await taro.getByRole('checkbox', { name: '「死者」（2）より多い数です。3で間違いありません。' }).check();
  await taro.getByRole('button', { name: '第3報を送る' }).click();
  await taro.waitForURL(`**/damage/${flood}/${town.cast.taro.org}`);
  await taro.getByText('様式：県の様式 2019年度（第2版）').waitFor();
  const fact = (name: string) => taro.locator('.facts > div', { has: taro.locator('dt', { hasText: name }) }).locator('dd').first();
  expect([await fact('井戸の濁り').locator('b').innerText(), await fact('開設避難所').locator('b').innerText()]).toEqual(['7', '5']);
  expect([await misfits(taro), await violations(taro)]).toEqual([[], []]);
  await shot(taro, 'damage-form-sheet-phone');
  await taro.goto(`${town.address}/damage/form`);
  await taro.getByText('管理者').first().waitFor();
  expect(await taro.getByRole('button', { name: /ファイルに保存/ }).count()).toBe(0);
  await taro.context().close();
});

it('D13 the administrator tells how many live in a town; more dead than people is asked on the telephone, with both numbers, and for the prefecture that enters it', async () => {
  const boss = await town.enter(browser, 'hanako', { path: '/damage/form' });
  await boss.getByRole('link', { name: '市町の人口' }).click();
  await boss.getByText('20市町のうち0市町に入っています').waitFor();
  const coming = boss.waitForEvent('download');
  await boss.getByRole('button', { name: '市町の表を保存' }).click();
  const table = await readFile(await (await coming).path(), 'utf8');
  const [head, ...rows] = table.trimEnd().split('\r\n');
  expect([head, rows.length]).toEqual(['\uFEFF団体コード,市町,人口,世帯数,基準日,出典', 20]);
  // As it is filled in a spreadsheet: one town, one of them wrong.
  const filled = (day: string) => [head, ...rows.map((row) => (row.includes('西予市') ? `382141,西予市,"90人",40,${day},試しの表` : row))].join('\r\n');
  const choose = (text: string) => boss.getByLabel('書いた表を選ぶ').setInputFiles({ name: '人口.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose(filled('2099/1/1'));
  await boss.getByText('直すところが1行あります').waitFor();
  expect(await boss.getByRole('button', { name: /\d市町の人口を入れる/ }).count()).toBe(0);
  await shot(boss, 'damage-population-wrong-phone');
  await choose(filled('2015/10/1'));
  await boss.getByText('90人・40世帯（2015-10-01・試しの表）').waitFor();
  expect([await misfits(boss), await violations(boss)]).toEqual([[], []]);
  await shot(boss, 'damage-population-phone');
  await boss.getByRole('button', { name: '1市町の人口を入れる' }).click();
  await boss.getByText('20市町のうち1市町に入っています').waitFor();
  // One by itself.
  await boss.getByLabel('市町', { exact: true }).selectOption('大洲市');
  await boss.getByRole('button', { name: 'この市町の人口を入れる' }).click();
  await boss.getByText('人口を1以上の整数で書いてください').waitFor();
  await boss.getByRole('textbox', { name: '人口' }).fill('４０,５７５');
  await boss.getByLabel('基準日').fill('2020-10-01');
  await boss.getByRole('textbox', { name: '出典' }).fill('国勢調査');
  await boss.getByRole('button', { name: 'この市町の人口を入れる' }).click();
  await boss.getByText('20市町のうち2市町に入っています').waitFor();
  await boss.setViewportSize({ width: 1440, height: 900 });
  expect([await misfits(boss), await violations(boss)]).toEqual([[], []]);
  await shot(boss, 'damage-population-desk');
  await boss.context().close();

  for (const [who, path, name] of [['taro', `/damage/report?incident=${flood}`, 'damage-more-than-people-phone'], ['hanako', `/damage/report?incident=${flood}&town=${town.cast.taro.org}`, 'damage-more-than-people-proxy-phone']] as const) {
    const page = await town.enter(browser, who, { path });
    await page.getByRole('textbox', { name: /^死者（/ }).fill('91');
    await page.getByRole('button', { name: /^第\d報を送る/ }).click();
    const asked = page.getByRole('checkbox', { name: '西予市の人口90人（2015-10-01・試しの表）より多い数です。91人で間違いありません。' });
    await asked.waitFor();
    await page.getByText('確かめてほしい数字が1か所あります').waitFor();
    expect([await misfits(page), await violations(page)]).toEqual([[], []]);
    await asked.scrollIntoViewIfNeeded();
    await shot(page, name);
    if (who === 'hanako') {
      await asked.check();
      await page.getByRole('button', { name: /^第\d報を送る/ }).click();
      await page.waitForURL(`**/damage/${flood}/${town.cast.taro.org}`);
    }
    await page.context().close();
  }
});
