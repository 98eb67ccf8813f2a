import { openRoom } from '@noroshi/features/talk';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { newId, systemActor, type Actor, type Id } from '@noroshi/foundations/kernel';
import type { Deed } from '@noroshi/foundations/sync';
import { Stair } from '@noroshi/foundations/sync/server';
import { createServer, openHouse } from '@noroshi/server';
import { demoPart, settle } from '@noroshi/server/demo';
import { answers, demoHouse } from '@noroshi/server/features';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { patience } from './browser.ts';

export type CastName = 'hanako' | 'taro' | 'aoi' | 'ken' | 'mika';
export const fresh = (): Id => newId(Date.now(), randomBytes(10));

/** How someone comes in. */
export interface Entering {
  readonly path?: string;
  /** 1440 × 900 instead of a phone of 390 × 844. */
  readonly desk?: boolean;
  readonly language?: 'ja' | 'en';
  readonly context?: BrowserContext;
  /** It puts itself onto the device, which takes more of the processor than all that most stories do. */
  readonly installs?: boolean;
}

/** What a browser holds and shows for someone, opened at the door of the demo. */
export async function enterAs(browser: Browser, address: string, person: Id, { path = '/', desk = false, language = 'ja', context, installs = false }: Entering = {}): Promise<Page> {
  const page = await (context ?? await browser.newContext({ viewport: desk ? { width: 1440, height: 900 } : { width: 390, height: 844 }, locale: 'ja-JP', timezoneId: 'Asia/Tokyo', serviceWorkers: installs ? 'allow' : 'block' })).newPage();
  page.setDefaultTimeout(patience);
  await page.goto(`${address}/healthz`);
  await page.evaluate(async ([who, settings]) => {
    localStorage.setItem('noroshi-settings', settings!);
    const answer = await fetch('/api/demo.signIn', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person: who }) });
    if (!answer.ok) throw new Error(await answer.text());
  }, [person, JSON.stringify({ language, text: '100', theme: 'light', data: 'full' })]);
  await page.goto(`${address}${path}`);
  return page;
}

/**
 * The whole application on Ehime as the real import brings it in: its prefecture, 20 municipalities, counterpart groups and
 * support plan, and the demo's people. Nothing has happened yet but that Mika, a guest, was asked into one room.
 * @param more how people are told outside, and how long they have for reading before: push alone unless it is said
 */
export async function openEhime(more: Pick<Parameters<typeof openHouse>[0], 'telling' | 'grace'> = {}) {
  const database = await freshDatabase();
  const settling = await Stair.open({ pool: database.pool, house: demoHouse, now: Date.now, answers });
  const { names, actors } = await settle(settling);
  await settling.close();
  let ahead = 0;
  const house = await openHouse({ pool: database.pool, now: () => Date.now() + ahead, demo: demoPart, failed: (error, where) => console.error(where, error), ...more });
  const dataFolder = await mkdtemp(join(tmpdir(), 'noroshi-data-'));
  const app = await createServer({ house, dataFolder, webFolder: join(import.meta.dirname, '../apps/web/dist'), logLevel: 'warn' });
  const cast: Record<CastName, Actor> = {
    hanako: actors.get('ehime/hanako')!, taro: actors.get('seiyo/deputyHead')!, aoi: actors.get('saijo/disaster')!, ken: actors.get('iyo/personnel')!, mika: actors.get('hiroshima/mika')!,
  };
  const as = async <I>(actor: Actor, deed: Deed<I, any> & { deed: string }, input: I): Promise<Id> => {
    const id = fresh();
    const answer = await house.stair.submit(actor, { id, name: deed.deed, input });
    if (!answer.ok) throw new Error(`${deed.deed} was refused: ${answer.code}`);
    return id;
  };
  const guestRoom = fresh();
  await as(cast.hanako, openRoom, { id: guestRoom, kind: 'purpose', name: '広島県との連絡', short: '広島', orgs: [], people: [cast.mika.person, actors.get('ehime/desk')!.person] });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    address, house, names, actors, cast, guestRoom,
    groupC: names.room('C'),
    does: <I>(who: CastName | 'system', deed: Deed<I, any> & { deed: string }, input: I): Promise<Id> => as(who === 'system' ? systemActor : cast[who], deed, input),
    /** Puts the server's clock forward, by milliseconds: nobody says hundreds of things in a second. */
    passes(ms: number): void { ahead += ms; },
    async enter(browser: Browser, who: CastName, how?: Entering): Promise<Page> {
      const page = await enterAs(browser, address, cast[who].person, how);
      page.on('pageerror', (error) => console.error(who, error));
      page.on('console', (said) => said.type() === 'error' && console.error(who, said.text()));
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
