import { checks, covers, forged, found, lines, read, taken } from '@noroshi/e2e/taken-out';
import { says } from '@noroshi/features/record/proof';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { amend, withdraw } from '@noroshi/features/talk';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { canonical } from '@noroshi/foundations/kernel';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { meetAnew, two } from '@noroshi/e2e/met';
import { fromHex, hex } from '../record/proof/bytes.ts';
import { commitmentOf } from '../record/proof/sha256.ts';
import type { EventLine, SignedLine } from '../record/proof/form.ts';
import { signatures } from './server/signatures.server.ts';

meetAnew();

let folder: string;
let log: RecordLog;
/** What came from Hiroshima stands in the record of Ehime. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noroshi-signed-'));
  await two.share();
  const { hiroshima, ehime } = two;
  await two.says(hiroshima, '給水車を3台出します', { urgency: 'urgent' });
  const mended = await two.says(hiroshima, '到着は10時です');
  const gone = await two.says(hiroshima, '誤りです');
  const paper = await two.announces(hiroshima, 5, { caption: '経路' });
  await two.settles();
  await two.does(hiroshima, amend, { room: hiroshima.room, message: mended, text: '到着は11時です' }, 'taro');
  await two.does(hiroshima, withdraw, { room: hiroshima.room, message: gone }, 'taro');
  await two.arrives(hiroshima, paper.file, Buffer.from('%PDF-'));
  await two.says(ehime, '助かります');
  await two.settles();
  await opensLog();
});
afterEach(async () => {
  log.halt();
  await rm(folder, { recursive: true });
});

async function opensLog(): Promise<void> {
  log = new RecordLog({ stair: two.ehime.door.stair, signer: await openSigner(), report: (error) => { throw error; } });
  await log.start();
}
/** This house makes its whole record anew and signs it. */
async function recordsAnew(): Promise<void> {
  log.halt();
  await two.ehime.door.stair.pool.query(`update record_log set size = 0, peaks = ''; delete from record_leaf; delete from record_cursor; delete from record_checkpoint`);
  await opensLog();
}
const takesOut = (): Promise<string> => taken({ stair: two.ehime.door.stair, log, signatures: async () => signatures }, two.ehime.box.cast.hanako, { room: two.ehime.room }, folder);
const at = (texts: Map<string, string>, text: string): number => texts.get('events.jsonl')!.split('\n').findIndex((line) => line.includes(text)) + 1;

it('R11 what a partner signed goes with it: each of its events is as it was signed, and the numbers of its card stand beside', async () => {
  const file = await takesOut();
  const verdict = await checks(file);
  expect(found(verdict)).toEqual([]);
  // Three things said whose words are shown, one mended, one taken back, one file; of what was taken back the words are hidden.
  const numbers = (await two.sees(two.hiroshima)).numbers!;
  expect(verdict.proven!.partners).toEqual([{ name: '広島県', numbers, n: 6, open: 0 }]);
  expect(says(verdict, words('ja', japanese)).proven.join('\n')).toContain(`広島県から届いた6件は、広島県が署名したとおりです（届いた時刻と、ここから除かれた発言は照らせません）。その鍵が広島県のものかは、広島県の狼煙の「こちらの確認番号」と見比べてください： ${numbers.join(' ')}`);
  // No salt goes out of words that are hidden, by which they could be guessed.
  const texts = await read(file);
  const hidden = JSON.parse(texts.get('events.jsonl')!.split('\n').find((line) => line.includes('"fields":{') && /"text":\{\}/.test(line))!) as EventLine;
  expect(texts.get('partners.jsonl')).not.toContain(`"i":${hidden.i},`);
});

it('R11 a changed word of theirs is named, also where this house has made its whole record anew and signed it', async () => {
  const { pool } = two.ehime.door.stair;
  const file = await takesOut();
  const line = at(await read(file), '給水車を3台');
  const plain = await checks(await forged(file, (t) => lines(t, (all) => all.with(line - 1, all[line - 1]!.replace('3台', '5台')))));
  expect(found(plain)).toEqual(expect.arrayContaining([`lineWords ${line}`, `partnerWords ${line}`]));

  const event = JSON.parse((await read(file)).get('events.jsonl')!.split('\n')[line - 1]!) as EventLine;
  const k = Object.keys(event.fields).toSorted().indexOf('text');
  const commitment = hex(commitmentOf(fromHex(event.fields['text']!.salt!)!, 'text', canonical('給水車を5台出します')));
  const commitments = event.commitments.slice(0, k * 64) + commitment + event.commitments.slice((k + 1) * 64);
  await pool.query(`update event_body b set json = jsonb_set(json, '{text}', '"給水車を5台出します"') from event e where e.stream = b.stream and e.seq = b.seq and e.id = $1 and e.kind = 40`, [event.id]);
  await pool.query(`update event set commitments = decode($2, 'hex') where id = $1 and kind = 40`, [event.id, commitments]);
  await recordsAnew();
  const anew = await checks(await takesOut());
  expect(anew.found).toMatchObject([{ code: 'partnerWords', params: { name: '広島県' } }]);
  expect(says(anew, words('ja', japanese)).found[0]).toContain('行目の言葉が、広島県が署名したものと違います');
});

it('R11 who said it, as which message, how urgent and in which room are compared too, whatever this house writes anew', async () => {
  const { door: { stair: { pool } }, box: { cast } } = two.ehime;
  const first = `kind = 40 and exists (select from event_body b where b.stream = event.stream and b.seq = event.seq and b.json->>'text' like '給水車%')`;
  for (const [forge, code] of [
    [`update event set by = '${cast.taro.person}' where ${first}`, 'partnerWords'],
    [`update event set id = '${randomUUID()}' where ${first}`, 'partnerUnsigned'],
    [`update event_body b set json = b.json || '{"share": "${randomUUID()}"}' from event e where e.stream = b.stream and e.seq = b.seq and e.kind = 414`, 'partnerSignature'],
  ] as const) {
    const kept = await pool.query<Record<string, unknown>>('select e.stream, e.seq, e.id, e.by, b.json from event e join event_body b on b.stream = e.stream and b.seq = e.seq where kind in (40, 414)');
    expect((await pool.query(forge)).rowCount).toBe(1);
    await recordsAnew();
    expect((await checks(await takesOut())).found.map((one) => one.code), forge).toContain(code);
    for (const { stream, seq, id, by, json } of kept.rows) {
      await pool.query('update event set id = $3, by = $4 where stream = $1 and seq = $2', [stream, seq, id, by]);
      await pool.query('update event_body set json = $3 where stream = $1 and seq = $2', [stream, seq, json]);
    }
  }
  await recordsAnew();
  expect(found(await checks(await takesOut()))).toEqual([]);
});

it('R11 a signature that is left out, of another event, of another key, or beside words of its own is found', async () => {
  const file = await takesOut();
  const texts = await read(file);
  const line = at(texts, '給水車を3台');
  const event = JSON.parse(texts.get('events.jsonl')!.split('\n')[line - 1]!) as EventLine;
  const changes: [string, (all: string[]) => string[]][] = [
    [`partnerUnsigned ${line}`, (all) => all.filter((one) => !one.includes(`"i":${event.i},`))],
    [`partnerUnsigned ${line}`, () => []],
    [`partnerSignature ${line}`, (all) => all.map((one) => one.replace(/"key":"[^"]{43}/, `"key":"${'A'.repeat(43)}`))],
    [`partnerWords ${line}`, (all) => all.map((one) => (one.includes(`"i":${event.i},`) ? canonical({ ...JSON.parse(one) as SignedLine, rest: JSON.stringify({ ...JSON.parse((JSON.parse(one) as SignedLine).rest!) as object, text: '給水車を3台出します' }) }) : one))],
    ['partnerUnreadable', (all) => ['{', ...all]],
    // A second card under the numbers of the first, and a salt that is left out where nothing was taken out.
    ['partnerUnreadable', (all) => all.toSpliced(2, 0, all[0]!.replace(/"key":"[^"]{43}/, `"key":"${'A'.repeat(43)}`))],
    [`partnerWords ${line}`, (all) => all.map((one) => { const { salt: _salt, ...rest } = JSON.parse(one) as SignedLine; return rest.i === event.i ? canonical(rest) : one; })],
    [`partnerWords ${line}`, (all) => all.map((one) => { const { rest: _rest, ...left } = JSON.parse(one) as SignedLine; return left.i === event.i ? canonical(left) : one; })],
  ];
  for (const [what, change] of changes) expect(found(await checks(await forged(file, (t) => { lines(t, change, 'partners.jsonl'); covers(t); }))), what).toEqual(expect.arrayContaining(['manifestChanged', what]));
  // One signature for two events: the second has the first one's.
  const twice = await checks(await forged(file, (t) => {
    lines(t, (all) => {
      const [card, first, second, ...rest] = all;
      return [card!, first!, canonical({ ...JSON.parse(first!) as SignedLine, i: (JSON.parse(second!) as SignedLine).i }), ...rest];
    }, 'partners.jsonl');
    covers(t);
  }));
  expect(twice.found.map(({ code }) => code)).toEqual(expect.arrayContaining(['partnerTwice']));
});

it('R11 where words were taken out of the record, nothing is said of that message but that it cannot be compared', async () => {
  const { ehime } = two;
  await two.blacksOut(ehime, two.files(ehime)[0]!.of, ['text']);
  await two.settles();
  const verdict = await checks(await takesOut());
  expect(found(verdict)).toEqual([]);
  // The words are hidden, and what is left of their event is known as signed only; the file beside them stands, and its parcel has lost its salt with them.
  expect(verdict.proven!.partners).toMatchObject([{ n: 4, open: 2 }]);
});
