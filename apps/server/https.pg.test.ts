import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect as plain, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { freshDatabase, type FreshDatabase } from '@noroshi/foundations/database/testing';
import { selfSigned, until } from '@noroshi/foundations/testing';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, type OpenHouse } from './open-house.ts';
import { createServer } from './server.ts';

let database: FreshDatabase;
let house: OpenHouse;
let folder: string;
const apps: FastifyInstance[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'noroshi-tls-'));
  database = await freshDatabase();
  house = await openHouse({ pool: database.pool, now: Date.now, failed: () => undefined });
});
afterAll(async () => {
  for (const app of apps) await app.close();
  await house.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

const publicUrl = new URL('https://noroshi.example.jp');
const serve = async (options: Partial<Parameters<typeof createServer>[0]>): Promise<FastifyInstance> => {
  const app = await createServer({ house, webFolder: undefined, logLevel: 'silent', ...options });
  apps.push(app);
  return app;
};

function writeCertificate(common: string): { cert: string; key: string } {
  const { cert, key } = selfSigned(common);
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  writeFileSync(files.key, key);
  writeFileSync(files.cert, cert);
  return files;
}

const peer = (port: number): Promise<PeerCertificate> => new Promise((resolve, reject) => {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
    resolve(socket.getPeerCertificate());
    socket.end();
  });
  socket.on('error', reject);
});

describe('with a certificate', () => {
  it('the server speaks HTTPS, promises to go on with it, and takes up a renewed file', async () => {
    const certificate = writeCertificate('first.example');
    const app = await serve({ certificate, publicUrl, certificateLook: 20 });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    expect((await peer(port)).subject.CN).toBe('first.example');
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      request({ port, host: '127.0.0.1', path: '/healthz', rejectUnauthorized: false }, (answer) => {
        answer.resume();
        resolve(answer.headers);
      }).on('error', reject).end();
    });
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    writeFileSync(certificate.cert, 'half written');
    writeCertificate('renewed.example');
    await until(async () => (await peer(port)).subject.CN === 'renewed.example', 'the renewed certificate to be taken up');
  });

  it('that is none, the start stops with a sentence', async () => {
    const files = { cert: join(folder, 'none.pem'), key: join(folder, 'none.key') };
    await expect(serve({ certificate: files, publicUrl })).rejects.toThrow('The file that NOROSHI_TLS_CERT names cannot be read');
    writeFileSync(files.cert, 'x');
    writeFileSync(files.key, 'x');
    await expect(serve({ certificate: files, publicUrl })).rejects.toThrow('The files that NOROSHI_TLS_CERT and NOROSHI_TLS_KEY name are no certificate');
  });
});

describe('behind a proxy', () => {
  it('the server believes whom the proxy names, and leads whoever came in the open to HTTPS', async () => {
    const app = await serve({ trustProxy: ['10.1.0.0/16'], publicUrl });
    const open = await app.inject({ url: '/talk', remoteAddress: '10.1.2.3', headers: { 'x-forwarded-proto': 'http', 'x-forwarded-for': '203.0.113.9' } });
    expect([open.statusCode, open.headers.location]).toEqual([308, 'https://noroshi.example.jp/talk']);
    const said = await app.inject({ method: 'POST', url: '/api/account.me', remoteAddress: '10.1.2.3', headers: { 'x-forwarded-proto': 'http' }, payload: {} });
    expect([said.statusCode, said.json().code]).toEqual([403, 'line.notSecure']);
    const well = await app.inject({ url: '/healthz', remoteAddress: '10.1.2.3', headers: { 'x-forwarded-proto': 'https' } });
    expect(well.headers['strict-transport-security']).toBe('max-age=31536000');
    const ask = (origin: string) => app.inject({ method: 'POST', url: '/api/account.me', remoteAddress: '10.1.2.3', headers: { 'x-forwarded-proto': 'https', origin }, payload: {} });
    expect((await ask('https://noroshi.example.jp')).json().code).toBe('account.signedOut');
    expect((await ask('https://noroshi.example.jp.evil.example')).json().code).toBe('line.otherOrigin');
    await app.inject({
      method: 'POST', url: '/api/account.signIn', remoteAddress: '10.1.2.3', payload: { login: 'nobody', password: 'なんでもない' },
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.250, 203.0.113.9' },
    });
    expect((await database.pool.query('select address from account_attempt')).rows).toEqual([{ address: '203.0.113.9' }]);
  });

  it('leads to no other house, however the path is written', async () => {
    const app = await serve({ trustProxy: ['127.0.0.1'], publicUrl });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    for (const path of ['//evil.example/', '///evil.example', '/\\\\evil.example', 'http://evil.example/']) {
      const answer = await new Promise<string>((resolve) => {
        const socket = plain(port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: http\r\nConnection: close\r\n\r\n`));
        let told = '';
        socket.on('data', (bytes) => { told += String(bytes); });
        socket.on('close', () => resolve(told));
      });
      const to = /^location: (.*)\r$/im.exec(answer)?.[1];
      expect(to === undefined || new URL(to).origin === 'https://noroshi.example.jp', `${path}: ${to}`).toBe(true);
    }
  });

  it('the session cookie can be set by this host alone', async () => {
    const first = (await house.accounts.firstInvitation())!;
    const app = await serve({ trustProxy: ['10.1.0.0/16'], publicUrl });
    const lines: string[] = [];
    const logging = await serve({ logLevel: 'debug', logTo: { write: (line) => void lines.push(line) } });
    const input = { token: first, organization: { name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '県' }, name: '渡部 花子', kana: 'わたなべ はなこ', login: 'hanako', password: '緑の机に三本の傘がある' };
    const made = await app.inject({ method: 'POST', url: '/api/account.beginHouse', payload: input });
    expect(made.headers['set-cookie']).toMatch(/^__Host-noroshi=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    // What is secret never reaches the log, at whatever level.
    const signedIn = await logging.inject({ method: 'POST', url: '/api/account.signIn', payload: { login: 'hanako', password: input.password } });
    const secret = /noroshi=([\w-]{43})/.exec(String(signedIn.headers['set-cookie']))![1]!;
    await logging.inject({ method: 'POST', url: '/api/account.me', headers: { cookie: `noroshi=${secret}` }, payload: {} });
    await logging.inject({ method: 'POST', url: '/api/account.signIn', headers: { 'content-type': 'application/json' }, payload: `{"login":"hanako","password":"${input.password}"` });
    logging.log.info({ req: { headers: { cookie: secret } }, input, visit: { secret } }, 'someone logs too much');
    expect(lines.length).toBeGreaterThan(5);
    for (const hidden of [secret, input.password, first]) expect(lines.join('')).not.toContain(hidden);
  });
});
