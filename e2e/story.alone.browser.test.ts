import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import { request as requestNoun, sumsOf, type DispatchRequest } from '@noroshi/features/request';
import { roomStream } from '@noroshi/foundations/sync';
import { extractText, getDocumentProxy } from 'unpdf';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { fresh, openEhime, type CastName } from './ehime-house.ts';
import { appears, held, shot, violations, type Thing } from './looking.ts';

// The first hour after the flood of July 2018, as it is to go with a hotline: on Ehime as the real import brings it in,
// five people at once, each with a browser of their own. The steps follow one another; each goes on where the one before ended.

const town = await openEhime();
let browser: Browser;
const pages = {} as Record<CastName, Page>;
const { groupC } = town;
const room = `/talk/${groupC}`;
/** How long after someone pressed the button others had it on their screens, in milliseconds. */
const passed: Record<string, number> = {};

beforeAll(async () => {
  browser = await openBrowser();
  const [taro, aoi, ken, hanako, mika] = await Promise.all([
    town.enter(browser, 'taro'),
    town.enter(browser, 'aoi', { desk: true }),
    town.enter(browser, 'ken'),
    town.enter(browser, 'hanako', { desk: true }),
    town.enter(browser, 'mika'),
  ]);
  Object.assign(pages, { taro, aoi, ken, hanako, mika });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
  console.info('milliseconds from the press to the other screens', passed);
});

const field = (page: Page): Locator => page.locator('.composer textarea');
const strip = (page: Page): Locator => page.locator('a.strip');
const card = (page: Page): Locator => page.locator('article.req');
const asked = (): DispatchRequest => town.house.stair.memory.of(roomStream(groupC), requestNoun.noun)[0]!.value as DispatchRequest;
const flood = (): Incident => town.house.stair.memory.of('w', incidentNoun.noun)[0]!.value as Incident;
/** The four numbers under a title, in words. */
const four = async (page: Page): Promise<string> => (await strip(page).innerText()).replace(/\s+/g, ' ').trim();

/** Presses something and measures when these words stand on the other screens; judged at the end, so that the story goes on. */
async function reaches(what: string, press: Locator, words: string, others: readonly CastName[]): Promise<void> {
  const seen = others.map((who) => appears(pages[who], words));
  const pressed = press.evaluate((element) => new Promise<number>((done) => element.addEventListener('click', () => done(Date.now()), { once: true, capture: true })));
  await press.click();
  const at = await pressed;
  for (const [i, when] of (await Promise.all(seen)).entries()) passed[`${what} → ${others[i]}`] = when - at;
}

/** A main screen: no violation, and a picture of it. */
async function stands(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await violations(page), name).toEqual([]);
}

describe('the first hour after the flood', () => {
  it('Taro opens the hotline from the one button on his phone, and everyone has it at once', async () => {
    const { taro, aoi, ken, hanako, mika } = pages;
    for (const page of [taro, aoi, ken, hanako]) await page.getByText('ありません ✓').waitFor();
    await stands(taro, '01-home-peace-phone');
    await stands(hanako, '01-home-peace-desk');
    await mika.locator('main').getByText('広島県との連絡').waitFor();

    await taro.getByRole('link', { name: '災害・訓練を開く' }).click();
    await taro.locator('.tile[aria-pressed="true"]', { hasText: '西予' }).waitFor();
    await taro.getByLabel('名前').fill('平成30年7月豪雨');
    const parts = taro.locator('.incident-roles').last();
    expect(await parts.innerText()).toMatch(/西条市[\s\S]*伊予市/);
    expect(await parts.getByText('仮定').count()).toBeGreaterThan(0);
    await stands(taro, '02-incident-open-phone');
    await taro.locator('.foot .btn.main').click();
    const sheet = taro.getByRole('dialog');
    await sheet.getByText('実際の災害として開きます').waitFor();
    await stands(taro, '03-incident-sheet-phone');
    await reaches('災害を開く', sheet.locator('.btn.main'), '平成30年7月豪雨', ['aoi', 'ken', 'hanako']);

    await taro.getByRole('heading', { name: '平成30年7月豪雨' }).waitFor();
    await stands(taro, '04-incident-phone');
    await aoi.locator('.band.incident', { hasText: '西条市は 一次支援（西予市へ）' }).waitFor();
    await ken.locator('.band.incident', { hasText: '伊予市は 二次支援（西予市へ）' }).waitFor();
    await hanako.locator('.band.incident', { hasText: '被災 西予市' }).waitFor();
    expect(flood().roles[0]).toMatchObject({ primary: town.names.org('西条市'), assumed: true });
    await stands(ken, '05-home-incident-phone');
    await stands(aoi, '05-home-incident-desk');
    await hanako.locator('.band.incident').click();
    await hanako.getByRole('heading', { name: '平成30年7月豪雨' }).waitFor();
    await hanako.getByText('仮定').first().waitFor();
    await stands(hanako, '06-incident-desk');
  });

  it('tells of urgent damage; the others have it on the screens of their own work', async () => {
    const { taro, aoi, ken, hanako } = pages;
    await taro.getByRole('link', { name: /グループC.*トーク/ }).first().click();
    await taro.getByRole('button', { name: '加える' }).click();
    await stands(taro, '07-plus-phone');
    await taro.getByRole('dialog').getByText('緊急にする').click();
    await field(taro).fill('野村町で肱川があふれ、市街地が浸水しています。2階や屋上へ逃げた方がいて、消防が救助に向かっています。');
    await taro.getByRole('button', { name: '緊急で送る' }).first().click();
    const asking = taro.getByRole('dialog');
    await asking.getByText('西条市').waitFor();
    await stands(taro, '08-urgent-sheet-phone');
    await reaches('緊急の被害', asking.getByRole('button', { name: /^緊急で\d+人に送る/ }), '野村町で肱川があふれ', ['aoi', 'ken']);
    await aoi.goto(town.address + room);
    await ken.goto(town.address + room);
    await hanako.goto(town.address + room);
    for (const page of [aoi, ken, hanako]) await page.locator('.said-row', { hasText: '野村町で肱川があふれ' }).waitFor();
    // On a phone the end of it is not in view yet, and what has not been seen to its end has not been read: Ken reads on.
    await ken.mouse.move(195, 400);
    await ken.mouse.wheel(0, 600);
    await aoi.locator('.said-row', { hasText: '野村町で肱川があふれ' }).getByRole('button', { name: '了解' }).click();
    await taro.locator('.said-row', { hasText: '野村町で肱川があふれ' }).getByText(/了解 1/).waitFor();
    await stands(taro, '09-talk-phone');
    await stands(aoi, '09-talk-desk');
  });

  it('asks from the open room for 12 people for shelters and 4 for surveys, in four taps besides typing', async () => {
    const { taro, aoi, ken, hanako } = pages;
    let taps = 0;
    const tap = async (what: Locator): Promise<void> => { taps++; await what.click(); };
    await tap(strip(taro));
    await tap(taro.getByRole('checkbox', { name: '避難所運営' }));
    await taro.getByRole('textbox', { name: '避難所運営' }).fill('12');
    await tap(taro.getByRole('checkbox', { name: '住家被害調査' }));
    await taro.getByRole('textbox', { name: '住家被害調査' }).fill('4');
    const reach = taro.locator('.foot').getByText('すぐ届く先').locator('..');
    for (const words of ['一次 西条市', '二次 伊予市', '砥部町', '伊方町', '松山市', '愛媛県', '仮定']) expect(await reach.innerText()).toContain(words);
    await stands(taro, '10-request-short-phone');
    taps++;
    await reaches('応援要請', taro.getByRole('button', { name: '要請を送る' }), 'C-西予-001', ['aoi', 'ken', 'hanako']);
    expect(taps).toBe(4);
    for (const page of [taro, aoi, ken, hanako]) await strip(page).getByText('不足 16').waitFor();
    for (const page of [taro, aoi, ken, hanako]) expect(await four(page)).toBe('必要 16 決定 0 到着 0 不足 16');
    await card(aoi).getByText(/までに答えてください/).waitFor();
    // The secondary sees what may come from the first minute.
    await card(ken).getByText('見込み 16人').waitFor();
    await shot(taro, '11-talk-asked-phone');
    await stands(ken, '11-talk-secondary-phone');
    await stands(hanako, '11-talk-hq-desk');
  });

  it('Aoi of the primary acknowledges, commits ten of the twelve and declines the rest', async () => {
    const { taro, aoi, ken, hanako } = pages;
    await strip(aoi).click();
    await aoi.getByRole('button', { name: '受領' }).click();
    await aoi.locator('.side').getByText('受領').first().waitFor();
    await aoi.getByText('仮定').first().waitFor();
    await stands(aoi, '12-request-primary-desk');
    await aoi.locator('.foot').getByRole('link', { name: '回答する' }).click();
    await aoi.getByRole('textbox', { name: '避難所運営' }).fill('10');
    await aoi.getByRole('textbox', { name: '住家被害認定調査' }).fill('0');
    await aoi.getByText('この業務は不可と答える').waitFor();
    await aoi.getByRole('radio', { name: '人員が出払い' }).click();
    await stands(aoi, '13-pledge-desk');
    await reaches('10人の決定', aoi.getByRole('button', { name: '10人の派遣を決定する' }), '不足 6', ['taro', 'ken', 'hanako']);
    for (const page of [taro, aoi, ken, hanako]) await strip(page).getByText('不足 6').waitFor();
    for (const page of [taro, aoi, ken, hanako]) expect(await four(page)).toBe('必要 16 決定 10 到着 0 不足 6');
    await shot(hanako, '14-talk-partly-desk');
  });

  it('Ken of a secondary sees 2 and 4 coming his way, and commits them in one tap on what is filled in', async () => {
    const { ken, hanako, taro } = pages;
    await card(ken).getByText('見込み 6人').waitFor();
    await stands(ken, '15-talk-predicted-phone');
    await card(ken).getByRole('link', { name: '回答する' }).click();
    expect(await ken.getByRole('textbox', { name: '避難所運営' }).inputValue()).toBe('2');
    expect(await ken.getByRole('textbox', { name: '住家被害認定調査' }).inputValue()).toBe('4');
    await ken.getByText('不足 0（充足）').waitFor();
    await stands(ken, '16-pledge-phone');
    await reaches('6人の決定', ken.getByRole('button', { name: '6人の派遣を決定する' }), '不足 0', ['hanako', 'taro']);
    await field(ken).waitFor();
    for (const page of [ken, hanako, taro]) expect(await four(page)).toBe('必要 16 決定 16 到着 0 不足 0');
    await shot(ken, '17-talk-filled-phone');
    await shot(taro, '17-talk-filled-asker-phone');
  });

  it('Hanako at headquarters sees by name who has not read, with their telephone, and prints the document', async () => {
    const { hanako } = pages;
    const urgent = hanako.locator('.said-row', { hasText: '野村町で肱川があふれ' });
    await urgent.getByRole('button', { name: /既読/ }).click();
    const sheet = hanako.getByRole('dialog');
    const unread = sheet.locator('section').first();
    await unread.getByText(/未読の人|未読/).first().waitFor();
    // By rank: the deputy heads first.
    const first = await unread.locator('.person').first().innerText();
    expect(first).toMatch(/副市長|副町長/);
    expect(await unread.innerText()).toContain('一色 克己');
    // Whoever rings takes the card first, so that no two ring the same person; the numbers stand on it.
    await unread.getByRole('button', { name: '一色 克己さんに電話で伝える' }).waitFor();
    for (const name of ['越智 葵', '向井 健']) expect(await unread.innerText()).not.toContain(name);
    await stands(hanako, '18-readers-desk');
    await sheet.getByRole('button', { name: '閉じる' }).click();

    await strip(hanako).click();
    await hanako.getByRole('region', { name: '業務ごと、支援市町ごとの回答' }).waitFor();
    expect(await hanako.locator('.four.big dd').allTextContents()).toEqual(['16', '16', '0', '0']);
    expect(await hanako.locator('.four.big dt').allTextContents()).toEqual(['必要', '決定', '到着', '不足']);
    await hanako.getByText('仮定').first().waitFor();
    await stands(hanako, '19-request-desk');
    const print = hanako.getByRole('link', { name: '要請書を開く（PDF）' });
    const pdf = await hanako.context().request.get(town.address + await print.getAttribute('href'));
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    const text = (await extractText(await getDocumentProxy(new Uint8Array(await pdf.body())), { mergePages: true })).text.replace(/\s+/g, '');
    for (const words of ['応援職員派遣要請書', 'C-西予-001第1報', '平成30年7月豪雨', '西予市', '兵頭太郎', '避難所運営', '12人', '住家被害認定調査', '4人', '必要16決定16到着0不足0', '西条市', '伊予市', '仮定']) expect(text, words).toContain(words);
  });

  it('the guest sees none of it: no room, no request, no directory, no count, and the same answer as for what is not there', async () => {
    const { mika, hanako } = pages;
    const mine = town.cast.mika.person;
    await mika.goto(town.address);
    await mika.locator('main').getByText('広島県との連絡').waitFor();
    for (const words of ['グループC', '西予', '平成30年7月豪雨', '不足', '兵頭', '災害・訓練を開く']) expect(await mika.locator('body').innerText(), words).not.toContain(words);
    expect(await mika.locator('.band.incident, .band.drill-on, .tabs .count').count()).toBe(0);
    await stands(mika, '20-home-guest-phone');
    expect([...new Set((await held(mika, mine)).map((doc) => doc.noun))].sort()).toEqual(['member', 'room']);
    const said = JSON.stringify(await held(mika, mine));
    for (const words of ['西予', '兵頭', '越智', '肱川', 'C-西予']) expect(said, words).not.toContain(words);

    const nothing = fresh();
    const { id } = asked();
    for (const [real, made] of [[room, `/talk/${nothing}`], [`/request/${id}`, `/request/${nothing}`], [`/people/${town.cast.taro.person}`, `/people/${nothing}`], [`/incident/${flood().id}`, `/incident/${nothing}`]] as const) {
      const seen: string[] = [];
      for (const path of [real, made]) {
        await mika.goto(town.address + path);
        await mika.locator('main .empty').first().waitFor();
        seen.push(await mika.locator('main').innerText());
      }
      expect(seen[0], real).toBe(seen[1]);
    }
    const asks = async (path: string, body?: unknown): Promise<[number, string]> => {
      const answer = await mika.context().request.fetch(town.address + path, body === undefined ? {} : { method: 'POST', data: body as object });
      return [answer.status(), await answer.text()];
    };
    const deed = (input: object): object => ({ id: fresh(), input });
    const message = (await held(hanako, town.cast.hanako.person, ['message']))[0]!.id;
    expect(await asks(`/documents/request/${id}.pdf`)).toEqual(await asks(`/documents/request/${nothing}.pdf`));
    expect((await asks(`/documents/request/${id}.pdf`))[0]).toBe(404);
    for (const [path, real, made] of [
      ['/api/talk.readers', { room: groupC, message }, { room: nothing, message: nothing }],
      ['/api/talk.say', deed({ room: groupC, text: '聞こえますか' }), deed({ room: nothing, text: '聞こえますか' })],
      ['/api/request.acknowledge', deed({ room: groupC, request: id }), deed({ room: nothing, request: nothing })],
    ] as const) {
      const [status] = await asks(path, real);
      expect(status, path).toBe(404);
      expect(await asks(path, real), path).toEqual(await asks(path, made));
    }
    expect(await asks('/api/search.find', { text: '肱川' })).toEqual([200, JSON.stringify({ shelves: [] })]);
  });

  it('and at the end everyone agrees: each screen, each device, a new device, and the server', async () => {
    const again = await town.enter(browser, 'hanako', { path: room });
    await strip(again).getByText('不足 0').waitFor();
    await pages.hanako.goto(town.address + room);
    await pages.aoi.goto(town.address + room);
    const everyone = [['taro', pages.taro], ['aoi', pages.aoi], ['ken', pages.ken], ['hanako', pages.hanako], ['hanako', again]] as const;
    const nouns = [requestNoun.noun, 'message', incidentNoun.noun];
    const { rows } = await town.house.stair.pool.query<Thing>(
      'select n.noun, n.id, s.key as stream, n.born, n.seq, n.value from noun n join stream s on s.no = n.stream and s.workspace = n.workspace where n.noun = any($1) and s.key = any($2)',
      [nouns, ['w', roomStream(groupC)]]);
    expect(rows.length).toBeGreaterThan(5);
    const sorted = (things: readonly Thing[]): unknown[] => things.toSorted((a, b) => (a.noun + a.id < b.noun + b.id ? -1 : 1)).map((thing) => ({ ...thing, born: Number(thing.born), seq: Number(thing.seq) }));
    for (const [who, page] of everyone) {
      await card(page).getByText('C-西予-001').waitFor();
      expect(await four(page), who).toBe('必要 16 決定 16 到着 0 不足 0');
      await expect.poll(async () => sorted(await held(page, town.cast[who].person, nouns)), { timeout: 5_000 }).toEqual(sorted(rows));
    }
    expect(sumsOf(asked()).total).toMatchObject({ needed: 16, committed: 16, arrived: 0, short: 0 });
    await again.context().close();
  });

  it('and each had what another did within a second', () => {
    expect(Object.keys(passed)).toHaveLength(13);
    expect(Object.entries(passed).filter(([, ms]) => ms > 1_000)).toEqual([]);
  });

  it('stands in English too, on every main screen and at both sizes', async () => {
    const request = `/request/${asked().id}`;
    const look = async (who: CastName, paths: Readonly<Record<string, string>>): Promise<void> => {
      const page = pages[who];
      await page.evaluate(() => localStorage.setItem('noroshi-settings', JSON.stringify({ language: 'en', text: '100', theme: 'light' })));
      for (const [name, path] of Object.entries(paths)) {
        await page.goto(town.address + path);
        await page.locator('html[lang=en] main :is(.tile, .room, .req, .four.big, .field-label, .item, .owe, .way, th)').locator('visible=true').first().waitFor();
        await page.waitForFunction(() => document.fonts.status === 'loaded');
        await stands(page, `en-${name}`);
      }
    };
    await look('taro', { 'home-phone': '/', 'talk-phone': room, 'request-phone': request, 'short-phone': `/request/new?room=${groupC}`, 'incident-phone': `/incident/${flood().id}`, 'open-phone': '/incident/open', 'people-phone': '/people' });
    await look('hanako', { 'home-desk': '/', 'talk-desk': room, 'request-desk': request, 'incident-desk': `/incident/${flood().id}`, 'plan-desk': '/plan', 'requests-desk': '/request' });
    await look('ken', { 'pledge-phone': `${request}/answer`, 'more-phone': '/more' });
  });
});
