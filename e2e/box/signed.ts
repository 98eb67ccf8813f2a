/** A house in whose record stands what a partner has signed, and which writes of it what it likes: for the flow tests of the proof. */
import type { Selection } from '@noroshi/features/record';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { amend, withdraw } from '@noroshi/features/talk';
import { canonical } from '@noroshi/foundations/kernel';
import type { SignaturesOf } from '@noroshi/foundations/parcel';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { signatures } from '../../features/federation/server/signatures.server.ts';
import { fromHex, hex } from '../../features/record/proof/bytes.ts';
import type { EventLine } from '../../features/record/proof/form.ts';
import { commitmentOf } from '../../features/record/proof/sha256.ts';
import { two } from './met.ts';
import { read, taken } from './taken-out.ts';

let folder: string;
let log: RecordLog;

/** What came from Hiroshima stands in the record of Ehime, for each test of a file in which two have met. */
export function signedAnew(): void {
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
}

async function opensLog(): Promise<void> {
  log = new RecordLog({ stair: two.ehime.door.stair, signer: await openSigner(), report: (error) => { throw error; } });
  await log.start();
}
/** This house makes its whole record anew and signs it. */
export async function recordsAnew(): Promise<void> {
  log.halt();
  await two.ehime.door.stair.pool.query(`update record_log set size = 0, peaks = ''; delete from record_leaf; delete from record_cursor; delete from record_checkpoint`);
  await opensLog();
}
/**
 * @param meanwhile happens once it is signed, and before anything of it is written
 * @param as what this house tells of what was signed, where it is not as it is
 */
export const takesOut = (of: Selection = {}, meanwhile = async (): Promise<void> => undefined, as: (told: SignaturesOf) => Partial<SignaturesOf> = () => ({})): Promise<string> => {
  const told: typeof signatures = (stair) => ({ ...signatures(stair), ...as(signatures(stair)) });
  const needs = { stair: two.ehime.door.stair, log, signatures: async () => meanwhile().then(() => told) };
  return taken(needs, two.ehime.box.cast.hanako, { room: two.ehime.room, ...of }, folder);
};
/** In which line of the events something stands. */
export const at = (texts: Map<string, string>, text: string): number => texts.get('events.jsonl')!.split('\n').findIndex((line) => line.includes(text)) + 1;

/** What this house writes of an event of theirs, as if it had been so: the words, or a time in the talk, with a commitment that fits. */
export async function rewrites(event: EventLine, field: string, value: unknown): Promise<void> {
  const { pool } = two.ehime.door.stair;
  const k = Object.keys(event.fields).toSorted().indexOf(field);
  const commitment = hex(commitmentOf(fromHex(event.fields[field]!.salt!)!, field, canonical(value)));
  const of = 'where stream = (select no from stream where key = $1) and seq = $2';
  await pool.query(`update event_body set json = jsonb_set(json, $3, $4) ${of}`, [event.stream, event.seq, [field], JSON.stringify(value)]);
  await pool.query(`update event set commitments = decode($3, 'hex') ${of}`, [event.stream, event.seq, event.commitments.slice(0, k * 64) + commitment + event.commitments.slice((k + 1) * 64)]);
}
/** The event in whose line something stands. */
export const eventOf = async (text: string): Promise<EventLine> => {
  const texts = await read(await takesOut());
  return JSON.parse(texts.get('events.jsonl')!.split('\n')[at(texts, text) - 1]!) as EventLine;
};
