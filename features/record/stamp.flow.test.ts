import { hotline, type Hotline } from '@noroshi/e2e/box';
import { exportRecord, recordExport, type RecordExport } from '@noroshi/features/record';
import { says, verify, type Verdict } from '@noroshi/features/record/proof';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { checkSignature, exportZip, sourceOf, stamperAt, zip } from '@noroshi/features/record/taken-out';
import { say } from '@noroshi/features/talk';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readStamp, stampRequest } from './proof/stamp.ts';
import { unzip } from './proof/unzip.ts';

/** What another's program asks for SHA-256 of "noroshi", and what another's service answers (it is not known to anybody, and its key is gone). */
const asked = '30440201013031300d0609608648016503040201050004209392927478b8f0013358c0f640b5c823d402e0767fcfe00f6a37dd36fade9c8e020900cde6fb8e09efe1180101ff';
const answered = Buffer.from([
  'MIIFkTADAgEAMIIFiAYJKoZIhvcNAQcCoIIFeTCCBXUCAQMxDzANBglghkgBZQMEAgEFADB1BgsqhkiG9w0BCRABBKBmBGQwYgIBAQYDKgMEMDEwDQYJYIZIAWUDBAIBBQAEIJOSknR4uPABM1jA9kC1yCPUAuB2f8/gD2o33Tb63pyOAgEC',
  'GA8yMDI2MTEyODE4NDI0M1owAwIBAQEB/wIJAM3m+44J7+EYoIIC8TCCAu0wggHVoAMCAQICFEQNJJdFyKKIsm3pR21D3bzkSWeMMA0GCSqGSIb3DQEBCwUAMBMxETAPBgNVBAMMCFRlc3QgVFNBMB4XDTI2MTEyODE4NDI0M1oXDTM2MTEy',
  'NTE4NDI0M1owEzERMA8GA1UEAwwIVGVzdCBUU0EwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCZNCtj3IR1uffNkVqPRnkRtekCHSsocoCZmsY1CH8/pkBL2nCX3XRp90vsP6RSa1h/gqYVSjs1eW4zwZ+dnoJWq5sb4BwjVLcg',
  'yH7JtTNFa/irLQQTuyVhGna7xu/GCXR6T+XvdQNfAdmcwIEYXJwaew9SeRIf+CaiT8J92KpXPBWCZzDffg4ibLprZ4eumbYck9VKPPOn3C3Id+fnLRRVRgWw/H0ff9430iHqOkd48q236WCb21Q1NS6vFyhWcfKMvK8504ezDhq3fhdHUTNn',
  'jiTpcfeQ9nhAAKgpK5Jv3p5IdiP1r6/9hBNGZgE8nQAO1r8c0FEJy1YQJrys8aHZAgMBAAGjOTA3MBYGA1UdJQEB/wQMMAoGCCsGAQUFBwMIMB0GA1UdDgQWBBREcakqDrk2C2Dgk/zznrdDRI50OjANBgkqhkiG9w0BAQsFAAOCAQEAa1wm',
  'h6VTNXfTh65z45BYUHqsgOwMleHYDdoNashhHDml/F/r2IkKFLjpC9YA48e41eSWsN27HeWCtg5BTh/TZzj/x1jLaSo65I6H09PDW6rsUjmzC8G2HYrIZA7q7SVW1AXp7XjRimlxJEDZ8Xwc8StdXYzxeslVpsNqOeKrVQp8E2z+j2TZzI3J',
  'DuM209p822+qFx6bmR52tIhBKtELr3iH89pGpAHCwtThRUeopfYXw6cC04EuGqC+IsZSte5Rl+DybAf8JRWaJEBP+l75JPNeQrF8nKPZrK3oDyrPfi1/bs23dmg4mPDT5JQqt4nSvfc7Yy9+KteVJa4wItdDPjGCAfEwggHtAgEBMCswEzER',
  'MA8GA1UEAwwIVGVzdCBUU0ECFEQNJJdFyKKIsm3pR21D3bzkSWeMMA0GCWCGSAFlAwQCAQUAoIGYMBoGCSqGSIb3DQEJAzENBgsqhkiG9w0BCRABBDAcBgkqhkiG9w0BCQUxDxcNMjYxMTI4MTg0MjQzWjArBgsqhkiG9w0BCRACDDEcMBow',
  'GDAWBBSWwY1rhOl5zX6eVwcprT/RkWri4zAvBgkqhkiG9w0BCQQxIgQggKS7FhFT+gauxP8ueyoiiJ+IGALKf0c92ipohwbIricwDQYJKoZIhvcNAQEBBQAEggEAgPtQdqEmRndOdL4N5rUGgMEgGCGf29wU51BU0e8OdKPVk/qowmy2M5dN',
  'Fwj9IgbZa0SBEC5xHgVh+3qUa2/RXjKv1En1gBSkfQMaOz4PwFDKwvMYeRqWi5bhSD5dIbGiO9PfWTCCPn8jGYslaYF2+5BACN0QxIQ8gNhBtMLoVtEOjnWFmoBHOR5tfG+Zk7p0SokYp5ohYb1h9oYxvkE0FoOOrZwEnMKOkDjR9RVjSEbo',
  'JavrZnhieyF36TUtqPOu9MDqqC29kx4n/b3xOw7NhEDVOHT9UTDe3l6RQXQfKSwh36dSTTVoH0Ky5KDjg2ML1cQT1HWEw5IAEWKfMBCJdg==',
].join(''), 'base64');
const hash = createHash('sha256').update('noroshi').digest();
const stampedAt = 1795891363000;

/** The same answer for another hash and at another time. Its signature is then nobody's: that is not looked at. */
function answerTo(request: Buffer, at: number): Buffer {
  const answer = Buffer.from(answered);
  request.copy(answer, answer.indexOf(hash), 24, 56);
  answer.write(`${new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`, answer.indexOf('20261128184243Z'));
  return answer;
}

let box: Hotline;
let service: Server;
let url: URL;
let folder: string;
let how: (request: Buffer) => Buffer | number = (request) => answerTo(request, box.clock.now());
const heard: string[] = [];
const wrong: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noroshi-stamp-'));
  box = await hotline();
  service = createServer((request, reply) => void (async () => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    heard.push(request.headers['content-type'] ?? '');
    const told = how(Buffer.concat(pieces));
    if (typeof told === 'number') reply.writeHead(told).end();
    else reply.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(told);
  })());
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
  url = new URL(`http://127.0.0.1:${(service.address() as AddressInfo).port}/tsr`);
});
afterAll(async () => {
  service?.close();
  await box?.close();
  await rm(folder, { recursive: true });
});

it('R9 asks in the words of RFC 3161, and reads the answer of another’s service', () => {
  expect(Buffer.from(stampRequest(hash, Buffer.from('cde6fb8e09efe118', 'hex'))).toString('hex')).toBe(asked);
  const stamp = readStamp(answered)!;
  expect([Buffer.from(stamp.hash).equals(hash), stamp.at]).toEqual([true, stampedAt]);
  // Not granted, cut off, or another thing altogether.
  const refused = Buffer.from(answered);
  refused[refused.indexOf(Buffer.from('0201', 'hex')) + 2] = 2;
  for (const bad of [refused, answered.subarray(0, 300), Buffer.from('狼煙'), Buffer.alloc(0)]) expect(readStamp(bad)).toBeUndefined();
});

it('R9 has each checkpoint stamped, tells what that proves and what not, and finds a stamp of something else or of before', async () => {
  const log = new RecordLog({ stair: box.stair, signer: await openSigner(), stamper: stamperAt(url), report: (error, what) => void wrong.push(`${what}: ${String(error)}`) });
  try {
    await log.start();
    // A service that is away, or answers another question, keeps nobody from working, and is told.
    how = () => 503;
    expect((await log.sign())!.size).toBeGreaterThan(0);
    await log.stamped();
    how = () => answered;
    await box.does('taro', say, { room: box.groupC, text: '水が来た' });
    await log.sign();
    await log.stamped();
    expect(wrong).toEqual([expect.stringContaining('answers 503'), expect.stringContaining('something else')]);
    how = (request) => answerTo(request, box.clock.now());
    const id = await box.does('hanako', exportRecord, {});
    const { value } = box.stair.see<RecordExport>(box.cast.hanako, recordExport.noun, id)!;
    const pieces: Uint8Array[] = [];
    for await (const piece of await exportZip({ stair: box.stair, log }, box.cast.hanako, value, words('ja', japanese))) pieces.push(piece);
    const file = join(folder, 'stamped.zip');
    await writeFile(file, Buffer.concat(pieces));
    expect(heard.every((type) => type === 'application/timestamp-query')).toBe(true);
    const good = await checks(file);
    expect(good.found).toEqual([]);
    const told = says(good, words('ja', japanese));
    expect(told.proven.join()).toContain('確認点1件に、時刻認証局の時刻が付いています');
    expect(told.open.join()).toContain('時刻認証局の署名と証明書は、ここでは確かめていません');
    expect(codes(await checks(await forged(file, () => answered)))).toContain('stampOther');
    expect(codes(await checks(await forged(file, (stamp) => answerTo(Buffer.concat([Buffer.alloc(24), readStamp(stamp)!.hash]), 0))))).toContain('stampBefore');
    expect(codes(await checks(await forged(file, () => Buffer.from('狼煙'))))).toContain('stampUnreadable');
  } finally {
    log.halt();
  }
});

const codes = ({ found }: Verdict): string[] => found.map(({ code }) => code);
async function checks(file: string): Promise<Verdict> {
  const source = await sourceOf(file);
  try {
    return await verify({ source, checkSignature });
  } finally {
    await source.close();
  }
}
/** Packs it anew, with another stamp. */
async function forged(file: string, change: (stamp: Buffer) => Buffer): Promise<string> {
  const source = await sourceOf(file);
  const parts: { name: string; data: Uint8Array[] }[] = [];
  for (const [name, entry] of await unzip(source)) {
    const data: Uint8Array[] = [];
    for await (const piece of entry.read()) data.push(piece);
    if (name !== 'stamps.jsonl') parts.push({ name, data });
    else {
      const line = JSON.parse(Buffer.concat(data).toString()) as { stamp: string };
      parts.push({ name, data: [Buffer.from(`${JSON.stringify({ ...line, stamp: change(Buffer.from(line.stamp, 'base64')).toString('base64') })}\n`)] });
    }
  }
  await source.close();
  const pieces: Uint8Array[] = [];
  for await (const piece of zip((async function* () { yield* parts; })(), new Date())) pieces.push(piece);
  const other = join(folder, 'forged.zip');
  await writeFile(other, Buffer.concat(pieces));
  return other;
}
