import { disagreements, until } from '@noroshi/foundations/testing';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { inTables as lookIn } from '@noroshi/e2e/in-tables';
import { addPerson } from '@noroshi/features/directory';
import { approveRedaction, declineRedaction, proposeRedaction, redaction } from '@noroshi/features/keeping';
import { exportRecord, recordExport, type RecordExport } from '@noroshi/features/record';
import { verify } from '@noroshi/features/record/proof';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { checkSignature, exportZip, sourceOf } from '@noroshi/features/record/taken-out';
import { SearchIndex } from '@noroshi/features/search/server';
import { amend, answer, message, openRoom, say, seatPost, withdraw, type Message } from '@noroshi/features/talk';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { roomStream, type Deed } from '@noroshi/foundations/sync';
import { arriveFile, arriveThumb, storedFile, type StoredFile } from '@noroshi/foundations/files';
import { followKeeping } from '@noroshi/features/keeping/server';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dueApart } from '../../apps/server/features.ts';
import { found } from '../../apps/found.ts';

let box: Hotline;
let log: RecordLog;
let folder: string;
/** A second administrator of headquarters, and one who sits in no room. */
let jiro: Actor;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noroshi-keeping-'));
  box = await hotline();
  log = new RecordLog({ stair: box.stair, signer: await openSigner(), elsewhere: join(folder, 'kept.txt'), report: (error) => { throw error; } });
  await log.start();
  const [id, post] = [fresh(), fresh()];
  await box.does('system', addPerson, { id, name: '二宮 次郎', kana: 'にのみや じろう', org: box.orgs.ehime, role: 'administrator', phones: [], post: { id: post, title: '防災局 主幹', duty: 'headquarters', rank: 31 } });
  await box.does('system', seatPost, { post });
  jiro = { person: id, org: box.orgs.ehime, role: 'administrator' };
});
afterEach(async () => {
  log?.halt();
  await box?.close();
  await rm(folder, { recursive: true });
});

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const asks = async <I>(who: CastName | Actor, deed: Deed<I, any> & { deed: string }, input: I, id = fresh()): Promise<string> => {
  const told = await box.stair.submit(typeof who === 'string' ? box.cast[who] : who, { id, name: deed.deed, input });
  return told.ok ? 'ok' : told.code;
};

const inTables = (text: string): Promise<string[]> => lookIn(box.stair.pool, text);

let count = 0;
async function takesOut(): Promise<string> {
  const id = await box.does('hanako', exportRecord, {});
  const pieces: Uint8Array[] = [];
  for await (const piece of await exportZip({ stair: box.stair, log }, box.cast.hanako, box.stair.see<RecordExport>(box.cast.hanako, recordExport.noun, id)!.value, words('ja', japanese))) pieces.push(piece);
  const file = join(folder, `${++count}.zip`);
  await writeFile(file, Buffer.concat(pieces));
  return file;
}
async function checks(file: string) {
  const source = await sourceOf(file);
  try {
    return await verify({ source, checkSignature, kept: undefined });
  } finally {
    await source.close();
  }
}

const number = '090-1234-5678';
const secret = `山本さんの電話は${number}です`;
/** Taro has written what should not stand there: said it, mended it, and been answered with it. */
async function tooMuch(): Promise<{ room: Id; message: Id }> {
  const incident = await box.flood();
  const id = await box.does('taro', say, { room: box.groupC, text: secret, urgency: 'important', place: { name: `山本宅 ${number}` }, incident });
  await box.does('taro', amend, { room: box.groupC, message: id, text: `${secret}。至急` });
  await box.does('aoi', answer, { room: box.groupC, message: id, answer: 'agreed', word: `${number}にかけます` });
  return { room: box.groupC, message: id };
}
const both = async (at: { room: Id; message: Id }, parts: ('text' | 'place' | 'files')[] = ['text', 'place'], reason = '個人の電話番号のため'): Promise<Id> => {
  const asked = await box.does('hanako', proposeRedaction, { ...at, parts, reason });
  expect(await asks(jiro, approveRedaction, { redaction: asked, ...at })).toBe('ok');
  return asked;
};

describe('K1 two people take words out of the record', () => {
  it('nobody does both parts, and who is no administrator, or does not see the room, learns nothing', async () => {
    const at = await tooMuch();
    const what = { ...at, parts: ['text' as const], reason: '個人の電話番号のため' };
    expect(await asks('taro', proposeRedaction, what)).toBe('keeping.notAllowed');
    expect(await asks('taro', proposeRedaction, { ...what, message: fresh() })).toBe('keeping.notAllowed');
    expect(await asks('hanako', proposeRedaction, { ...what, message: fresh() })).toBe('keeping.notFound');
    expect(await asks('hanako', proposeRedaction, { ...what, room: fresh() })).toBe('keeping.notFound');
    expect(await asks('hanako', proposeRedaction, { ...what, reason: ' ' })).toBe('input.tooShort');
    const direct = fresh();
    await box.does('aoi', openRoom, { id: direct, kind: 'direct', name: '二人', short: '二', orgs: [], people: [box.cast.ken.person] });
    const inside = await box.does('aoi', say, { room: direct, text: '内々' });
    expect(await asks('hanako', proposeRedaction, { ...what, room: direct, message: inside })).toBe('keeping.notFound');
    // Nor through a room that they do see.
    expect(await asks('hanako', proposeRedaction, { ...what, message: inside })).toBe('keeping.notFound');

    const asked = fresh();
    expect(await asks('hanako', proposeRedaction, what, asked)).toBe('ok');
    expect(await asks('hanako', approveRedaction, { redaction: asked, ...at })).toBe('keeping.ownProposal');
    expect(await asks('taro', approveRedaction, { redaction: asked, ...at })).toBe('keeping.notAllowed');
    expect(await asks(jiro, approveRedaction, { redaction: asked, room: box.groupC, message: inside })).toBe('keeping.notFound');
    expect(await inTables(number)).not.toEqual([]);
    expect(await asks(jiro, declineRedaction, { redaction: asked, ...at, why: '番号は公開のもの' })).toBe('ok');
    expect(await asks(jiro, approveRedaction, { redaction: asked, ...at })).toBe('keeping.decided');
    expect(box.stair.memory.get(redaction.noun, asked)!.value).toMatchObject({ state: 'declined', decided: { by: jiro.person, at: expect.any(Number), why: '番号は公開のもの' } });
  });

  it('K2 the words are nowhere any more; the place, who asked, who agreed and why stand there, on each device, also one that was away', async () => {
    const search = new SearchIndex({ stair: box.stair, found: async () => found, report: (error) => { throw error; } });
    const [taro, ken] = [box.device('taro'), box.device('ken')];
    const at = await tooMuch();
    const held = async (d: typeof taro) => d.end.replica.get<Message>(message.noun, at.message);
    await until(async () => (await held(ken))?.answers !== undefined && (await held(taro))?.answers !== undefined, 'both to have it');
    await search.catchUp();
    expect(await inTables(number)).toEqual(expect.arrayContaining(['event_body.json', 'noun_message.value', 'search_text.words']));
    ken.wire.cut({ stay: true });
    await both(at);
    await search.catchUp();
    expect(await inTables(number)).toEqual([]);
    expect(await inTables('山本')).toEqual([]);
    await until(async () => (await held(taro))?.redacted !== undefined, 'Taro to be told');
    expect(JSON.stringify(await held(taro))).not.toContain('山本');
    expect((await held(ken))!.text).toContain(number);
    ken.wire.mend();
    await until(async () => (await held(ken))?.redacted !== undefined, 'Ken to be told');
    expect(await held(ken)).toMatchObject({ redacted: [{ parts: ['text', 'place'], reason: '個人の電話番号のため', by: [box.cast.hanako.person, jiro.person] }], urgency: 'important', answers: { [box.cast.aoi.person]: ['agreed', expect.any(Number)] } });
    // Everything that either device holds, whatever it is.
    for (const d of [taro, ken]) {
      const all = JSON.stringify([await d.end.replica.db.doc.toArray(), await d.end.replica.outbox.item.toArray()]);
      expect(all.includes('山本') || all.includes(number)).toBe(false);
    }
    await box.everyoneAgrees();
    // A node that starts anew folds the same from what is left.
    await box.restart();
    expect(await disagreements(box.stair.house, box.stair.pool, [box.stair], [])).toEqual([]);
    // Words do not come back by mending, and what was said once is not said again.
    expect(await asks('taro', amend, { ...at, text: secret })).toBe('talk.redacted');
    expect(await asks('hanako', proposeRedaction, { ...at, parts: ['text'], reason: 'もう一度' })).toBe('keeping.goneAlready');
    await search.stop();
  });

  it('K3 the record proves itself before and after, and says of what was taken out only that it is not shown', async () => {
    const at = await tooMuch();
    const before = await takesOut();
    await both(at);
    const after = await takesOut();
    const [one, two] = [await checks(before), await checks(after)];
    expect([one.found, two.found]).toEqual([[], []]);
    expect([one.proven!.hidden, two.proven!.hidden]).toEqual([0, 3]);
    // Of the fields of one event only those are gone that were to be: the urgency beside them is still shown and proven.
    const only = await box.does('taro', say, { room: box.groupC, text: secret, place: { name: '公民館' } });
    await both({ room: box.groupC, message: only }, ['text']);
    const third = await checks(await takesOut());
    expect([third.found, third.proven!.hidden]).toEqual([[], 4]);
    const { rows: [row] } = await box.stair.pool.query<{ json: object; emptied: string[]; salt: Buffer }>('select b.json, b.emptied, b.salt from event_body b join event e using (workspace, stream, seq) where e.id = $1 and e.n = 0', [only]);
    expect([row!.json, row!.emptied]).toEqual([{ place: { name: '公民館' } }, ['text']]);
    expect([row!.salt.subarray(0, 16).equals(Buffer.alloc(16)), row!.salt.subarray(16).equals(Buffer.alloc(16))]).toEqual([false, true]);
  });

  it('K4 what was taken back, and so still lies in the record, can be taken out of it as well', async () => {
    const at = await tooMuch();
    await box.does('taro', withdraw, at);
    expect(await inTables(number)).toContain('event_body.json');
    await both(at);
    expect(await inTables(number)).toEqual([]);
    expect(box.stair.memory.get(message.noun, at.message)!.value).toMatchObject({ withdrawn: {}, redacted: [{}] });
    await box.everyoneAgrees();
  });

  it('K5 a repeat of the command that said it gets its first answer, and there is no hash left to guess the words by', async () => {
    const id = fresh();
    const input = { room: box.groupC, text: secret };
    const first = await box.stair.submit(box.cast.taro, { id, name: say.deed, input });
    await both({ room: box.groupC, message: id }, ['text']);
    expect(await box.stair.submit(box.cast.taro, { id, name: say.deed, input })).toEqual(first);
    expect((await box.stair.pool.query<{ n: number }>(`select length(hash) as n from command where id = $1`, [id])).rows).toEqual([{ n: 0 }]);
  });

  it('K6 photographs and files go from the disk too, where nothing else has the same; also when the server stopped before it', async () => {
    const bytes = { own: randomBytes(40), shared: randomBytes(40), small: randomBytes(9) };
    const hash = (of: keyof typeof bytes): string => createHash('sha256').update(bytes[of]).digest('hex');
    const place = (of: keyof typeof bytes): string => join(folder, hash(of).slice(0, 2), hash(of));
    for (const of of ['own', 'shared', 'small'] as const) {
      await mkdir(dirname(place(of)), { recursive: true });
      await writeFile(place(of), bytes[of]);
    }
    const stream = roomStream(box.groupC);
    const sends = async (text: string, ...all: (keyof typeof bytes)[]): Promise<Id> => {
      const files = all.map((of) => ({ of, file: fresh() }));
      const id = await box.does('taro', say, { room: box.groupC, text, attachments: files.map(({ of, file }) => ({ file, kind: 'photo' as const, name: '山本さん宅.jpg', size: 40, type: 'image/jpeg', sha256: hash(of) })) });
      for (const { of, file } of files) {
        await box.does('system', arriveThumb, { stream, file, sha256: hash('small'), size: 9, type: 'image/jpeg' });
        await box.does('system', arriveFile, { stream, file, sha256: hash(of), size: 40, type: 'image/jpeg' });
      }
      return id;
    };
    const secretOne = await sends('表札が写っています', 'own', 'shared');
    const other = await sends('同じ写真', 'shared');
    const at = { room: box.groupC, message: secretOne };
    await both(at, ['files'], '表札が写っているため');
    // The words beside stay, what they carried cannot be fetched, and the name is nowhere.
    expect(box.stair.memory.get(message.noun, secretOne)!.value).toMatchObject({ text: '表札が写っています', redacted: [{ parts: ['files'] }] });
    expect((box.stair.memory.get(message.noun, secretOne)!.value as Message).attachments).toBeUndefined();
    expect(JSON.stringify(box.stair.memory.of(stream, storedFile.noun).filter(({ value }) => (value as StoredFile).of === secretOne))).not.toContain('山本');
    await both({ room: box.groupC, message: other }, ['text']);
    // The server was stopped before it came to the disk: the next start does it.
    const reports: unknown[] = [];
    followKeeping(box.stair, folder, (error) => void reports.push(error), dueApart);
    await until(() => !existsSync(place('own')), 'the photograph to be gone');
    await until(async () => (await inTables(hash('own'))).length === 0, 'its hash to be gone');
    expect([existsSync(place('shared')), existsSync(place('small'))]).toEqual([true, true]);
    // The last that had them goes, while the server runs.
    await both({ room: box.groupC, message: other }, ['files'], '表札が写っているため');
    await until(() => !existsSync(place('shared')) && !existsSync(place('small')), 'the other to be gone');
    await until(async () => (await inTables(hash('shared'))).length === 0, 'its hash to be gone');
    expect(await inTables('山本')).toEqual([]);
    expect(reports).toEqual([]);
    expect((await checks(await takesOut())).found).toEqual([]);
    await box.everyoneAgrees();
  });
});
