import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@noroshi/foundations/kernel';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { selfSigned } from '@noroshi/foundations/testing';
import { afterAll, describe, expect, it } from 'vitest';

// What people type, as processes: npm start, npm run backup, npm run restore.

const root = join(import.meta.dirname, '../..');
const place = mkdtempSync(join(tmpdir(), '狼煙 の家 '));
const data = join(place, 'データ 1');
/** A busy machine builds the screens first. */
const patience = 240_000;

/** As from a terminal: nothing of the npm and the runner that this test runs in. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|NOROSHI_|VITEST|NODE_ENV$|NODE_OPTIONS$|DATABASE_URL$|PORT$)/.test(name)));

const running = new Set<ChildProcess>();
afterAll(async () => {
  await Promise.all([...running].map((child) => new Promise((gone) => { child.once('exit', gone).kill('SIGTERM'); })));
  rmSync(place, { recursive: true, force: true });
});

interface Server { readonly child: ChildProcess; readonly address: string; readonly said: () => string; readonly ended: Promise<number | null>; stop(): Promise<number | null> }

/** Starts Noroshi and waits until it says where it is, and what else is waited for. */
async function start(settings: Record<string, string>, says = /狼煙 Noroshi/, flags: readonly string[] = []): Promise<Server> {
  const child = spawn(process.execPath, ['scripts/run.mjs', ...flags], { cwd: root, env: { ...environment, PORT: '0', ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let text = '';
  const ended = new Promise<number | null>((gone) => child.once('close', (code) => { running.delete(child); gone(code); }));
  const address = await new Promise<string>((opened, failed) => {
    const hear = (part: Buffer): void => {
      text += String(part);
      const found = says.exec(text) && /狼煙 Noroshi {2}(http\S+)\n/.exec(text)?.[1];
      if (found) opened(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then((code) => failed(new Error(`it ended with ${code} and said: ${text}`)));
  });
  return { child, address, ended, said: () => text, stop: () => { child.kill('SIGINT'); return ended; } };
}

/** Runs a command to its end, from where the person stands. */
function run(command: 'backup' | 'restore', names: string[], settings: Record<string, string>, stands = place): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/backup.mjs'), command, ...names], { cwd: stands, env: { ...environment, ...settings }, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

const secretOf = (said: string): string => /\/invitation#([\w-]{43})/.exec(said)![1]!;

/** Someone at the door of a house that listens. */
class Person {
  cookie = '';
  readonly #at: string;
  constructor(at: string) { this.#at = at; }

  async ask(path: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(`${this.#at}${path}`, { ...init, headers: { ...(init.headers as Record<string, string>), ...(this.cookie ? { cookie: this.cookie } : {}) } });
    this.cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? this.cookie;
    return answer;
  }

  async door(name: string, input: unknown): Promise<any> {
    const answer = await this.ask(`/api/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) });
    return answer.json();
  }

  deed(name: string, input: unknown): Promise<{ ok: boolean }> {
    return this.door(name, { id: newId(Date.now(), randomBytes(10)), input });
  }
}

const password = '緑の机に三本の傘がある';
const room = newId(Date.now(), randomBytes(10));
const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(200_000)]);
const file = newId(Date.now(), randomBytes(10));

/** What the end of an archive tells of each table and file. */
function toldBy(archive: string): { tables: Record<string, { rows: number; sha256: string }>; files: Record<string, { sha256: string }> } {
  return JSON.parse(spawnSync('tar', ['-xzOf', archive, 'end.json'], { encoding: 'utf8', maxBuffer: 1e8 }).stdout);
}

describe('npm start, backup and restore', () => {
  let first: Server;
  /** Of a device that was on the line when the backup was made. */
  let lastCookie: string;

  it('a blank house prints a one-time link, and by it the first administrator comes in and speaks', { timeout: patience }, async () => {
    first = await start({ NOROSHI_DATA: data }, /\/invitation#.+\n/);
    expect(first.said()).toContain('Open this one-time link to make the prefecture and the first administrator');
    expect(new URL(first.address).hostname).toBe('127.0.0.1');
    const hanako = new Person(first.address);
    const begun = await hanako.door('account.beginHouse', {
      token: secretOf(first.said()), organization: { name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '県' },
      name: '渡部 花子', kana: 'わたなべ はなこ', login: 'hanako', password,
    });
    expect(begun).toMatchObject({ login: 'hanako' });
    expect(await hanako.deed('talk.openRoom', { id: room, kind: 'purpose', name: '道路の調整', short: '道', orgs: [], people: [] })).toMatchObject({ ok: true });
    expect(await hanako.deed('talk.say', {
      room, text: '国道56号は通れません', attachments: [{ file, kind: 'file', name: '図面.pdf', size: bytes.length, type: 'application/pdf', sha256: createHash('sha256').update(bytes).digest('hex') }],
    })).toMatchObject({ ok: true });
    const tus = { 'tus-resumable': '1.0.0' };
    expect((await hanako.ask('/files', { method: 'POST', headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': `file ${Buffer.from(file).toString('base64')}` } })).status).toBe(201);
    expect((await hanako.ask(`/files/${file}/upload`, { method: 'PATCH', headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, body: bytes as Uint8Array<ArrayBuffer> })).status).toBe(204);
  });

  it('a second server on the same data is refused with a sentence', { timeout: patience }, async () => {
    await expect(start({ NOROSHI_DATA: data })).rejects.toThrow(/ended with 1 and said: 別の狼煙がこのデータのフォルダーを使っています。[^\n]+\nAnother Noroshi is using this data folder\. Stop it first, or choose another folder with NOROSHI_DATA\.\n$/);
    expect((await fetch(`${first.address}/healthz`)).status).toBe(200);
  });

  it('a backup is made while it runs, in the folder where one stands, and never over another', { timeout: patience }, () => {
    // By npm itself, as it hands on arguments with spaces and where it was called.
    const made = spawnSync('npm', ['run', '--silent', 'backup', '--prefix', root, '--', '控え 1.tar.gz'], { cwd: place, env: { ...environment, NOROSHI_DATA: data }, encoding: 'utf8', shell: process.platform === 'win32' });
    expect(made.stderr).toBe('');
    expect(made.stdout).toMatch(/控え 1\.tar\.gz: \d+ tables, \d+ rows, 1 files\./);
    expect(existsSync(join(place, '控え 1.tar.gz'))).toBe(true);
    expect(run('backup', ['控え 1.tar.gz'], { NOROSHI_DATA: data })).toMatchObject({ status: 1, err: expect.stringMatching(/is there already\. Choose another name/) });
    expect(run('backup', [], { NOROSHI_DATA: data })).toMatchObject({ status: 1, err: 'ファイルを1つ指定してください：npm run backup -- ファイル\nName one file: npm run backup -- FILE\n' });
    expect(run('backup', ['none/x.tar.gz'], { NOROSHI_DATA: data })).toMatchObject({ status: 1, err: expect.stringMatching(/^\S.*に書けません.*\n\S.*cannot be written/) });
    expect(run('backup', ['x.tar.gz'], { NOROSHI_DATA: join(place, 'nothing') })).toMatchObject({ status: 1, err: expect.stringMatching(/^.*に控えるものがありません。.*\nThere is nothing to back up in /) });
    expect(run('restore', ['控え 1.tar.gz'], { NOROSHI_DATA: data })).toMatchObject({ status: 1, err: expect.stringMatching(/^このデータのフォルダーで狼煙が動いています。.*\nNoroshi is running on this data folder\./) });
    // What was refused has left nothing lying about.
    expect(readdirSync(place).sort()).toEqual(['データ 1', '控え 1.tar.gz'].sort());
  });

  it('what was acknowledged before a kill is there after the next start', { timeout: patience }, async () => {
    const speaker = new Person(first.address);
    await speaker.door('account.signIn', { login: 'hanako', password });
    expect(await speaker.deed('talk.say', { room, text: '消えてはならない一言' })).toMatchObject({ ok: true });
    first.child.kill('SIGSTOP');
    const server = childrenOf(first.child.pid!)[0];
    if (server !== undefined) process.kill(server, 'SIGKILL');
    first.child.kill('SIGCONT');
    // Ended by a signal as its child was; without a way to find the child, in order.
    expect(server === undefined ? await first.stop() : await first.ended).toBe(server === undefined ? 0 : 137);
    const again = await start({ NOROSHI_DATA: data });
    expect(again.said()).not.toContain('/invitation#');
    const reader = new Person(again.address);
    await reader.door('account.signIn', { login: 'hanako', password });
    lastCookie = reader.cookie;
    expect(JSON.stringify(await reader.door('search.find', { text: '一言' }))).toContain('消えてはならない一言');
    expect(await again.stop()).toBe(0);
    expect(run('backup', [join(place, '控え 2.tar.gz')], { NOROSHI_DATA: data })).toMatchObject({ status: 0, err: '' });
  });

  it('what is restored to an empty place is every row and file; one signs in there and reads on', { timeout: patience }, async () => {
    const elsewhere = join(place, 'データ 2');
    expect(run('restore', ['なにもない.tar.gz'], { NOROSHI_DATA: elsewhere })).toMatchObject({ status: 1, err: `${join(place, 'なにもない.tar.gz')} というファイルはありません。\nThere is no file ${join(place, 'なにもない.tar.gz')}.\n` });
    expect(existsSync(elsewhere)).toBe(false);
    const done = run('restore', ['控え 2.tar.gz'], { NOROSHI_DATA: elsewhere });
    expect(done.err).toBe('');
    expect(done.out).toMatch(/^Restored \d+ tables, \d+ rows, 1 files; each was read back and is what it was\.\n$/);
    expect(run('restore', ['控え 2.tar.gz'], { NOROSHI_DATA: elsewhere })).toMatchObject({ status: 1, err: expect.stringMatching(/^データベースが空ではありません。.*\nThe database is not empty\./) });
    expect(run('backup', ['控え 3.tar.gz'], { NOROSHI_DATA: elsewhere }).err).toBe('');
    const [before, after] = [toldBy(join(place, '控え 2.tar.gz')), toldBy(join(place, '控え 3.tar.gz'))];
    expect(before.tables.event!.rows).toBeGreaterThan(3);
    // But for the history's name: devices know by it that they start over.
    expect({ ...after.tables, history: undefined }).toEqual({ ...before.tables, history: undefined });
    expect(after.files).toEqual(before.files);

    const second = await start({ NOROSHI_DATA: elsewhere });
    const hanako = new Person(second.address);
    expect(await hanako.door('account.signIn', { login: 'hanako', password })).toMatchObject({ login: 'hanako' });
    const found = JSON.stringify(await hanako.door('search.find', { text: '国道' }));
    expect(found).toContain('国道56号は通れません');
    const got = await hanako.ask(`/files/${file}`, {});
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
    expect(await second.stop()).toBe(0);
  });

  it('on a database server of one’s own, all of it works as well, and nothing of PostgreSQL lies in the data folder', { timeout: patience }, async () => {
    const own = await freshDatabase({ empty: true });
    const settings = { DATABASE_URL: own.url, NOROSHI_DATA: join(place, 'データ 3') };
    mkdirSync(settings.NOROSHI_DATA);
    const restored = run('restore', ['--end-devices', '控え 2.tar.gz'], settings);
    expect(restored).toMatchObject({ status: 0, err: '' });
    expect(restored.out).toMatch(/\n3 devices were signed out; what they have not sent waits on them\. Everyone signs in anew\.\n$/);
    expect(run('backup', ['--end-devices', 'x.tar.gz'], settings)).toMatchObject({ status: 1, err: expect.stringContaining('--end-devices') });
    const server = await start(settings);
    const lost = new Person(server.address);
    lost.cookie = lastCookie;
    expect(await lost.door('account.me', {})).toMatchObject({ code: 'account.signedOut' });
    const hanako = new Person(server.address);
    expect(await hanako.door('account.signIn', { login: 'hanako', password })).toMatchObject({ login: 'hanako' });
    expect(run('backup', ['控え 4.tar.gz'], settings)).toMatchObject({ status: 0, err: '' });
    expect(await server.stop()).toBe(0);
    expect(existsSync(join(settings.NOROSHI_DATA, 'postgres'))).toBe(false);
    await own.close();
  });

  it('the demo opens for whoever types it for the first time, and a house with a certificate of its own', { timeout: patience }, async () => {
    const { cert, key } = selfSigned('localhost');
    const files = { NOROSHI_TLS_CERT: join(place, '証明書.pem'), NOROSHI_TLS_KEY: join(place, '鍵.pem') };
    writeFileSync(files.NOROSHI_TLS_CERT, cert);
    writeFileSync(files.NOROSHI_TLS_KEY, key);
    // Both read parts that no other start does.
    const demo = await start({ NOROSHI_DATA: join(place, 'データ 4'), NOROSHI_PUBLIC_URL: 'https://localhost', ...files }, /--fresh/, ['--demo']);
    expect(demo.said()).toContain('「兵頭 太郎」');
    expect(await demo.stop()).toBe(0);
  });

  it.each([
    [{ PORT: 'eighty' }, [], '設定 PORT が「eighty」です。0から65535までの整数にしてください。\nThe setting PORT is "eighty": it must be a whole number from 0 to 65535.\n'],
    [{ NOROSHI_HOST: '0.0.0.0' }, [], expect.stringMatching(/^設定 NOROSHI_HOST が「0\.0\.0\.0」.*\nThe setting NOROSHI_HOST is "0\.0\.0\.0".*\n$/)],
    [{ NOROSHI_DATA: '/dev/null/x' }, [], expect.stringMatching(/^データのフォルダー \/dev\/null\/x\/postgres を作れません.*\nThe data folder \/dev\/null\/x\/postgres cannot be made: .* NOROSHI_DATA\.\n$/)],
    [{ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:9/none' }, [], 'DATABASE_URL のPostgreSQLが応えません。動いているか、アドレスを確かめてください。\nThe PostgreSQL server that DATABASE_URL names does not answer.\n'],
    [{}, ['--fresh'], expect.stringMatching(/^--fresh はすべてを消します。.*\n--fresh deletes everything and is for the demo alone\..*\n$/)],
  ])('a setting that cannot be used stops the start with one sentence, in both languages: %j %j', { timeout: patience }, (settings, flags, sentence) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, ['scripts/run.mjs', ...flags], { cwd: root, env: { ...environment, ...settings }, encoding: 'utf8' });
    expect({ status, stderr, stdout }).toEqual({ status: 1, stderr: sentence, stdout: '' });
  });
});

/** The processes that a process has started, where the system lets one look. */
function childrenOf(pid: number): number[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  return existsSync(list) ? readFileSync(list, 'utf8').split(' ').filter(Boolean).map(Number) : [];
}
