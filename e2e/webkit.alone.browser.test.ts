import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { roomStream } from '@noroshi/foundations/sync';
import { CuttableProxy, until } from '@noroshi/foundations/testing';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rooms } from '../apps/web/rooms.ts';
import { hasWebKit, WebKit } from './box/webkit.ts';
import { openDemo } from './demo-house.ts';
import { misfitsHere } from './looking.ts';

// What a deputy mayor has in the pocket is mostly an iPhone, and every browser on it is WebKit.

const shots = join(import.meta.dirname, 'shots');
const paths = ['/', '/more', '/waiting', '/settings', '/board/open', '/chronology/write', '/damage/report', '/drills', '/drills/start', '/calendar?view=week', '/calendar/open', '/calendar/settings', ...rooms.flatMap((room) => (room.pages ?? []).map((page) => page.path))];
/** The innermost thing to press that says so. */
const button = (says: string): string => `//button[contains(., '${says}') or contains(@aria-label, '${says}')]`;

const send = "//button[@aria-label='送信' and not(@aria-disabled='true')]";

describe.runIf(hasWebKit)('in the engine of an iPhone', () => {
  let demo: Awaited<ReturnType<typeof openDemo>>;
  let line: CuttableProxy;
  let address: string;
  let phone: WebKit;
  beforeAll(async () => {
    demo = await openDemo();
    line = await CuttableProxy.before(Number(new URL(demo.address).port));
    address = `http://127.0.0.1:${line.port}`;
    phone = await WebKit.open();
    await phone.size(390, 844);
    if (process.env['SHOTS']) await mkdir(shots, { recursive: true });
  }, 120_000);
  afterAll(async () => {
    await phone?.close();
    await line?.close();
    await demo?.close();
  });
  const shot = (name: string): Promise<void> => (process.env['SHOTS'] ? phone.shot(join(shots, `webkit-${name}.png`)) : Promise.resolve());
  const complaints = (): Promise<string[]> => phone.run(() => (globalThis as { said?: string[] }).said ?? ['nobody listened']);
  const listen = (): Promise<void> => phone.run(() => {
    const said: string[] = [];
    (globalThis as { said?: string[] }).said = said;
    // What an observer of sizes changed is looked at once more in the next frame, and this engine says so as if it were an error.
    addEventListener('error', ({ message: what, filename, lineno }) => { if (!what.startsWith('ResizeObserver loop')) said.push(`${what} ${filename}:${lineno}`); });
    addEventListener('unhandledrejection', ({ reason }) => said.push(String(reason?.stack ?? reason)));
  });
  const waits = (words: string, state: string): Promise<void> => phone.waitFor((said, how) => [...document.querySelectorAll<HTMLElement>('.said-row')].some((row) => row.innerText.includes(said) && row.innerText.includes(how)), `「${words}」: ${state}`, words, state);
  const enter = async (who: 'taro' | 'hanako'): Promise<void> => {
    await phone.goto(`${address}/healthz`);
    await phone.run(async (person) => { await fetch('/api/demo.signIn', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person }) }); }, demo.cast[who]);
    await phone.goto(`${address}/`);
    await phone.sees('いま応えること');
    await listen();
  };

  /** Goes to another screen as `goes` does in Chromium, and waits until it stands. */
  const goes = async (path: string): Promise<void> => {
    await phone.run((to) => {
      if (new URL(to, location.href).pathname !== location.pathname) document.querySelector('#noroshi > *')?.setAttribute('data-before', '');
      history.pushState({ depth: 1 }, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
    await phone.waitFor(() => !document.querySelector('[data-before]') && !document.querySelector('.loading') && document.querySelector('main h1, main h2, header h1') !== null, path);
  };

  it('one comes in, answers, says something, sends a sticker and a photograph; without a network it opens and takes words, and what was said arrives once', async () => {
    await enter('taro');
    await shot('home');
    // It is put onto the device when the screen stands, and takes this page over.
    await phone.run(async () => { await navigator.serviceWorker.ready; if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done)); });
    // It has just been put onto the device: there is no newer one.
    expect(await phone.run(() => document.body.innerText.includes('新しい版'))).toBe(false);
    await phone.press(button('了解'));
    const said = async (text: string): Promise<number> => (await demo.house.stair.pool.query("select 1 from noun where noun = 'message' and value->>'text' = $1", [text])).rowCount!;
    await goes(demo.pathOf('/talk/:room'));
    await phone.type('//textarea', '宇和町の橋が通れません');
    await phone.press(send);
    await until(async () => await said('宇和町の橋が通れません') === 1, 'the words');
    await phone.sees('宇和町の橋が通れません');
    await phone.press(button('スタンプ'));
    await phone.press('(//dialog[@open]//button[.//img])[3]');
    const photo = await readFile(join(import.meta.dirname, '../apps/server/demo/photos/flood.jpg'), 'base64');
    await phone.press(button('加える'));
    await phone.waitFor(() => document.querySelector('dialog[open] input[type=file][multiple]') !== null, 'the way to a photograph');
    await phone.run((bytes) => {
      const chosen = new DataTransfer();
      chosen.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.codePointAt(0)!)], 'IMG_0001.JPG', { type: 'image/jpeg' }));
      const field = document.querySelector<HTMLInputElement>('dialog[open] input[type=file][multiple]')!;
      field.files = chosen.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }, photo);
    await phone.waitFor(() => document.querySelector('dialog[open] .attach img') !== null, 'the photograph before it goes');
    await shot('attach');
    await phone.press("//dialog[@open]//button[contains(@class, 'main') and not(@aria-disabled='true')]");
    await phone.press(send);
    await until(async () => (await demo.house.stair.pool.query("select 1 from noun where noun = 'message' and value->>'by' = $1 and value::text like '%IMG_0001%'", [demo.cast.taro])).rowCount === 1, 'the photograph');
    await shot('talk');

    // The network goes, and the application is opened anew from what lies on the device.
    line.cut({ stay: true });
    await phone.goto(`${address}${demo.pathOf('/talk/:room')}`);
    await phone.sees('宇和町の橋が通れません');
    await listen();
    await phone.type('//textarea', '回線なしで書きました');
    await phone.press(send);
    await waits('回線なしで書きました', '送信待ち');
    await shot('no-line');
    expect(await said('回線なしで書きました')).toBe(0);
    line.mend();
    // Nothing tells this engine here that there is a network again: it is tried every thirty seconds at the latest, and a busy machine may miss one.
    await until(async () => await said('回線なしで書きました') === 1, 'what was said without a line', 80_000);
    await waits('回線なしで書きました', '送信ずみ');
    await until(() => demo.house.stair.memory.of(roomStream(demo.pathOf(':room')), storedFile.noun).some(({ value }) => { const { by, state } = value as StoredFile; return by === demo.cast.taro && state === 'arrived'; }), 'the photograph, whole', 40_000);
    expect(await complaints()).toEqual([]);
  });

  it('every screen fits in the narrowest window of this engine here, 447 pixels, and nothing goes wrong on it', async () => {
    const found: string[] = [];
    await enter('hanako');
    for (const path of paths.map((one) => demo.pathOf(one))) {
      await goes(path);
      found.push(...(await phone.run(misfitsHere)).map((what) => `${path} ${what}`));
      await shot(path.replaceAll(/[0-9a-f-]{36}/g, 'id').replaceAll(/[/?=]/g, '_'));
    }
    expect(found).toEqual([]);
    expect(await complaints()).toEqual([]);
  });
});
