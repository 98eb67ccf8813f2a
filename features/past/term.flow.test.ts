import { inTables } from '@noroshi/e2e/in-tables';
import { approveRedaction, askDisposal, decideDisposal, disposal, kept, proposeRedaction, setTerm, type Disposal } from '@noroshi/features/keeping';
import { followKeeping } from '@noroshi/features/keeping/server';
import { arriveFile } from '@noroshi/foundations/files';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dueApart } from '../../apps/server/features.ts';
import { beginImport, pageId, pastPage, readPage, takeBackImport } from './past.ts';
import { PastHouse, secret } from '@noroshi/e2e/past-house';

let house: PastHouse;
let box: PastHouse['box'];
let jiro: Actor;
let folder: string;
let following: ReturnType<typeof followKeeping>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noroshi-term-'));
  house = await PastHouse.open();
  ({ box } = house);
  jiro = await house.jiro();
  following = followKeeping(box.stair, folder, (error) => { throw error; }, dueApart);
});
afterEach(async () => {
  await following?.idle();
  await house?.close();
  await rm(folder, { recursive: true });
});

/** Three lines of the fiscal year 2016, and two of 2017. */
const talk = ['2016/07/05(火)', '09:00\t山本\t堤防の報告', `09:01\t山本\t電話は${secret}`, '09:02\t兵頭 太郎\t了解', '2017/04/01(土)', '09:00\t山本\t新年度です', '09:01\t兵頭 太郎\tよろしく'].join('\n');
const days = 86_400_000;

/** The due of the room, as an administrator is told. */
async function due(): Promise<unknown[]> {
  const told = await house.asking(box.cast.hanako)(kept, {});
  if (!told.ok) throw new Error(told.code);
  return told.value.due.filter(({ room }) => room === box.groupC);
}
/** Two agree, and the clock does it. */
async function disposes(): Promise<Id> {
  const at = { room: box.groupC };
  const asked = await box.does('hanako', askDisposal, at);
  expect(await house.asks(jiro, decideDisposal, { ...at, disposal: asked, agree: true })).toBe('ok');
  await until(() => (box.stair.memory.get(disposal.noun, asked)?.value as Disposal).state === 'done', 'it to be done');
  await following.idle();
  return asked;
}
/** Lays the file of an import onto the disk, as it arrives. */
async function arrives(one: Awaited<ReturnType<PastHouse['plan']>>, text: string): Promise<string> {
  const { file, fileSha256: sha256, size } = one.input;
  const path = join(folder, sha256.slice(0, 2), sha256);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  await box.does('system', arriveFile, { stream: roomStream(box.groupC), file, sha256, size, type: 'text/plain' });
  return path;
}

it('K9 P17 lines whose term is over go by page when two agree, out of tables, search and disk, with a mark; those of a later year stay', async () => {
  const one = await house.brings(box.device('hanako'), talk);
  expect(one.pages.map((page) => page.map(({ text }) => text))).toEqual([['堤防の報告', `電話は${secret}`, '了解'], ['新年度です', 'よろしく']]);
  const path = await arrives(one, talk);
  // Nobody has set a term: kept for ever.
  expect([await due(), await house.finds('taro', secret)]).toMatchObject([[], [{}]]);
  await box.does('hanako', setTerm, { room: box.groupC, years: 10 });
  // The fiscal year 2016 is over for ten years on the first of April 2027; 2017, and what was said here in 2018, is not.
  box.clock.pass(Date.UTC(2027, 2, 31, 15) - box.clock.now());
  expect(await due()).toMatchObject([{ room: box.groupC, count: 3, first: Date.UTC(2016, 6, 5, 0, 0), last: Date.UTC(2016, 6, 5, 0, 2), held: false, kinds: { pastPage: 3 } }]);
  const asked = await disposes();

  const told = await house.asking(box.cast.taro)(readPage, { place: box.groupC, past: one.past, page: 0 });
  expect(told).toMatchObject({ ok: true, value: { lines: [{ who: '山本', n: 2 }, { who: '山本' }, { who: '兵頭 太郎' }], marks: [{ reason: '10', first: box.cast.hanako.person, second: jiro.person, disposal: asked }] } });
  expect(JSON.stringify(told)).not.toContain('堤防');
  expect((await house.reads('taro', one.past, 1))!.map(({ text }) => text)).toEqual(['新年度です', 'よろしく']);
  for (const words of [secret, '堤防の報告']) expect([await house.finds('taro', words), await inTables(box.stair.pool, words)]).toEqual([[], []]);
  expect(await house.finds('taro', '新年度です')).toHaveLength(1);
  // The file says them too; and no fingerprint is left against which one could try them.
  expect(await inTables(box.stair.pool, one.input.fileSha256)).toEqual([]);
  expect([house.stateOf(one.input.file), existsSync(path)]).toEqual(['withdrawn', false]);
  expect(await due()).toEqual([]);

  // No file brings them back: not this one after the import was taken back, and not another that tells of that time.
  await box.does('hanako', takeBackImport, { place: box.groupC, past: one.past, why: '入れ直します' });
  await box.stair.clock.look();
  const again = await house.plan(talk);
  expect(again.pages.flat().map(({ text }) => text)).toEqual(['新年度です', 'よろしく']);
  expect(await house.asks('hanako', beginImport, { ...again.input, from: one.input.from })).toBe('past.fileSaysMore');
  await box.restart();
  await box.everyoneAgrees();
});

it('K9 P17 what was taken back goes as well, since the record has it still; what two took out before is not counted', async () => {
  const one = await house.brings(box.device('hanako'), talk);
  await house.takesOut(one.past, 0, 1, jiro);
  await box.does('hanako', takeBackImport, { place: box.groupC, past: one.past, why: '別のトークの記録でした' });
  await box.stair.clock.look();
  expect(await inTables(box.stair.pool, '堤防の報告')).toEqual(['event_body.json']);
  await box.does('hanako', setTerm, { room: box.groupC, years: 1 });
  box.clock.pass(20 * 366 * days);
  expect(await due()).toMatchObject([{ kinds: { pastPage: 4 } }]);
  await disposes();
  for (const words of ['堤防の報告', '新年度です']) expect(await inTables(box.stair.pool, words)).toEqual([]);
  expect((await due()).filter((one) => JSON.stringify(one).includes('pastPage'))).toEqual([]);
  await box.everyoneAgrees();
});

it('P15 two judge the words of one line: nobody asks for a whole page', async () => {
  const { past } = await house.brings(box.device('hanako'), talk);
  const at = { room: box.groupC, thing: { noun: pastPage.noun, id: pageId(past, 0) } };
  expect(await house.asks('hanako', proposeRedaction, { ...at, parts: ['text'], reason: '全部' })).toBe('keeping.notFound');
  expect(await house.asks(jiro, approveRedaction, { ...at, redaction: pageId(past, 0) })).toBe('keeping.notFound');
});
