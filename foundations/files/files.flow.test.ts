import { say, withdraw, type Attachment } from '@noroshi/features/talk';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { until } from '@noroshi/foundations/testing';
import { roomStream } from '@noroshi/foundations/sync';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import fastify, { type FastifyInstance } from 'fastify';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { largestFile, largestPhoto, storedFile, type StoredFile } from './files.ts';
import { cleanPicture, takenIn } from './pictures.ts';
import { mountFiles, openFiles, type FileServer, type FilesNeeds } from './server/files.server.ts';
import type { Checked } from './server/picture-checker.server.ts';
import { KeptFiles } from './web/kept.web.ts';
import { Uploads } from './web/uploads.web.ts';

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const photo = readFileSync(new URL('../../apps/server/demo/photos/flood.jpg', import.meta.url));
const MB = 1024 * 1024;

let box: Hotline;
let folder: string;
let app: FastifyInstance;
let server: FileServer;
let address: string;
let freeBytes = Number.MAX_SAFE_INTEGER;

async function open(more: Pick<FilesNeeds, 'check' | 'now'> = {}): Promise<void> {
  app = fastify();
  server = await mountFiles(app, {
    stair: box.stair, folder, freeBytes: async () => freeBytes, ...more,
    whoAsks: async ({ headers }) => {
      const actor = box.cast[headers['x-as'] as CastName];
      return actor && { session: actor.person, actor: () => actor };
    },
  });
  address = await app.listen({ host: '127.0.0.1', port: 0 });
}
beforeAll(async () => {
  box = await hotline();
  folder = mkdtempSync(join(tmpdir(), 'のろし files '));
  await open();
});
beforeEach(() => { freeBytes = Number.MAX_SAFE_INTEGER; });
afterAll(async () => {
  await app?.close();
  await box?.close();
  rmSync(folder, { recursive: true });
});

const fresh = (): string => box.device('taro').end.newId();
const describeFile = (bytes: Uint8Array, more: Partial<Attachment> = {}): Attachment => ({ file: fresh(), kind: 'file', name: '避難所名簿.pdf', size: bytes.length, type: 'application/pdf', sha256: sha(bytes), ...more });
/** Taro says something with a file; the bytes are still on his phone. */
const announce = async (attachment: Attachment, who: CastName = 'taro'): Promise<string> => box.does(who, say, { room: box.groupC, text: '送ります', attachments: [attachment] });
const ask = (path: string, who: CastName | undefined, init: RequestInit = {}): Promise<Response> =>
  fetch(`${address}${path}`, { ...init, headers: { ...(who ? { 'x-as': who } : {}), ...init.headers } });
const tus = (init: RequestInit = {}): RequestInit => ({ ...init, headers: { 'tus-resumable': '1.0.0', ...init.headers } });
const begin = (file: string, size: number, who: CastName = 'taro'): Promise<Response> =>
  ask('/files', who, tus({ method: 'POST', headers: { 'upload-length': String(size), 'upload-metadata': `file ${Buffer.from(file).toString('base64')}` } }));
const piece = (file: string, from: number, bytes: Uint8Array, who: CastName = 'taro'): Promise<Response> =>
  ask(`/files/${file}/upload`, who, tus({ method: 'PATCH', headers: { 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' }, body: bytes as Uint8Array<ArrayBuffer> }));
const offset = async (file: string): Promise<string | null> => (await ask(`/files/${file}/upload`, 'taro', tus({ method: 'HEAD' }))).headers.get('upload-offset');
const stored = (file: string): StoredFile | undefined => box.stair.memory.get(storedFile.noun, file)?.value as StoredFile | undefined;
const send = async (attachment: Attachment, bytes: Uint8Array): Promise<Response> => {
  expect((await begin(attachment.file, bytes.length)).status).toBe(201);
  return piece(attachment.file, 0, bytes);
};
const code = async (answer: Response): Promise<[number, string | undefined]> => [answer.status, ((await answer.json()) as { code?: string }).code];

describe('FL5 a file goes behind its words', () => {
  it('everyone in the room learns that it is there, and can fetch it as it was', async () => {
    const ken = box.device('ken');
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300_000)]);
    const it = describeFile(bytes, { name: '../避難所\u202E名簿.pdf' });
    await announce(it);
    await until(() => ken.end.replica.get<StoredFile>(storedFile.noun, it.file), 'Ken to know that a file is coming');
    expect((await ask(`/files/${it.file}`, 'ken')).status).toBe(404);
    expect((await send(it, bytes)).status).toBe(204);
    await until(async () => (await ken.end.replica.get<StoredFile>(storedFile.noun, it.file))?.state === 'arrived', 'Ken to know that it is here');
    const got = await ask(`/files/${it.file}`, 'ken');
    expect(sha(new Uint8Array(await got.arrayBuffer()))).toBe(it.sha256);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'application/pdf', 'x-content-type-options': 'nosniff', vary: 'Cookie',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-disposition': `attachment; filename="______.pdf"; filename*=UTF-8''${encodeURIComponent('_避難所名簿.pdf')}`,
    });
    expect(got.headers.get('content-security-policy')).toContain('sandbox');
    const part = await ask(`/files/${it.file}`, 'ken', { headers: { range: 'bytes=5-9' } });
    expect([part.status, part.headers.get('content-range'), Buffer.from(await part.arrayBuffer())]).toEqual([206, `bytes 5-9/${bytes.length}`, bytes.subarray(5, 10)]);
    expect((await ask(`/files/${it.file}`, 'ken', { headers: { range: 'bytes=900000-' } })).status).toBe(416);
    expect((await ask(`/files/${it.file}`, 'ken', { headers: { 'if-none-match': got.headers.get('etag')! } })).status).toBe(304);
    await box.everyoneAgrees();
  });

  it('is the same 404 for someone from outside as a file that never was, whatever they try', async () => {
    const bytes = randomBytes(1_000);
    const it = describeFile(bytes);
    await announce(it);
    await send(it, bytes);
    const never = fresh();
    const tries = (id: string): Promise<Response>[] => [
      ask(`/files/${id}`, 'mika'), ask(`/files/${id}/thumb`, 'mika'), begin(id, 1_000, 'mika'), piece(id, 0, bytes, 'mika'),
      ask(`/files/${id}/upload`, 'mika', tus({ method: 'HEAD' })),
      ask(`/files/${id}/thumb`, 'mika', { method: 'PUT', headers: { 'content-type': 'image/jpeg' }, body: photo.subarray(0, 1_000) }),
    ];
    const all = async (id: string): Promise<unknown[]> => Promise.all(tries(id).map(async (one) => { const got = await one; return [got.status, await got.text()]; }));
    const seen = await all(it.file);
    expect(seen).toEqual(await all(never));
    expect(new Set((seen as [number][]).map(([status]) => status))).toEqual(new Set([404]));
    expect((await ask(`/files/${it.file}`, undefined)).status).toBe(401);
    expect((await ask('/files/..%2f..%2fetc%2fpasswd', 'ken')).status).toBe(404);
  });

  it('is sent by nobody but who said so', async () => {
    const it = describeFile(randomBytes(1_000));
    await announce(it);
    expect(await code(await begin(it.file, 1_000, 'ken'))).toEqual([403, 'files.notAllowed']);
    expect((await begin(it.file, 1_000)).status).toBe(201);
    expect(await code(await piece(it.file, 0, randomBytes(1_000), 'ken'))).toEqual([403, 'files.notAllowed']);
    // Nor can one name another's file in one's own message.
    expect(await box.stair.submit(box.cast.ken, { id: fresh(), name: 'talk.say', input: { room: box.groupC, text: 'x', attachments: [it] } })).toEqual({ ok: false, code: 'command.idTaken' });
    expect(await code(await piece(it.file, 0, randomBytes(1_000), 'ken'))).toEqual([403, 'files.notAllowed']);
    expect(stored(it.file)).toMatchObject({ by: box.cast.taro.person, state: 'awaited' });
  });

  it('cannot be taken over into another room', async () => {
    const it = describeFile(randomBytes(1_000));
    await announce(it);
    const { openRoom } = await import('@noroshi/features/talk');
    const room = fresh();
    await box.does('ken', openRoom, { id: room, kind: 'purpose', name: '水', short: '水', orgs: [], people: [] });
    expect(await box.stair.submit(box.cast.ken, { id: fresh(), name: 'talk.say', input: { room, text: 'x', attachments: [it] } })).toEqual({ ok: false, code: 'command.idTaken' });
    expect(box.stair.memory.get(storedFile.noun, it.file)?.stream).toBe(roomStream(box.groupC));
  });

  it('is gone for everyone when its words are withdrawn, and stays in the record', async () => {
    const bytes = randomBytes(1_000);
    const it = describeFile(bytes);
    const message = await announce(it);
    await send(it, bytes);
    expect((await ask(`/files/${it.file}`, 'ken')).status).toBe(200);
    await box.does('taro', withdraw, { room: box.groupC, message });
    expect(await code(await ask(`/files/${it.file}`, 'ken'))).toEqual([404, 'files.notFound']);
    expect(await code(await ask(`/files/${it.file}`, 'taro'))).toEqual([404, 'files.notFound']);
    expect(existsSync(join(folder, 'files', it.sha256!.slice(0, 2), it.sha256!))).toBe(true);
  });

  it('that was withdrawn is not even known by its name to who was away meanwhile', async () => {
    const bytes = randomBytes(1_000);
    const it = { ...describeFile(bytes), name: '安否不明者の名簿.xlsx' };
    const ken = box.device('ken');
    await until(() => ken.state() === 'open', 'Ken to be on the line');
    await box.everyoneAgrees();
    ken.wire.cut({ stay: true });
    const message = await announce(it);
    await send(it, bytes);
    await box.does('taro', withdraw, { room: box.groupC, message });
    ken.wire.mend();
    await box.everyoneAgrees();
    const held = await ken.end.replica.all<StoredFile>(storedFile.noun, roomStream(box.groupC));
    expect(held.find((doc) => doc.id === it.file)?.value).toEqual({ id: it.file, of: message, by: box.cast.taro.person, kind: 'file', name: '', size: 0, type: '', state: 'withdrawn' });
    ken.stop();
  });

  it('does not arrive when its words were withdrawn while it was on its way', async () => {
    const bytes = randomBytes(1_000);
    const it = describeFile(bytes);
    const message = await announce(it);
    await begin(it.file, 1_000);
    await piece(it.file, 0, bytes.subarray(0, 500));
    await box.does('taro', withdraw, { room: box.groupC, message });
    expect((await piece(it.file, 500, bytes.subarray(500))).status).toBe(404);
    await server.sweep();
    expect(readdirSync(join(folder, 'uploads'))).not.toContain(it.file);
  });

  it('leaves no bytes on the disk when its words were withdrawn while they were checked, unless they are of another file too', async () => {
    const bytes = randomBytes(500);
    const place = join(folder, 'files', server.disk.pathOf(sha(bytes)));
    const sends = async (isTakenBack: boolean): Promise<[string, boolean]> => {
      const one = describeFile(photo, { kind: 'photo', name: '肱川.jpg', type: 'image/jpeg' });
      const message = await announce(one);
      const checking = await openFiles({
        stair: box.stair, folder,
        check: async () => {
          if (isTakenBack) await box.does('taro', withdraw, { room: box.groupC, message });
          return { sha256: sha(photo), picture: { bytes, sha256: sha(bytes), type: 'image/jpeg', width: 4, height: 3 } };
        },
      });
      await checking.takeWhole(one.file, photo);
      return [stored(one.file)!.state, existsSync(place)];
    };
    expect(await sends(true)).toEqual(['withdrawn', false]);
    expect(await sends(false)).toEqual(['arrived', true]);
    expect(await sends(true)).toEqual(['withdrawn', true]);
  });
});

describe('FL6 an upload', () => {
  it('that is cut in the middle goes on from another connection where it was', async () => {
    const bytes = randomBytes(8 * MB);
    const it = describeFile(bytes);
    await announce(it);
    await begin(it.file, bytes.length);
    const weak = await cutting(3 * MB);
    const sending = fetch(`http://127.0.0.1:${weak.port}/files/${it.file}/upload`, {
      method: 'PATCH', body: bytes, headers: { 'x-as': 'taro', 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    });
    const failing = expect(sending).rejects.toThrow('fetch failed');
    await until(() => readFileSync(join(folder, 'uploads', it.file)).length > MB, 'something to have come');
    weak.cut();
    await failing;
    const from = Number(await offset(it.file));
    expect(from).toBeGreaterThan(MB);
    expect(from).toBeLessThan(bytes.length);
    expect(await code(await piece(it.file, 0, bytes))).toEqual([409, 'files.otherOffset']);
    expect((await piece(it.file, from, bytes.subarray(from))).status).toBe(204);
    expect(stored(it.file)).toMatchObject({ state: 'arrived', sha256: it.sha256 });
  });

  it('does not wait for a line that has gone silent', async () => {
    const bytes = randomBytes(2 * MB);
    const it = describeFile(bytes);
    await announce(it);
    await begin(it.file, bytes.length);
    const silent = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    silent.on('error', () => undefined);
    silent.write(`PATCH /files/${it.file}/upload HTTP/1.1\r\nHost: x\r\nx-as: taro\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${bytes.length}\r\n\r\n`);
    silent.write(bytes.subarray(0, MB));
    await until(async () => readFileSync(join(folder, 'uploads', it.file)).length === MB, 'the first half to be there');
    expect(await offset(it.file)).toBe(String(MB));
    expect((await piece(it.file, MB, bytes.subarray(MB))).status).toBe(204);
    silent.destroy();
    expect(stored(it.file)).toMatchObject({ state: 'arrived', sha256: it.sha256 });
  });

  it('speaks tus as its own client speaks it', async () => {
    const bytes = randomBytes(3 * MB);
    const it = describeFile(bytes);
    await announce(it);
    const upload = (more: Partial<ConstructorParameters<typeof Upload>[1]>): Promise<void> => new Promise((done, failed) => {
      new Upload(bytes, { endpoint: `${address}/files`, chunkSize: MB, retryDelays: [], headers: { 'x-as': 'taro' }, metadata: { file: it.file }, onSuccess: () => done(), onError: failed, ...more }).start();
    });
    await expect(upload({ onChunkComplete: () => { throw new Error('the app was closed'); } })).rejects.toThrow('the app was closed');
    expect(await offset(it.file)).toBe(String(MB));
    await upload({ uploadUrl: `${address}/files/${it.file}/upload` });
    expect(stored(it.file)).toMatchObject({ state: 'arrived', sha256: it.sha256 });
    expect((await ask('/files', 'taro', { method: 'OPTIONS' })).headers.get('tus-max-size')).toBe(String(largestFile));
    expect(await code(await ask('/files', 'taro', { method: 'POST' }))).toEqual([412, 'files.otherVersion']);
  });

  it('may be asked for again when all is done, and is done once', async () => {
    const bytes = randomBytes(1_000);
    const it = describeFile(bytes);
    await announce(it);
    await send(it, bytes);
    const { seq } = box.stair.memory.get(storedFile.noun, it.file)!;
    expect(await offset(it.file)).toBe('1000');
    expect((await piece(it.file, 1_000, new Uint8Array(0))).status).toBe(204);
    await server.finish(it.file);
    expect(box.stair.memory.get(storedFile.noun, it.file)!.seq).toBe(seq);
  });

  it('that was whole when the server stopped is ended by the next start', async () => {
    const bytes = randomBytes(1_000);
    const it = describeFile(bytes);
    await announce(it);
    await begin(it.file, 1_000);
    await app.close();
    writeFileSync(join(folder, 'uploads', it.file), bytes);
    writeFileSync(join(folder, 'uploads', 'left-over.new'), 'x');
    await box.restart();
    await open();
    await until(() => stored(it.file)?.state === 'arrived', 'the new server to end it');
    // What nobody knows is left alone for a day: another node may.
    await until(() => !readdirSync(join(folder, 'uploads')).includes(it.file), 'the upload to be taken away');
    expect(existsSync(join(folder, 'uploads', 'left-over.new'))).toBe(true);
  });

  it('that was damaged on its way begins anew, and the words stay', async () => {
    const bytes = randomBytes(1_000);
    const it = describeFile(bytes);
    await announce(it);
    expect(await code(await send(it, randomBytes(1_000)))).toEqual([409, 'files.damaged']);
    expect(await offset(it.file)).toBeNull();
    expect((await send(it, bytes)).status).toBe(204);
  });
});

describe('FL7 what is refused', () => {
  it('49.9 MB pass and 51 MB do not, neither in words nor in bytes', async () => {
    const bytes = randomBytes(Math.floor(49.9 * MB));
    const it = describeFile(bytes);
    await announce(it);
    expect((await send(it, bytes)).status).toBe(204);
    const large = { ...it, file: fresh(), size: 51 * MB };
    expect(await box.stair.submit(box.cast.taro, { id: fresh(), name: 'talk.say', input: { room: box.groupC, text: 'x', attachments: [large] } }))
      .toEqual({ ok: false, code: 'input.tooBig', params: { at: 'attachments.0.size', max: largestFile } });
    expect(await code(await begin(it.file, 51 * MB))).toEqual([413, 'files.tooLarge']);
  });

  it('a photograph over 15 MB, before its bytes come, and everyone learns why; as a file it passes', async () => {
    const ken = box.device('ken');
    const it = describeFile(photo, { kind: 'photo', name: '浸水.jpg', type: 'image/jpeg', size: largestPhoto + 1, sha256: undefined });
    await announce(it);
    expect(await code(await begin(it.file, largestPhoto + 1))).toEqual([409, 'files.photoTooLarge']);
    await until(async () => (await ken.end.replica.get<StoredFile>(storedFile.noun, it.file))?.reason === 'files.photoTooLarge', 'Ken to know why');
    expect(readdirSync(join(folder, 'uploads'))).not.toContain(it.file);
    const right = { ...it, file: fresh(), size: largestPhoto };
    await announce(right);
    expect((await begin(right.file, largestPhoto)).status).toBe(201);
    await box.does('taro', say, { room: box.groupC, text: 'ファイルで', attachments: [{ ...it, file: fresh(), kind: 'file' }] });
  });

  it('another size than was said, and more bytes than were said', async () => {
    const it = describeFile(randomBytes(1_000));
    await announce(it);
    expect(await code(await begin(it.file, 999))).toEqual([409, 'files.otherSize']);
    await begin(it.file, 1_000);
    expect(await code(await piece(it.file, 0, randomBytes(1_001)))).toEqual([413, 'files.tooLarge']);
    expect(await offset(it.file)).toBe('0');
  });

  it('a picture that is not one: said with its reason, and the words stay', async () => {
    const ken = box.device('ken');
    const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const it = describeFile(bytes, { kind: 'photo', name: '写真.jpg', type: 'image/jpeg' });
    const message = await announce(it);
    expect(await code(await send(it, bytes))).toEqual([409, 'files.notAPicture']);
    await until(async () => (await ken.end.replica.get<StoredFile>(storedFile.noun, it.file))?.reason === 'files.notAPicture', 'Ken to know why');
    expect(await ken.end.replica.get('message', message)).toMatchObject({ text: '送ります' });
    expect((await ask(`/files/${it.file}`, 'ken')).status).toBe(404);
    expect(await code(await begin(it.file, bytes.length))).toEqual([409, 'files.notAPicture']);
    expect(readdirSync(join(folder, 'uploads'))).not.toContain(it.file);
  });

  it('a page that calls itself a picture: handed on as unknown, never shown', async () => {
    const bytes = Buffer.from('<!doctype html><script>alert(1)</script>');
    const it = describeFile(bytes, { name: '写真.jpg', type: 'image/jpeg' });
    await announce(it);
    await send(it, bytes);
    const got = await ask(`/files/${it.file}`, 'ken');
    expect([got.headers.get('content-type'), got.headers.get('content-disposition')]).toEqual(['application/octet-stream', expect.stringMatching(/^attachment/)]);
  });

  it('anything, while the disk is full: what has come stays, and it goes on when there is room', async () => {
    const bytes = randomBytes(2_000);
    const it = describeFile(bytes);
    await announce(it);
    freeBytes = 1_000;
    expect(await code(await begin(it.file, 2_000))).toEqual([507, 'files.noRoom']);
    freeBytes = Number.MAX_SAFE_INTEGER;
    await send(it, bytes);
    expect(stored(it.file)?.state).toBe('arrived');
  });
});

it.skipIf(process.platform === 'win32')('FL5 lies where no other user of the machine can read it', () => {
  for (const kept of ['files', 'uploads']) expect(statSync(join(folder, kept)).mode & 0o077, kept).toBe(0);
});

it('FL7 leaves the database its room, also when many have begun at once', async () => {
  const bytes = randomBytes(3 * MB);
  const it = describeFile(bytes);
  await announce(it);
  expect((await begin(it.file, bytes.length)).status).toBe(201);
  // Others have filled the disk since.
  freeBytes = 256 * MB - 1;
  expect(await code(await piece(it.file, 0, bytes))).toEqual([507, 'files.noRoom']);
  freeBytes = Number.MAX_SAFE_INTEGER;
  await send(it, bytes);
  expect(stored(it.file)?.state).toBe('arrived');
});

describe('FL8 a photograph', () => {
  it('is stored without what the camera noted, however it was sent, and is shown', async () => {
    expect(takenIn(photo, 0)).toHaveProperty('lat');
    const it = describeFile(photo, { kind: 'photo', name: '浸水.jpg', type: 'image/jpeg', width: 1280, height: 960 });
    await announce(it);
    expect((await send(it, photo)).status).toBe(204);
    const got = await ask(`/files/${it.file}`, 'ken');
    const bytes = new Uint8Array(await got.arrayBuffer());
    expect(takenIn(bytes, 0)).toEqual({});
    expect(Buffer.from(bytes).equals(Buffer.from(cleanPicture(photo)!.bytes))).toBe(true);
    expect([got.headers.get('content-type'), got.headers.get('content-disposition')]).toEqual(['image/jpeg', expect.stringMatching(/^inline/)]);
    expect(stored(it.file)).toMatchObject({ width: 1280, height: 960, type: 'image/jpeg', sha256: sha(bytes), size: bytes.length });
  });

  it('is preceded by a small picture of it', async () => {
    const small = readFileSync(new URL('../../apps/web/public/apple-touch-icon.png', import.meta.url));
    const it = describeFile(photo, { kind: 'photo', name: '浸水.jpg', type: 'image/jpeg' });
    await announce(it);
    const put = (who: CastName, body: Uint8Array): Promise<Response> => ask(`/files/${it.file}/thumb`, who, { method: 'PUT', headers: { 'content-type': 'image/png' }, body: body as Uint8Array<ArrayBuffer> });
    expect(await code(await put('ken', small))).toEqual([403, 'files.notAllowed']);
    expect(await code(await put('taro', Buffer.from('<html>')))).toEqual([409, 'files.notAPicture']);
    expect((await put('taro', randomBytes(200_000))).status).toBe(413);
    expect((await put('taro', small)).status).toBe(204);
    expect((await put('taro', small)).status).toBe(204);
    const got = await ask(`/files/${it.file}/thumb`, 'ken');
    expect([got.status, got.headers.get('content-type'), (await got.arrayBuffer()).byteLength]).toEqual([200, 'image/png', stored(it.file)!.thumb!.size]);
    expect((await ask(`/files/${it.file}`, 'ken')).status).toBe(404);
    await box.everyoneAgrees();
  });
});

describe('FL10 a photograph in whose check the server died', () => {
  const announced = async (): Promise<Attachment> => {
    const it = describeFile(photo, { kind: 'photo', name: '浸水.jpg', type: 'image/jpeg' });
    await announce(it);
    await begin(it.file, photo.length);
    return it;
  };
  const never = { check: () => new Promise<never>(() => undefined) };
  const later = { now: () => Date.now() + 120_000 };

  const mark = (file: string): string => join(folder, 'uploads', `${file}.checking`);
  /** The process is gone in the middle of a check: nothing of it ends as it should. */
  const dies = async (): Promise<void> => {
    app.server.closeAllConnections();
    app.server.close();
    await box.restart();
  };
  const good = async (): Promise<Checked> => ({ sha256: sha(photo), picture: { ...cleanPicture(photo)!, sha256: sha(cleanPicture(photo)!.bytes) } });

  it('is checked once more by the next start: a blackout is no fault of the picture', async () => {
    const it = await announced();
    await app.close();
    await open(never);
    const broken = piece(it.file, 0, photo).catch(() => undefined);
    await until(() => existsSync(mark(it.file)), 'it to be checked');
    await dies();
    await broken;
    await open({ ...later, check: good });
    await until(() => stored(it.file)?.state === 'arrived', 'it to be ended');
    await server.idle();
    expect(existsSync(mark(it.file))).toBe(false);
    await app.close();
    await open();
  });

  it('twice is refused by the start after that and not checked again; others are', async () => {
    const [deadly, waiting] = [await announced(), await announced()];
    await app.close();
    await open(never);
    const broken = piece(deadly.file, 0, photo).catch(() => undefined);
    await until(() => existsSync(mark(deadly.file)), 'it to be checked');
    await dies();
    await broken;
    await open({ ...later, ...never });
    await until(() => readFileSync(mark(deadly.file), 'utf8') !== '', 'it to be checked once more');
    await dies();
    writeFileSync(join(folder, 'uploads', waiting.file), photo);
    const checked: string[] = [];
    const asBefore = server;
    await open({ ...later, check: (path) => {
      checked.push(path);
      return good();
    } });
    expect(server).not.toBe(asBefore);
    await until(() => stored(deadly.file)?.state === 'refused' && stored(waiting.file)?.state === 'arrived', 'both to be ended');
    expect(stored(deadly.file)?.reason).toBe('files.notAPicture');
    expect(checked).toEqual([join(folder, 'uploads', waiting.file)]);
    await server.idle();
    expect(readdirSync(join(folder, 'uploads')).filter((name) => name.startsWith(deadly.file) || name.startsWith(waiting.file))).toEqual([]);
    await app.close();
    await open();
  });

  it('is left alone as long as another node may be at it', async () => {
    const it = await announced();
    writeFileSync(join(folder, 'uploads', it.file), photo);
    writeFileSync(join(folder, 'uploads', `${it.file}.checking`), '');
    await server.sweep();
    expect(await code(await piece(it.file, photo.length, new Uint8Array(0)))).toEqual([503, 'line.comeBackLater']);
    expect(stored(it.file)?.state).toBe('awaited');
    // The other has ended.
    rmSync(join(folder, 'uploads', `${it.file}.checking`));
    expect((await piece(it.file, photo.length, new Uint8Array(0))).status).toBe(204);
    expect(stored(it.file)?.state).toBe('arrived');
  });

  it('and one that only could not be read is tried again', async () => {
    const it = await announced();
    await app.close();
    await open({ check: async () => { throw new Error('the disk does not answer'); } });
    expect((await piece(it.file, 0, photo)).status).toBe(500);
    await app.close();
    await open();
    await until(() => stored(it.file)?.state === 'arrived', 'the next start to end it');
  });
});

describe('FL9 a device', () => {
  type Taro = ReturnType<Hotline['device']>;
  /** Taro's phone: what it has kept, and what it asks of the server over a line that a test can cut. */
  function phone(taro: Taro, storage = { indexedDB: new IDBFactory(), IDBKeyRange }) {
    const kept = new KeptFiles(box.cast.taro.person, storage);
    const asked: { method: string; path: string; bytes: number }[] = [];
    const line = { at: address, passes: (_asked: (typeof asked)[number]): boolean | Promise<boolean> => true };
    const uploads = new Uploads({
      stair: taro.end, kept, now: () => Date.now(), random: () => 0,
      fetch: async (path, init) => {
        const one = { method: init?.method ?? 'GET', path: String(path), bytes: init?.body instanceof Blob ? init.body.size : 0 };
        if (!(await line.passes(one))) throw new TypeError('fetch failed');
        asked.push(one);
        return fetch(`${line.at}${String(path)}`, { ...init, headers: { ...(init?.headers as Record<string, string>), 'x-as': 'taro' } });
      },
    });
    uploads.start();
    const off = async (): Promise<void> => {
      await uploads.stop();
      kept.close();
    };
    return { kept, uploads, asked, line, off, restart: async () => { await off(); return phone(taro.restart(), storage); } };
  }
  const keep = async (on: ReturnType<typeof phone>, it: Attachment, bytes: Uint8Array, thumb?: Uint8Array): Promise<void> =>
    on.kept.keep({ file: it.file, stream: roomStream(box.groupC), kind: it.kind, size: it.size, type: it.type, at: Date.now() }, {
      blob: new Blob([bytes as Uint8Array<ArrayBuffer>], { type: it.type }), ...(thumb ? { thumb: new Blob([thumb as Uint8Array<ArrayBuffer>], { type: 'image/png' }) } : {}),
    });
  const tell = (taro: Taro, it: Attachment): Promise<unknown> => taro.end.send(say, { room: box.groupC, text: '送ります', attachments: [it] });

  it('sends a file behind its words and never before them', async () => {
    const taro = box.device('taro');
    await until(() => taro.state() === 'open', 'Taro to be on the line');
    const on = phone(taro);
    const bytes = randomBytes(700_000);
    const it = describeFile(bytes);
    await keep(on, it, bytes);
    taro.wire.cut({ stay: true });
    await tell(taro, it);
    on.uploads.hurry();
    await until(async () => (await taro.end.replica.outbox.item.count()) === 1, 'the words to wait');
    expect(on.asked).toEqual([]);
    taro.wire.mend();
    taro.end.line.hurry();
    await until(() => stored(it.file)?.state === 'arrived', 'the file to arrive');
    expect(on.asked.map((a) => a.method).slice(0, 2)).toEqual(['HEAD', 'POST']);
    await until(async () => (await on.kept.file.get(it.file))?.state === 'sent', 'the phone to know');
    await on.off();
    await box.everyoneAgrees();
  });

  it('goes on after the line broke and after it was killed, and sends no piece twice that was confirmed', async () => {
    const taro = box.device('taro');
    await until(() => taro.state() === 'open', 'Taro to be on the line');
    const before = phone(taro);
    const bytes = randomBytes(3 * MB);
    const it = describeFile(bytes);
    before.line.passes = () => before.asked.filter((a) => a.method === 'PATCH').length < 3;
    await keep(before, it, bytes);
    await tell(taro, it);
    // How large a piece is follows from how long the one before it took.
    const pieces = (): number[] => before.asked.filter((a) => a.method === 'PATCH').map((a) => a.bytes);
    await until(async () => pieces().length === 3 && (await before.kept.file.get(it.file))?.sent === pieces().reduce((sum, size) => sum + size, 0), 'three pieces to be there');
    expect(stored(it.file)?.state).toBe('awaited');
    const after = await before.restart();
    await until(() => stored(it.file)?.state === 'arrived', 'the rest to arrive');
    const sent = [...before.asked, ...after.asked].reduce((sum, a) => sum + a.bytes, 0);
    expect(sent).toBe(bytes.length);
    expect(after.asked.some((a) => a.method === 'POST')).toBe(false);
    await after.off();
  });

  it('lets words that are said meanwhile reach the server before its next piece, also after a break', async () => {
    const taro = box.device('taro');
    await until(() => taro.state() === 'open', 'Taro to be on the line');
    const on = phone(taro);
    const bytes = randomBytes(900_000);
    const it = describeFile(bytes, { kind: 'file' });
    const words: string[] = [];
    const isThere = (id: string): boolean => box.stair.memory.get('message', id) !== undefined;
    const says = async (text: string): Promise<void> => {
      taro.wire.cut({ stay: true });
      const told = await taro.end.send(say, { room: box.groupC, text });
      if (!told.ok) throw new Error(told.code);
      words.push(told.id);
    };
    /** How many of the words were there when each piece went out. */
    const before: number[] = [];
    on.line.passes = async ({ method }) => {
      if (method !== 'PATCH') return true;
      before.push(words.filter(isThere).length);
      if (before.length === 1) await says('ほかの町も浸水');
      if (before.length === 3) await says('橋も通れません');
      // The third is lost with the line.
      return before.length !== 3;
    };
    const waits = async (pieces: number, tries: number): Promise<void> => {
      await until(() => words.length === (pieces + 1) / 2, 'the words to wait');
      const { tried } = taro.wire;
      await until(() => taro.wire.tried >= tried + tries, 'the line to be tried in vain', 20_000);
      expect(before).toHaveLength(pieces);
      taro.wire.mend();
      taro.end.line.hurry();
    };
    await keep(on, it, bytes);
    await tell(taro, it);
    await until(() => before.length === 1, 'the first piece to go');
    await waits(1, 3);
    await until(() => before.length === 3, 'the third piece to go');
    await waits(3, 1);
    await until(() => stored(it.file)?.state === 'arrived', 'the file to arrive', 20_000);
    expect(words.map(isThere)).toEqual([true, true]);
    expect(before.slice(0, 4)).toEqual([0, 1, 1, 2]);
    // It went on from where the server stood.
    expect(on.asked.reduce((sum, a) => sum + a.bytes, 0)).toBe(bytes.length);
    await on.off();
    await box.everyoneAgrees();
  });

  it('breaks off a piece that is on its way when words wait, and goes on from where the server stands', async () => {
    const taro = box.device('taro');
    await until(() => taro.state() === 'open', 'Taro to be on the line');
    const on = phone(taro);
    const bytes = randomBytes(900_000);
    const it = describeFile(bytes, { kind: 'file' });
    // Just more than the first piece: how large the second is follows from how long the first took.
    const weak = await cutting(140_000);
    on.line.at = `http://127.0.0.1:${weak.port}`;
    await keep(on, it, bytes);
    await tell(taro, it);
    const lies = (): number => readFileSync(join(folder, 'uploads', it.file)).length;
    const of = (method: string): number => on.asked.filter((a) => a.method === method).length;
    await until(() => of('PATCH') > 1 && lies() > 128 * 1024, 'a piece behind the first to be on its way');
    // For as long as nobody says anything it is given its time.
    const stuck = await until(async () => {
      const asked = on.asked.length;
      await new Promise((passed) => setTimeout(passed, 600));
      return on.asked.length === asked ? of('PATCH') : undefined;
    }, 'it to be stuck');
    // On a machine that was long about the first piece, the second is small and may have gone through.
    expect(stuck).toBeGreaterThan(1);

    taro.wire.cut({ stay: true });
    const told = await taro.end.send(say, { room: box.groupC, text: '先にこちらを' });
    if (!told.ok) throw new Error(told.code);
    on.line.at = address;
    await new Promise((passed) => setTimeout(passed, 600));
    // The piece has left the line to the words, and nothing else goes before they are there.
    expect([of('PATCH'), of('HEAD')]).toEqual([stuck, 1]);
    const had = lies();
    taro.wire.mend();
    taro.end.line.hurry();
    await until(() => stored(it.file)?.state === 'arrived', 'the file to arrive', 20_000);
    expect(box.stair.memory.get('message', told.id)).toBeDefined();
    // What had come of the broken piece was not sent again.
    const after = on.asked.filter((a) => a.method === 'PATCH').slice(stuck);
    expect(after.reduce((sum, a) => sum + a.bytes, 0)).toBe(bytes.length - had);
    expect(had).toBeGreaterThan(128 * 1024);
    weak.cut();
    await on.off();
    await box.everyoneAgrees();
  });

  it('sends the small picture first, and knows when the photograph was refused', async () => {
    const taro = box.device('taro');
    const on = phone(taro);
    const bytes = Buffer.from('no picture at all');
    const it = describeFile(bytes, { kind: 'photo', type: 'image/jpeg', name: 'x.jpg' });
    await keep(on, it, bytes, readFileSync(new URL('../../apps/web/public/apple-touch-icon.png', import.meta.url)));
    await tell(taro, it);
    await until(async () => (await on.kept.file.get(it.file))?.state === 'refused', 'the phone to know');
    expect(await on.kept.file.get(it.file)).toMatchObject({ code: 'files.notAPicture' });
    expect(on.asked.map((a) => a.method)).toEqual(['PUT', 'HEAD', 'POST', 'PATCH']);
    await on.off();
  });

  it('is not held up by a small picture that the server does not want', async () => {
    const taro = box.device('taro');
    const on = phone(taro);
    const it = describeFile(photo, { kind: 'photo', type: 'image/jpeg', name: 'x.jpg' });
    await keep(on, it, photo, randomBytes(200_000));
    await tell(taro, it);
    await until(() => stored(it.file)?.state === 'arrived', 'the photograph to arrive');
    expect(stored(it.file)?.thumb).toBeUndefined();
    await on.off();
  });

  it('forgets what was withdrawn, and what belongs to nothing, but not what a draft still holds', async () => {
    const taro = box.device('taro');
    const on = phone(taro);
    const bytes = randomBytes(1_000);
    const [withdrawn, alone, drafted] = [describeFile(bytes), describeFile(bytes), describeFile(bytes)];
    on.line.passes = () => false;
    for (const it of [withdrawn, alone, drafted]) await keep(on, it, bytes);
    for (const it of [alone, drafted]) await on.kept.file.update(it.file, { at: 0 });
    await taro.end.replica.outbox.draft.put({ place: 'room', text: JSON.stringify({ attachments: [drafted] }), at: 0 });
    const message = await announce(withdrawn);
    await until(() => taro.end.replica.get(storedFile.noun, withdrawn.file), 'the phone to hear its own words');
    await box.does('taro', withdraw, { room: box.groupC, message });
    await until(async () => (await on.kept.file.get(withdrawn.file)) === undefined, 'the phone to forget it');
    await on.uploads.tidy();
    expect(await on.kept.file.toCollection().primaryKeys()).toEqual([drafted.file]);
    await on.off();
  });
});

/** A line that passes so many bytes up, holds the rest, and breaks when it is told to. */
async function cutting(most: number): Promise<{ port: number; cut: () => void }> {
  const target = (app.server.address() as AddressInfo).port;
  const sockets: Socket[] = [];
  let passed = 0;
  const line = createServer((phone: Socket) => {
    const up = connect(target, '127.0.0.1');
    phone.on('data', (bytes) => {
      if (passed < most) up.write(bytes);
      passed += bytes.length;
    });
    up.on('data', (bytes) => phone.write(bytes));
    for (const socket of [phone, up]) socket.on('error', () => undefined);
    sockets.push(phone, up);
  });
  await new Promise<void>((listening) => line.listen(0, '127.0.0.1', listening));
  return {
    port: (line.address() as AddressInfo).port,
    cut: () => {
      for (const socket of sockets) socket.destroy();
      line.close();
    },
  };
}
