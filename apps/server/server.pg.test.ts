import { randomBytes } from 'node:crypto';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase, type FreshDatabase } from '@noroshi/foundations/database/testing';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouse, type OpenHouse } from './open-house.ts';
import { createServer } from './server.ts';

let database: FreshDatabase;
let house: OpenHouse;
let app: FastifyInstance;
let webFolder: string;

beforeEach(async () => {
  webFolder = mkdtempSync(join(tmpdir(), 'noroshi-web-'));
  mkdirSync(join(webFolder, 'assets'));
  writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>狼煙</title>');
  writeFileSync(join(webFolder, 'assets', 'main-1a2b.js'), '1');
  database = await freshDatabase();
  house = await openHouse({ pool: database.pool, now: Date.now, failed: () => undefined });
  app = await createServer({ house, webFolder, logLevel: 'silent' });
});
afterEach(async () => {
  await app.close();
  await house.close();
  await database.close();
  rmSync(webFolder, { recursive: true });
});

describe('the server', () => {
  it('says that it is well while the database answers, and that it is not when it does not', async () => {
    expect((await app.inject('/healthz')).json()).toEqual({ ok: true, database: 'answers' });
    await database.pool.end();
    const ill = await app.inject('/healthz');
    expect(ill.statusCode).toBe(503);
    expect(ill.json()).toEqual({ ok: false, database: 'silent' });
  });

  it('S34 asks to come back while the database is away, whoever asks and whatever for: that is no answer', async () => {
    await database.pool.end();
    const cookie = `noroshi=${randomBytes(32).toString('base64url')}`;
    for (const [method, url] of [['POST', '/api/talk.say'], ['POST', '/line/poll'], ['GET', '/line'], ['POST', '/api/account.signIn']] as const) {
      const answer = await app.inject({ method, url, headers: { cookie }, ...(method === 'POST' && url.startsWith('/api') ? { payload: { login: 'taro', password: 'not-a-password-1' } } : {}) });
      expect([url, answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([url, 503, 'line.comeBackLater', '2']);
    }
  });

  it('answers a navigation with the page, and anything else that is not there with a code', async () => {
    const page = await app.inject({ url: '/talk/room', headers: { accept: 'text/html' } });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('狼煙');
    expect(page.headers['cache-control']).toBe('no-cache');
    const nothing = await app.inject({ url: '/assets/gone.js', headers: { accept: '*/*' } });
    expect([nothing.statusCode, nothing.json()]).toEqual([404, { code: 'notFound' }]);
    const noDeed = await app.inject({ url: '/api/gone', headers: { accept: 'text/html' } });
    expect([noDeed.statusCode, noDeed.json()]).toEqual([404, { code: 'notFound' }]);
  });

  it('lets files be kept whose names change with their contents', async () => {
    expect((await app.inject('/assets/main-1a2b.js')).headers['cache-control']).toContain('immutable');
  });

  it('lets nothing in from another origin', async () => {
    const policy = String((await app.inject('/healthz')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe/);
  });

  it('tells a part of a page nothing that a browser heeds in documents only, and a document all of it', async () => {
    const part = (await app.inject('/assets/main-1a2b.js')).headers;
    expect([part['content-security-policy'], part['permissions-policy'], part['x-content-type-options']]).toEqual([undefined, undefined, 'nosniff']);
    expect(JSON.stringify(part).length).toBeLessThan(500);
    for (const url of ['/', '/favicon.svg', '/assets/gone.js', '/api/openapi.json']) {
      const { headers } = await app.inject({ url, headers: { accept: 'text/html' } });
      expect([url, String(headers['content-security-policy']).slice(0, 18), headers['x-frame-options'], typeof headers['permissions-policy']]).toEqual([url, "default-src 'none'", 'SAMEORIGIN', url.startsWith('/assets/') ? 'undefined' : 'string']);
    }
  });

  it('waits for nobody for ever, and asks the database once for all who ask whether it is well', async () => {
    expect([app.server.requestTimeout, app.server.timeout]).toEqual([300_000, 120_000]);
    let asked = 0;
    const query = database.pool.query.bind(database.pool);
    database.pool.query = ((...of: Parameters<typeof query>) => { asked += 1; return query(...of); }) as never;
    const all = await Promise.all(Array.from({ length: 50 }, () => app.inject('/healthz')));
    expect(new Set(all.map((answer) => answer.statusCode))).toEqual(new Set([200]));
    expect(asked).toBeLessThan(10);
  });

  it('what the server answers by itself, no device answers from what it holds', () => {
    const worker = readFileSync(new URL('../web/service-worker.ts', import.meta.url), 'utf8');
    const passed = new RegExp(/if \(\/(.+)\/\.test\(url\.pathname\)\) return;/.exec(worker)![1]!);
    for (const path of ['/api/docs', '/line', '/files/x', '/documents/request/x.pdf', '/healthz']) expect(passed.test(path), path).toBe(true);
    expect(passed.test('/talk/x')).toBe(false);
  });

  it('serves nothing outside its folder', async () => {
    for (const url of ['/../package.json', '/..%2fpackage.json', '/assets/..%2f..%2fpackage.json', '/%2e%2e/package.json']) {
      expect((await app.inject(url)).body).not.toContain('noroshi');
    }
  });
});
