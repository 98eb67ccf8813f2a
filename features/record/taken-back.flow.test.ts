import { fresh, PastHouse, talkOf } from '@noroshi/e2e/past-house';
import { checks, found, read, taken } from '@noroshi/e2e/taken-out';
import { commentOn, openBoard, postNow, readBody, withdrawComment, withdrawPost } from '@noroshi/features/board';
import { takeBackImport } from '@noroshi/features/past';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import type { Id } from '@noroshi/foundations/kernel';
import { migrations } from '@noroshi/server/migrations';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let house: PastHouse;
let box: PastHouse['box'];
let log: RecordLog;
let folder: string;
const board = fresh();
/** Two notices stand on a board, each with a comment; one comment was taken back, the other one’s notice, and an import. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noroshi-taken-back-'));
  house = await PastHouse.open();
  ({ box } = house);
  const writes = (title: string): Promise<Id> => box.does('hanako', postNow, { board, title, category: 'c1', body: readBody(title), comments: true });
  await box.does('hanako', openBoard, { id: board, name: 'お知らせ', short: '掲', categories: [{ id: 'c1', name: 'お知らせ' }], readers: { orgs: [box.orgs.seiyo, box.orgs.saijo], people: [] }, writers: { orgs: [box.orgs.ehime], people: [] } });
  const [stands, goes] = [await writes('説明会の案内'), await writes('古い様式')];
  const mistake = await box.does('aoi', commentOn, { board, post: stands, text: '間違えた言葉' });
  await box.does('aoi', commentOn, { board, post: goes, text: '了解の返事' });
  await box.does('aoi', withdrawComment, { board, post: stands, comment: mistake });
  await box.does('hanako', withdrawPost, { board, post: goes });
  const { past } = await house.brings(box.device('hanako'), talkOf(20));
  await box.does('hanako', takeBackImport, { place: box.groupC, past, why: '別のトークの記録でした' });
  await box.stair.clock.look();
});
afterEach(async () => {
  log?.halt();
  await house?.close();
  await rm(folder, { recursive: true });
});

async function opensLog(): Promise<void> {
  log = new RecordLog({ stair: box.stair, signer: await openSigner(), report: (error) => { throw error; } });
  await log.start();
  await log.sign();
}
async function takesOut(): Promise<string> {
  return taken({ stair: box.stair, log }, box.cast.hanako, {}, folder);
}

it('R5 what is taken out shows what stands on devices: of a comment or an import that was taken back no words, and all of what it spoke of', async () => {
  await opensLog();
  const file = await takesOut();
  expect(found(await checks(file))).toEqual([]);
  const events = (await read(file)).get('events.jsonl')!;
  expect(Object.fromEntries(['説明会の案内', '間違えた言葉', '古い様式', '了解の返事', '報告 7'].map((text) => [text, events.includes(text)])))
    .toEqual({ 説明会の案内: true, 間違えた言葉: false, 古い様式: false, 了解の返事: true, '報告 7': false });
});

it('B10 what takes a comment back is about its notice, as the comment is: who does not see the notice hears of neither', async () => {
  const { rows } = await box.stair.pool.query<{ kind: number; about: number; takes: number | null; seq: number }>('select kind, seq, about, takes from event where kind in (225, 226) order by seq');
  const [comment, , back] = rows;
  expect([rows.map(({ kind }) => kind), back!.about, back!.takes]).toEqual([[225, 225, 226], comment!.about, comment!.seq]);
});

it('R2 a log that was grown and signed before 0740 is proven after it, and the words are still hidden', async () => {
  const { pool } = box.stair;
  // As the house before it has written it.
  await pool.query('alter table event drop column takes');
  await opensLog();
  const signed = await pool.query('select idx, hash from record_leaf order by idx');
  const client = await pool.connect();
  await client.query('begin');
  const step = migrations.find(({ name }) => name === '0740-comment-taken-back')!;
  await ('up' in step ? step.up(client) : client.query(step.sql));
  await client.query('commit');
  client.release();
  expect((await pool.query('select from event where kind = 226 and takes is null')).rowCount).toBe(0);
  const file = await takesOut();
  expect(found(await checks(file))).toEqual([]);
  expect((await pool.query('select idx, hash from record_leaf order by idx limit $1', [signed.rowCount])).rows).toEqual(signed.rows);
  const events = (await read(file)).get('events.jsonl')!;
  expect([events.includes('説明会の案内'), events.includes('間違えた言葉'), events.includes('報告 7')]).toEqual([true, false, false]);
});
