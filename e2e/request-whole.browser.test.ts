import { openIncident, revisePlan } from '@noroshi/features/incident';
import { commit, request as requestNoun, revise, send, type Details, type DispatchRequest, type LineWords } from '@noroshi/features/request';
import { say } from '@noroshi/features/talk';
import { roomStream } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { theFields } from '@noroshi/e2e/request-fields';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { keptHalfWritten, shot, violations } from './looking.ts';
import { fresh, openTalkHouse } from './talk-house.ts';

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
let folder: string;
let flood: string;
beforeAll(async () => {
  [browser, town, folder] = await Promise.all([openBrowser(), openTalkHouse(), mkdtemp(join(tmpdir(), '添付 '))]);
  const { seiyo, saijo, iyo } = town.orgs;
  const row = (affected: string, supporters: readonly string[]) => ({ affected, supporters: supporters.map((org) => ({ org, assumed: false })) });
  await town.does('hanako', revisePlan, { seen: 0, name: '2018年度', from: '2018-04-01', rows: [row(seiyo, [saijo, iyo]), row(saijo, [iyo, seiyo]), row(iyo, [saijo, seiyo])] });
  flood = fresh();
  await town.does('hanako', openIncident, { id: flood, name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [seiyo] });
  await town.does('taro', say, { room: town.groupC, text: '野村地区で肱川が氾濫。床上浸水 約200棟' });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
  await rm(folder, { recursive: true });
});

const known = (id: string): DispatchRequest => town.house.stair.memory.get(requestNoun.noun, id)!.value as DispatchRequest;
const all = (): DispatchRequest[] => town.house.stair.memory.of(roomStream(town.groupC), requestNoun.noun).map((doc) => doc.value as DispatchRequest);
const asks = (lines: readonly { duty: LineWords['duty']; count: number }[]): Promise<string> => town.does('taro', send, { room: town.groupC, incident: flood, lines: [...lines] });
const status = (page: Page, path: string): Promise<number> => page.evaluate(async (at) => (await fetch(at, { cache: 'no-store' })).status, path);
/** All words of the formal document, without the spaces between them. */
async function paper(page: Page, id: string): Promise<string> {
  const bytes = await page.evaluate(async (path) => Array.from(new Uint8Array(await (await fetch(path)).arrayBuffer())), `/documents/request/${id}.pdf?lang=ja`);
  return (await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })).text.replace(/\s+/g, '');
}

type Key = Exclude<keyof Details | keyof LineWords, symbol>;
/** How each field is written, and how it is read afterwards. A field without a way does not compile. */
interface Way { readonly write: (page: Page) => Promise<unknown>; readonly reads: string }
const text = (label: string, words: string): Way => ({ write: (page) => page.getByRole('textbox', { name: label, exact: true }).fill(words), reads: words });
const chosen = (label: string, value: string, reads: string): Way => ({ write: (page) => page.getByRole('combobox', { name: label, exact: true }).selectOption(value), reads });
const ticked = (label: string): Way => ({ write: (page) => page.getByRole('checkbox', { name: label, exact: true }).check(), reads: label });
const picked = (label: string): Way => ({ write: (page) => page.getByRole('radio', { name: label, exact: true }).check(), reads: label });
const at = (label: string, value: string, reads: string): Way => ({ write: (page) => page.getByLabel(label, { exact: true }).fill(value), reads });

const ways: Record<Key, Way> = {
  duty: { write: async (page) => { await page.getByRole('button', { name: '別の業務も加える' }).click(); await page.getByRole('combobox', { name: '業務', exact: true }).last().selectOption('other'); }, reads: '給食センターの再開' },
  // A further line begins without a number.
  dutyText: { write: async (page) => { await page.getByRole('textbox', { name: 'どんな業務ですか' }).fill('給食センターの再開'); await page.getByRole('textbox', { name: '何人' }).last().fill('2'); }, reads: '給食センターの再開' },
  count: { write: (page) => page.getByRole('textbox', { name: '何人' }).first().fill('7'), reads: '7' },
  jobType: { write: (page) => page.getByRole('combobox', { name: '職種' }).first().selectOption('nutritionist'), reads: '栄養士' },
  shift: { write: (page) => page.getByRole('combobox', { name: '勤務時間帯' }).first().selectOption('night'), reads: '夜' },
  skills: { write: async (page) => { await page.getByText('資格・男女・陣などを加える').first().click(); await page.getByRole('checkbox', { name: '大型免許' }).first().check(); }, reads: '大型免許' },
  skillsText: text('資格（補足）', '調理の経験'),
  genderNeed: text('男女の配慮', '女性を2人以上'),
  substitutes: text('代替の可否', '調理師でも可'),
  waves: { write: (page) => page.getByRole('button', { name: '陣を加える' }).first().click(), reads: '第1陣' },
  requestedAt: at('要請日時', '2018-07-07T06:15', '7月7日 06:15'),
  means: chosen('要請手段', 'phone', '電話'),
  basis: ticked('災害対策基本法 第67条'),
  damage: text('被害の状況', '床上浸水 約200棟、死者・行方不明 調査中'),
  damageReport: { write: async (page) => { await page.getByText('トークの被害報告につなぐ').click(); await page.getByRole('radio', { name: /野村地区で肱川が氾濫/ }).check(); }, reads: '野村地区で肱川が氾濫' },
  reason: text('要請理由', '職員の半数が登庁できない'),
  startDate: at('期間 開始', '2018-07-07', '7月7日'),
  endDate: at('期間 終了', '2018-07-21', '7月21日'),
  rotationDays: text('1班の日数', '7'),
  place: { write: async (page) => { await page.getByRole('textbox', { name: '活動場所', exact: true }).fill('野村小学校'); await page.getByRole('textbox', { name: '活動場所の地図の位置' }).fill('３３.36291、132.51108'); }, reads: '33.36291, 132.51108' },
  route: text('経路・通行止め', '国道56号 通行止め'),
  meetAt: at('集合日時', '2018-07-07T13:30', '7月7日 13:30'),
  meetPlace: text('集合場所', '市役所 本庁'),
  receiver: { write: async (page) => { await page.getByRole('textbox', { name: '担当課' }).fill('総務課'); await page.getByRole('textbox', { name: '電話', exact: true }).fill('（０８９４）００－００００'); }, reads: '0894-00-0000' },
  commandedBy: text('指揮命令', '教育部長'),
  lodging: chosen('宿泊', 'bySupporter', '応援側で手配'),
  lodgingText: text('宿泊（補足）', '市内の宿は満室'),
  meals: text('食事・水・トイレ', '3日分を持参'),
  transport: text('移動手段・駐車・燃料', '駐車場は第2グラウンド'),
  bring: ticked('長靴'),
  bringText: text('携行品（補足）', '調理用の白衣'),
  provided: text('受援側が用意する物', '詰所と机'),
  terms: text('勤務条件', '2交代'),
  costBearer: text('費用負担', '協定第7条'),
  safety: text('安全・健康上の注意', '土砂の粉じん'),
  priority: picked('緊急'),
  neededBy: at('希望到着', '2018-07-07T12:00', '7月7日 12:00'),
  files: {
    write: async (page) => {
      await writeFile(join(folder, '避難所地図.txt'), '野村小学校の地図');
      const choosing = page.waitForEvent('filechooser');
      await page.getByRole('group', { name: '添付' }).getByRole('button', { name: /ファイル/ }).click();
      await (await choosing).setFiles(join(folder, '避難所地図.txt'));
      await page.getByRole('dialog').getByRole('button', { name: '1件を加える' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
    reads: '避難所地図.txt',
  },
  confirmed: picked('概算'),
};

/** Opens all parts of the form: each is folded until one needs it. */
async function unfolded(page: Page): Promise<void> {
  const folds = page.locator('details.request-fold');
  await folds.first().waitFor();
  for (const fold of await folds.all()) if (!(await fold.evaluate((one: HTMLDetailsElement) => one.open))) await fold.locator('summary').first().click();
}

describe('a request in full', () => {
  it('takes each of the 29 fields in a revision, shows it, marks it as changed, and has it on paper', async () => {
    const id = await asks([{ duty: 'shelter', count: 5 }]);
    const taro = await town.enter(browser, 'taro', { desk: true, path: `/request/${id}/revise` });
    await unfolded(taro);
    const keys = theFields.flatMap(({ details = [], line = [] }): Key[] => [...line, ...details]);
    // A further line comes last, so that what is said of the first stays with it.
    for (const key of keys.toSorted((a, b) => Number(a.startsWith('duty')) - Number(b.startsWith('duty')))) await ways[key].write(taro);
    expect(await violations(taro)).toEqual([]);
    await taro.getByText(/変えたところ \d+件/).click();
    await taro.getByRole('button', { name: '第2報を送る' }).click();
    await taro.locator('.four.big').waitFor();

    const { lines, details, revisions, no } = known(id);
    const written = { ...lines[0], ...details, dutyText: lines[1]?.dutyText };
    const page = (await taro.locator('main').innerText()).replace(/\s+/g, '');
    const past = (await taro.locator('.side').innerText()).replace(/\s+/g, '');
    const document = await paper(taro, id);
    for (const key of keys) {
      expect(written, key).toHaveProperty(key);
      const words = ways[key].reads.replace(/\s+/g, '');
      for (const [where, told] of Object.entries({ page, past, document })) {
        // The history tells a message by its time; the page and the paper quote it.
        if (key === 'damageReport' && where === 'past') continue;
        expect(told, `${key} in the ${where}`).toContain(words);
      }
      const isNewLine = key === 'duty' || key === 'dutyText';
      expect(revisions[1]!.changes.map(({ field }) => field), key).toContain(isNewLine ? 'line' : key);
    }
    // What follows from who asked, where and when.
    for (const words of [no, '第2報', '平成30年7月豪雨', '西予市', '副市長', '兵頭太郎']) {
      expect(document, words).toContain(words);
      expect((await taro.locator('body').innerText()).replace(/\s+/g, ''), words).toContain(words);
    }
    const marked = (await taro.locator('main .changed').allInnerTexts()).join().replace(/\s+/g, '');
    for (const words of ['0894-00-0000', '野村小学校', '避難所地図.txt', '栄養士', '第1陣', '7']) expect(marked, words).toContain(words);
    expect(await violations(taro)).toEqual([]);
    await shot(taro, 'request-whole');

    // The link leads to the words in the talk.
    await taro.getByRole('link', { name: /野村地区で肱川が氾濫/ }).click();
    await taro.waitForURL(`**/talk/${town.groupC}?m=*`);
    await taro.context().close();
  });

  it('carries files behind its words, to those who see the request and to nobody else, until they are taken out', async () => {
    const [{ id, details }] = all() as [DispatchRequest];
    const file = details.files![0]!.file;
    const aoi = await town.enter(browser, 'aoi', { path: `/request/${id}` });
    await aoi.getByRole('link', { name: /避難所地図\.txtを保存/ }).waitFor();
    expect(await status(aoi, `/files/${file}`)).toBe(200);
    const mika = await town.enter(browser, 'mika');
    expect(await status(mika, `/files/${file}`)).toBe(404);
    const taro = await town.enter(browser, 'taro', { path: `/request/${id}/revise` });
    await unfolded(taro);
    await taro.getByRole('group', { name: '添付' }).getByRole('button', { name: /外す/ }).click();
    await taro.getByRole('button', { name: '第3報を送る' }).click();
    await taro.locator('.four.big').waitFor();
    await until(async () => (await status(aoi, `/files/${file}`)) === 404, 'the file to be gone');
    for (const page of [aoi, mika, taro]) await page.context().close();
  });

  it('keeps a half-written revision on the device, and what the server refuses can be put right', async () => {
    const id = await asks([{ duty: 'water', count: 2 }]);
    const taro = await town.enter(browser, 'taro', { path: `/request/${id}/revise` });
    await unfolded(taro);
    await taro.getByRole('textbox', { name: '要請理由' }).fill('断水');
    await taro.getByRole('textbox', { name: '電話', exact: true }).fill('内線12');
    await taro.getByRole('button', { name: '第2報を送る' }).click();
    await taro.getByText('「内線12」は電話番号として読めません').waitFor();
    await taro.getByRole('textbox', { name: '電話', exact: true }).fill('');
    await keptHalfWritten(taro, town.actors.taro.person, '断水', '内線12');
    await taro.reload();
    await taro.getByText('変えたところ 1件').waitFor();
    await expect.poll(() => taro.getByRole('textbox', { name: '要請理由' }).inputValue()).toBe('断水');
    // Headquarters is faster. What Taro wrote stays his; what Hanako changed stands.
    await town.does('hanako', revise, { room: town.groupC, request: id, sees: 1, details: { route: '県道 通行止め' } });
    await taro.getByRole('button', { name: '第2報をもとに続ける' }).click();
    await unfolded(taro);
    expect(await taro.getByRole('textbox', { name: '経路・通行止め' }).inputValue()).toBe('県道 通行止め');
    expect(await taro.getByRole('textbox', { name: '要請理由' }).inputValue()).toBe('断水');
    await taro.getByText('変えたところ 1件').waitFor();
    await taro.getByRole('button', { name: '書きかけを捨てる' }).click();
    await taro.locator('.four.big').waitFor();
    await taro.getByRole('link', { name: '変更する（第3報）' }).filter({ visible: true }).first().click();
    await unfolded(taro);
    expect(await taro.getByRole('textbox', { name: '要請理由' }).inputValue()).toBe('');
    await taro.context().close();
  });
});

describe('who comes', () => {
  it('is named person by person or pasted, stands in the answer and on paper, and is not lost when it is refused', async () => {
    const id = await asks([{ duty: 'shelter', count: 4 }]);
    const aoi = await town.enter(browser, 'aoi', { path: `/request/${id}/answer` });
    await aoi.getByText('名簿・車両・宿泊など（あとからでも）').click();
    await aoi.getByRole('button', { name: '職員を1人加える' }).click();
    // As it comes from a spreadsheet.
    await aoi.getByRole('textbox', { name: '氏名' }).evaluate((field, words) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', words);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, '村上 剛\t危機管理課\t係長\t０９０－００００－０００１\n高橋 直人\t福祉課\t主事\t内線5');
    await aoi.locator('details.request-person summary', { hasText: '村上 剛' }).click();
    await aoi.getByRole('checkbox', { name: 'この人が班長' }).filter({ visible: true }).check();
    await aoi.getByText(/^資格・免許・経験/).filter({ visible: true }).click();
    await aoi.getByRole('checkbox', { name: '普通免許' }).filter({ visible: true }).check();
    await aoi.getByRole('textbox', { name: '車両' }).fill('公用車2台');
    await aoi.getByRole('radio', { name: '手配してほしい' }).check();
    await aoi.getByRole('textbox', { name: '費用の見込み' }).fill('約80万円');
    await aoi.getByRole('textbox', { name: '条件' }).fill('夜間は2人以上で');
    await aoi.getByRole('button', { name: '4人の派遣を決定する' }).click();
    // It says which number cannot ring, beside it, and what was typed stands.
    await aoi.getByText('「内線5」は電話番号として読めません').waitFor();
    expect(await violations(aoi)).toEqual([]);
    await aoi.getByRole('textbox', { name: '連絡先の電話' }).filter({ visible: true }).last().fill('0897-00-0005');
    // Meanwhile a colleague has answered.
    await town.does('aoi', commit, { room: town.groupC, request: id, parts: [{ line: 1, wave: 1, count: 1, sees: 0 }] });
    await aoi.getByRole('button', { name: '4人の派遣を決定する' }).click();
    await aoi.getByText('先にほかの人が変えました').waitFor();
    expect(await aoi.getByRole('textbox', { name: '車両' }).inputValue()).toBe('公用車2台');
    await aoi.getByRole('button', { name: '4人の派遣を決定する' }).click();
    await aoi.waitForURL('**/talk/*');
    expect(Object.values(known(id).answers)[0]).toMatchObject({ count: 4, pledge: {
      leader: '村上 剛', vehicles: '公用車2台', lodgingNeeded: true, cost: '約80万円', conditions: '夜間は2人以上で',
      staff: [{ name: '村上 剛', section: '危機管理課', post: '係長', phone: '090-0000-0001', skills: ['carLicence'] }, { name: '高橋 直人', phone: '0897-00-0005' }],
    } });

    const taro = await town.enter(browser, 'taro', { path: `/request/${id}` });
    await taro.getByText('班長 村上 剛').filter({ visible: true }).waitFor();
    await taro.getByRole('button', { name: /回答の詳細/ }).filter({ visible: true }).click();
    const sheet = taro.getByRole('dialog');
    for (const words of ['公用車2台', '手配してほしい', '約80万円', '夜間は2人以上で', '高橋 直人', '福祉課 主事']) await sheet.getByText(words).waitFor();
    expect(await sheet.getByRole('link', { name: '0897-00-0005' }).getAttribute('href')).toBe('tel:0897-00-0005');
    expect(await violations(taro)).toEqual([]);
    await shot(taro, 'answer-sheet');
    const document = await paper(taro, id);
    for (const words of ['村上剛危機管理課係長（普通免許）090-0000-0001', '車両：公用車2台', '費用の見込み：約80万円']) expect(document).toContain(words);
    for (const page of [aoi, taro]) await page.context().close();
  });

  it('can be put right after the line was away: the words of a refused answer are there again', async () => {
    const id = await asks([{ duty: 'supplies', count: 3 }]);
    const aoi = await town.enter(browser, 'aoi', { installs: true, path: `/request/${id}/answer` });
    await aoi.getByText('名簿・車両・宿泊など（あとからでも）').click();
    await aoi.getByRole('textbox', { name: '車両' }).fill('2トン車1台');
    await aoi.context().setOffline(true);
    await aoi.getByRole('button', { name: '3人の派遣を決定する' }).click();
    await aoi.waitForURL('**/talk/*');
    await town.does('aoi', commit, { room: town.groupC, request: id, parts: [{ line: 1, wave: 1, count: 1, sees: 0 }] });
    await aoi.context().setOffline(false);
    await aoi.goto(`${town.address}/request/${id}`);
    await aoi.getByRole('link', { name: '直して送る' }).click();
    expect(await aoi.getByRole('textbox', { name: '車両' }).inputValue()).toBe('2トン車1台');
    await aoi.getByRole('button', { name: '3人の派遣を決定する' }).click();
    await aoi.waitForURL('**/talk/*');
    await until(() => Object.values(known(id).answers)[0]?.count === 3, 'the answer to stand');
    await aoi.goto(`${town.address}/request/${id}`);
    await aoi.locator('.four.big').waitFor();
    expect(await aoi.getByRole('link', { name: '直して送る' }).count()).toBe(0);
    await aoi.context().close();
  });
});
