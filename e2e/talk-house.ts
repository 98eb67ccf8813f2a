import { addOrganization, addPerson } from '@noroshi/features/directory';
import { openIncident, revisePlan } from '@noroshi/features/incident';
import { openRoom } from '@noroshi/features/talk';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { newId, systemActor, type Actor, type Id } from '@noroshi/foundations/kernel';
import type { Deed } from '@noroshi/foundations/sync';
import { createServer, openHouse } from '@noroshi/server';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { patience } from './browser.ts';

export const fresh = (): Id => newId(Date.now(), randomBytes(10));

/** Where one writes, in the talk on a screen. */
export const field = (page: Page) => page.locator('.composer textarea');
/** Writes and sends by the keys. */
export const write = async (page: Page, text: string): Promise<void> => {
  await field(page).fill(text);
  await field(page).press('Control+Enter');
};
/** A message that says so. */
export const message = (page: Page, text: string) => page.locator('.said-row', { hasText: text });

const cast = {
  hanako: { name: '渡部 花子', kana: 'わたなべ はなこ', org: 'ehime', role: 'administrator', title: '防災局 課長', duty: 'headquarters', rank: 30 },
  taro: { name: '兵頭 太郎', kana: 'ひょうどう たろう', org: 'seiyo', role: 'member', title: '副市長', duty: 'deputyHead', rank: 10 },
  aoi: { name: '越智 葵', kana: 'おち あおい', org: 'saijo', role: 'member', title: '危機管理課 係長', duty: 'disaster', rank: 40 },
  ken: { name: '向井 健', kana: 'むかい けん', org: 'iyo', role: 'member', title: '総務課 人事係', duty: 'personnel', rank: 50 },
  mika: { name: '佐々木 美香', kana: 'ささき みか', org: 'hiroshima', role: 'guest' },
} as const;
export type CastName = keyof typeof cast;

/**
 * The whole application on a port of its own, with the cast in group C, and a door at which one chooses who to be.
 * @param demo false: a door as in earnest; `enter` comes in by a link
 */
export async function openTalkHouse({ demo = true, ...more }: { demo?: boolean } & Pick<Parameters<typeof openHouse>[0], 'telling' | 'grace' | 'partners' | 'calls'> = {}) {
  const database = await freshDatabase();
  const people = Object.fromEntries(Object.keys(cast).map((name) => [name, fresh()])) as Record<CastName, Id>;
  const orgs = { ehime: fresh(), seiyo: fresh(), saijo: fresh(), iyo: fresh(), hiroshima: fresh() };
  let ahead = 0;
  const house = await openHouse({ pool: database.pool, now: () => Date.now() + ahead, ...(demo ? { demo: (part) => people[part] } : {}), failed: (error, where) => console.error(where, error), ...more });
  const dataFolder = await mkdtemp(join(tmpdir(), 'noroshi-data-'));
  const app = await createServer({ house, dataFolder, webFolder: join(import.meta.dirname, '../apps/web/dist'), logLevel: 'warn' });
  const actors = {} as Record<CastName, Actor>;
  for (const name of Object.keys(cast) as CastName[]) actors[name] = { person: people[name], org: orgs[cast[name].org], role: cast[name].role };

  const does = async <I>(who: CastName | 'system', deed: Deed<I, any> & { deed: string }, input: I, id = fresh()): Promise<Id> => {
    const answer = await house.stair.submit(who === 'system' ? systemActor : actors[who], { id, name: deed.deed, input });
    if (!answer.ok) throw new Error(`${deed.deed} was refused: ${answer.code}`);
    return id;
  };
  const organizations = [
    { id: orgs.ehime, code: '380008', name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '県', kind: 'prefecture' },
    { id: orgs.seiyo, code: '382141', name: '西予市', kana: 'せいよし', romaji: 'Seiyo', short: '西予', kind: 'city' },
    { id: orgs.saijo, code: '382060', name: '西条市', kana: 'さいじょうし', romaji: 'Saijo', short: '西条', kind: 'city' },
    { id: orgs.iyo, code: '382108', name: '伊予市', kana: 'いよし', romaji: 'Iyo', short: '伊予', kind: 'city' },
    { id: orgs.hiroshima, code: '340006', name: '広島県', kana: 'ひろしまけん', romaji: 'Hiroshima', short: '広島', kind: 'outside' },
  ] as const;
  for (const organization of organizations) await does('system', addOrganization, organization);
  for (const name of Object.keys(cast) as CastName[]) {
    const { org, name: fullName, kana, role, ...desk } = cast[name];
    await does('system', addPerson, {
      id: people[name], org: orgs[org], name: fullName, kana, role, phones: [{ kind: 'mobile', number: '090-0000-0001' }],
      ...('title' in desk ? { post: { ...desk, id: fresh() } } : {}),
    });
  }
  const groupC = fresh();
  await does('system', openRoom, { id: groupC, kind: 'group', name: 'グループC', short: 'C', orgs: [orgs.ehime, orgs.seiyo, orgs.saijo, orgs.iyo], people: [] });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    address, dataFolder, databaseUrl: database.url, house, actors, orgs, groupC, does,
    /** Puts the server's clock forward, by milliseconds: nobody says hundreds of things in a second. */
    passes(ms: number): void { ahead += ms; },
    /** Opens the application as someone. It puts itself onto the device only where it `installs`, which takes more of the processor than all that most stories do. A busy machine would pass for a bad line: less is carried by itself only where a test says so. */
    async enter(browser: Browser, who: CastName, how: { path?: string; desk?: boolean; language?: 'ja' | 'en'; text?: string; theme?: string; password?: string; context?: BrowserContext; at?: string; data?: 'auto' | 'low'; installs?: boolean } = {}): Promise<Page> {
      // Another server of the same house, where one is named.
      const at = how.at ?? address;
      const context = how.context ?? await browser.newContext({ viewport: how.desk ? { width: 1440, height: 900 } : { width: 390, height: 844 }, locale: 'ja-JP', serviceWorkers: how.installs ? 'allow' : 'block' });
      const page = await context.newPage();
      page.setDefaultTimeout(patience);
      page.on('pageerror', (error) => console.error(who, error));
      await page.goto(`${at}/healthz`);
      const way = demo ? ['demo.signIn', JSON.stringify({ person: people[who] })] : ['account.acceptInvitation', JSON.stringify({ token: await house.accounts.linkFor(people[who]), ...(how.password ? { password: how.password } : {}) })];
      await page.evaluate(async ([door, body, settings]) => {
        localStorage.setItem('noroshi-settings', settings!);
        const answer = await fetch(`/api/${door}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: body! });
        if (!answer.ok) throw new Error(await answer.text());
      }, [...way, JSON.stringify({ language: how.language ?? 'ja', text: how.text ?? '100', theme: how.theme ?? 'light', data: how.data ?? 'full' })]);
      await page.goto(`${at}${how.path ?? `/talk/${groupC}`}`);
      return page;
    },
    async close() {
      await app.close();
      await house.close();
      await database.close();
      await rm(dataFolder, { recursive: true });
    },
  };
}

/**
 * The flood of 2018 in this house: each town supports another in turn, and 西予市 is hit.
 * @param assumed whether the pairs are nobody's published plan
 */
export async function flood(town: Awaited<ReturnType<typeof openTalkHouse>>, assumed: boolean): Promise<void> {
  const { seiyo, saijo, iyo } = town.orgs;
  const row = (affected: string, supporters: readonly string[]) => ({ affected, supporters: supporters.map((org) => ({ org, assumed })) });
  await town.does('hanako', revisePlan, { seen: 0, name: '2018年度', from: '2018-04-01', rows: [row(seiyo, [saijo, iyo]), row(saijo, [iyo, seiyo]), row(iyo, [saijo, seiyo])] });
  await town.does('hanako', openIncident, { id: fresh(), name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [seiyo] });
}
