import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanPicture } from '../pictures.ts';
import { PictureChecker } from './picture-checker.server.ts';

const flood = fileURLToPath(new URL('../../../apps/server/demo/photos/flood.jpg', import.meta.url));
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** A thread that does what a hostile picture would make it do. */
const hostile = new URL(`data:text/javascript,${encodeURIComponent(`
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', (path) => {
    const kept = [];
    while (path === 'memory') kept.push({ at: kept.length });
    while (path === 'time');
    parentPort.postMessage({ sha256: path });
  });
  parentPort.postMessage('ready');
`)}`);

describe('FL10 a picture on a thread of its own', () => {
  let checker: PictureChecker;
  afterEach(() => checker.close());

  it('is found as it is found here, with the hashes of both', async () => {
    checker = new PictureChecker();
    const bytes = readFileSync(flood);
    const clean = cleanPicture(bytes)!;
    const found = (await checker.check(flood))!;
    expect(found).toMatchObject({ sha256: sha(bytes), picture: { type: 'image/jpeg', width: 1280, height: 960, sha256: sha(clean.bytes) } });
    expect(Buffer.from(found.picture!.bytes).equals(Buffer.from(clean.bytes))).toBe(true);
    expect(await checker.check(fileURLToPath(import.meta.url))).toEqual({ sha256: sha(readFileSync(fileURLToPath(import.meta.url))) });
  });

  it('that fills its memory is refused, and the next is checked', async () => {
    checker = new PictureChecker({ code: hostile });
    expect(await checker.check('memory')).toBeUndefined();
    expect(await checker.check('a')).toEqual({ sha256: 'a' });
  }, 60_000);

  it('that does not come to an end is refused, the next is checked, and meanwhile nobody waits', async () => {
    checker = new PictureChecker({ code: hostile, patience: 5_000 });
    let turns = 0;
    const talking = setInterval(() => (turns += 1), 10);
    expect(await checker.check('time')).toBeUndefined();
    clearInterval(talking);
    expect(turns).toBeGreaterThan(10);
    expect(await checker.check('b')).toEqual({ sha256: 'b' });
  }, 60_000);

  it('that cannot be read is no judgement on it', async () => {
    checker = new PictureChecker();
    await expect(checker.check(`${flood}.gone`)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await checker.check(flood)).toHaveProperty('picture');
  });
});
