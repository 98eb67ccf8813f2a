import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { inTables } from '@noroshi/e2e/in-tables';
import { addPerson } from '@noroshi/features/directory';
import { approveRedaction, proposeRedaction } from '@noroshi/features/keeping';
import { followKeeping } from '@noroshi/features/keeping/server';
import { beginImport, bringPage, lineId, pageId, pastPage } from '@noroshi/features/past';
import { answer, answerSurvey, ask, placeOf, placeStream, quick, sheet, type Answer, type Sheet } from '@noroshi/features/survey';
import { openRoom, seatPost } from '@noroshi/features/talk';
import { arriveFile, arriveThumb, storedFile } from '@noroshi/foundations/files';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import type { Part } from '@noroshi/foundations/redacts';
import { roomStream, type Deed } from '@noroshi/foundations/sync';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dueApart } from '../../apps/server/features.ts';
import { standingIn } from './server/due-things.ts';

const fresh = (): Id => newId(Date.now(), randomBytes(10));
let box: Hotline;
let folder: string;
let jiro: Actor;
let following: ReturnType<typeof followKeeping>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noroshi-gone-'));
  box = await hotline();
  const [id, post] = [fresh(), fresh()];
  await box.does('system', addPerson, { id, name: '二宮 次郎', kana: 'にのみや じろう', org: box.orgs.ehime, role: 'administrator', phones: [], post: { id: post, title: '防災局 主幹', duty: 'headquarters', rank: 31 } });
  await box.does('system', seatPost, { post });
  jiro = { person: id, org: box.orgs.ehime, role: 'administrator' };
  following = followKeeping(box.stair, folder, (error) => { throw error; }, dueApart);
});
afterEach(async () => {
  await following?.idle();
  await box?.close();
  await rm(folder, { recursive: true });
});

const asks = async <I>(who: CastName | Actor, deed: Deed<I, any> & { deed: string }, input: I): Promise<string> => {
  const told = await box.stair.submit(typeof who === 'string' ? box.cast[who] : who, { id: fresh(), name: deed.deed, input });
  return told.ok ? 'ok' : told.code;
};
interface At { readonly room: Id; readonly thing: { readonly noun: string; readonly id: string; readonly said: Id; readonly under?: Id } }
const both = async (at: At, parts: Part[]): Promise<void> => {
  const asked = await box.does('hanako', proposeRedaction, { ...at, parts, reason: '個人の電話番号のため' });
  expect(await asks(jiro, approveRedaction, { redaction: asked, ...at })).toBe('ok');
};
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const pathOf = (bytes: Uint8Array): string => join(folder, hashOf(bytes).slice(0, 2), hashOf(bytes));
const lays = async (bytes: Uint8Array): Promise<void> => {
  await mkdir(dirname(pathOf(bytes)), { recursive: true });
  await writeFile(pathOf(bytes), bytes);
};
const stateOf = (file: Id): unknown => (box.stair.memory.get(storedFile.noun, file)!.value as { state: unknown }).state;

it('P15 K6 the bytes of a file that was brought go from the disk with the words of one of its lines; another place that has the same file keeps them', async () => {
  const bytes = Buffer.from('2018/07/05(木)\n00:00\t山本\t090-1234-5678\n');
  await lays(bytes);
  const at = Date.UTC(2018, 6, 4, 15);
  const brings = async (place: Id): Promise<{ past: Id; file: Id }> => {
    const [past, file] = [fresh(), fresh()];
    await box.does('hanako', beginImport, { place, id: past, source: 'talk', name: 'talk.txt', fileSha256: hashOf(bytes), size: bytes.length, lines: 1, pages: 1, left: 0, from: at, to: at, file });
    await box.does('hanako', bringPage, { place, past, page: 0, lines: [{ n: 2, at, who: '山本', kind: 'text', text: '090-1234-5678' }] });
    await box.does('system', arriveFile, { stream: roomStream(place), file, sha256: hashOf(bytes), size: bytes.length, type: 'text/plain' });
    return { past, file };
  };
  const goes = async (room: Id, past: Id): Promise<void> => {
    const page = pageId(past, 0);
    await both({ room, thing: { noun: pastPage.noun, id: page, said: lineId(page, 0) } }, ['text']);
    await following.idle();
  };
  const other = fresh();
  await box.does('hanako', openRoom, { id: other, kind: 'purpose', name: '移行先', short: '移', orgs: [], people: [jiro.person] });
  const [here, there] = [await brings(box.groupC), await brings(other)];
  await goes(box.groupC, here.past);
  expect([stateOf(here.file), stateOf(there.file), existsSync(pathOf(bytes))]).toEqual(['withdrawn', 'arrived', true]);
  await goes(other, there.past);
  expect([stateOf(there.file), existsSync(pathOf(bytes))]).toEqual(['withdrawn', false]);
  // Nothing is left against which the words that went could be tried.
  expect(await inTables(box.stair.pool, hashOf(bytes))).toEqual([]);
  await box.everyoneAgrees();
});

it('V13 K6 the bytes of a photograph of an answer go from the disk, with its small picture; those of another answer stay', async () => {
  const [photo, small, other] = [randomBytes(50), randomBytes(20), randomBytes(50)];
  await Promise.all([photo, small, other].map(lays));
  const survey = await box.does('hanako', ask, { kind: 'form', orgs: [box.orgs.seiyo], title: '避難所', questions: [{ id: 'p', kind: 'photo', title: '写真' }] });
  const of = box.stair.memory.of(placeStream(box.orgs.seiyo), sheet.noun).map(({ value }) => value as Sheet).find((one) => one.survey === survey)!;
  const place = placeOf(of.org);
  const sends = async (bytes: Uint8Array, thumb?: Uint8Array): Promise<{ file: Id; said: Id }> => {
    const file = fresh();
    const said = await box.does('taro', answerSurvey, { place, sheet: of.id, values: { p: [file] }, files: [{ file, kind: 'photo', name: '表札.jpg', size: 50, type: 'image/jpeg' }] });
    if (thumb) await box.does('system', arriveThumb, { stream: roomStream(place), file, sha256: hashOf(thumb), size: 20, type: 'image/jpeg' });
    await box.does('system', arriveFile, { stream: roomStream(place), file, sha256: hashOf(bytes), size: 50, type: 'image/jpeg' });
    return { file, said };
  };
  const [first, second] = [await sends(photo, small), await sends(other)];
  const doc = box.stair.memory.of(placeStream(box.orgs.seiyo), answer.noun)[0]!;
  expect((doc.value as Answer).said.map(({ id }) => id)).toEqual([first.said, second.said]);
  await both({ room: place, thing: { noun: answer.noun, id: doc.id, said: first.said, under: of.id } }, ['files']);
  await following.idle();
  expect([stateOf(first.file), stateOf(second.file)]).toEqual(['withdrawn', 'arrived']);
  expect([photo, small, other].map((one) => existsSync(pathOf(one)))).toEqual([false, false, true]);
  expect(await inTables(box.stair.pool, hashOf(photo))).toEqual([]);
  await box.everyoneAgrees();
});

it('V13 K9 what was answered to a survey is among what is due, of the disaster of its survey', async () => {
  await box.plans();
  const incident = await box.flood();
  const survey = await box.does('hanako', ask, { kind: 'safety', orgs: [box.orgs.seiyo], title: '', incident });
  const of = box.stair.memory.of(placeStream(box.orgs.seiyo), sheet.noun).map(({ value }) => value as Sheet).find((one) => one.survey === survey)!;
  await box.does('taro', answerSurvey, { place: placeOf(of.org), sheet: of.id, values: quick.can });
  expect([...standingIn(box.stair.memory, placeStream(box.orgs.seiyo))]).toMatchObject([{ noun: answer.noun, incident }]);
});
