import { newId, type Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import usual from '../apps/server/node-flags.json' with { type: 'json' };
import { postmasterBelow, type Measured } from './processes.ts';

const root = join(import.meta.dirname, '..');
/** As from a terminal: nothing of whatever runs us. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|NOROSHI_|VITEST|NODE_ENV$|NODE_OPTIONS$|DATABASE_URL$|PORT$)/.test(name)));

export const fresh = (): Id => newId(Date.now(), randomBytes(10));

/** Somebody who is signed in. */
export interface Person { readonly id: Id; readonly login: string; readonly cookie: string }

/** What came back over HTTP. `body` is read when it is asked for; `lasted`: from the question to the answer's last byte, in milliseconds. */
export interface Answer { readonly status: number; readonly body: any; readonly cookie: string | undefined; readonly bytes: number; readonly after: number | undefined; readonly lasted: number }

/** The server as it is started for real, in a process of its own, with people who have come in by its doors. */
export interface OurHouse {
  readonly port: number;
  readonly pid: number;
  /** The application alone, and PostgreSQL with all its processes. */
  readonly measured: readonly Measured[];
  readonly people: readonly Person[];
  /** Lets so many more come in by a one-time link each, beside `people`. @param password sets one for each of them */
  letIn(n: number, password?: string): Promise<readonly Person[]>;
  /** Adds so many more to the directory, who do not come in. @returns their ids */
  add(n: number): Promise<readonly Id[]>;
  /** A room of these people. @returns its stream's name */
  room(people: readonly Id[], opener: Person): Promise<{ readonly id: Id; readonly key: string }>;
  /** The administrator's session. */
  readonly admin: string;
  /** Does a deed as someone; it must be allowed. */
  deed(name: string, input: unknown, cookie: string): Promise<Answer>;
  /** The folder of its own PostgreSQL. */
  readonly postgres: string;
  ask(name: string, body: unknown, from?: { cookie?: string; address?: string }): Promise<Answer>;
  /** Stops it in order and starts it anew on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

interface Started { readonly child: ChildProcess; readonly port: number; readonly said: string }

function start(data: string, flags: readonly string[]): Promise<Started> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [...usual.flags, ...flags, 'apps/server/dist/main.js'], {
      // It stops when we are gone, however we went.
      cwd: root, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...environment, NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/noroshi/compiled'), PORT: '0', NOROSHI_DATA: data },
    });
    let said = '';
    let open = false;
    const hear = (part: Buffer): void => {
      if (open) return void process.stderr.write(part);
      said += String(part);
      const port = /狼煙 Noroshi {2}http:\/\/[^:]+:(\d+)\n[^]*\n$/.exec(said)?.[1];
      if (!port) return;
      open = true;
      done({ child, port: Number(port), said });
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.once('exit', (code) => failed(new Error(`the server ended with ${code} and said: ${said}`)));
  });
}

const stopped = (child: ChildProcess): Promise<void> => new Promise((gone) => {
  if (child.exitCode !== null || child.signalCode !== null) return gone();
  child.once('exit', () => gone());
  child.kill('SIGTERM');
});

/** Does the same for many, a few at once, in order. */
export async function each<T, R>(all: readonly T[], atOnce: number, work: (one: T, i: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (next < all.length) {
      const i = next++;
      results[i] = await work(all[i]!, i);
    }
  }));
  return results;
}

/**
 * Opens an empty house, makes its prefecture and administrator by the link that it prints, and lets people in.
 * @param flags for Node, such as `--cpu-prof`
 */
export async function openOurHouse(people: number, flags: readonly string[] = []): Promise<OurHouse> {
  // What `npm start` runs is built; where it is already, that is seen at once.
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the server could not be built');
  const data = mkdtempSync(join(tmpdir(), 'noroshi-bench-'));
  let { child, port, said } = await start(data, flags);
  const admitted: Person[] = [];
  let added = 0;

  const ask: OurHouse['ask'] = (name, body, { cookie = '', address } = {}) => new Promise((done, failed) => {
    const text = JSON.stringify(body);
    const began = performance.now();
    const asking = request({
      host: '127.0.0.1', port, path: `/api/${name}`, method: 'POST', ...(address ? { localAddress: address } : {}),
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...(cookie ? { cookie } : {}) },
    }, (reply) => {
      const parts: Buffer[] = [];
      reply.on('data', (part: Buffer) => parts.push(part));
      reply.on('end', () => {
        const lasted = performance.now() - began;
        const all = Buffer.concat(parts);
        const after = reply.headers['retry-after'];
        done({
          status: reply.statusCode!, get body() { return all.length > 0 ? JSON.parse(all.toString()) : undefined; }, bytes: all.length, lasted, after: after === undefined ? undefined : Number(after),
          cookie: reply.headers['set-cookie']?.[0]?.split(';')[0],
        });
      });
      reply.on('error', failed);
    });
    asking.on('error', failed);
    asking.end(text);
  });
  const must = async (name: string, body: unknown, cookie?: string): Promise<Answer> => {
    const answer = await ask(name, body, cookie === undefined ? {} : { cookie });
    if (answer.status !== 200) throw new Error(`${name} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  };
  const deed = (name: string, input: unknown, cookie: string): Promise<Answer> => must(name, { id: fresh(), input }, cookie);

  try {
    const token = /\/invitation#([\w-]{43})/.exec(said)![1]!;
    const begun = await must('account.beginHouse', {
      token, organization: { name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '県' },
      name: '渡部 花子', kana: 'わたなべ はなこ', login: 'hanako', password: `${randomBytes(12).toString('base64url')} 測る`,
    });
    const admin = begun.cookie!;
    const org = fresh();
    await deed('directory.addOrganization', { id: org, code: '382141', name: '西予市', kana: 'せいよし', romaji: 'Seiyo', short: '西予', kind: 'city' }, admin);

    const add: OurHouse['add'] = async (n) => {
      const ids = Array.from({ length: n }, fresh);
      for (let from = 0; from < n; from += 250) {
        await deed('directory.import', {
          add: ids.slice(from, from + 250).map((id) => ({ id, org, role: 'member', name: `職員 ${added += 1}`, kana: 'しょくいん', phones: [] })), amend: [],
        }, admin);
      }
      return ids;
    };
    const house: OurHouse = {
      get port() { return port; },
      get pid() { return child.pid!; },
      get measured() { return [{ pid: child.pid!, alone: true }, { pid: postmasterBelow(child.pid!) }]; },
      people: admitted,
      postgres: join(data, 'postgres'),
      add, ask, admin, deed,
      async letIn(n, password) {
        const ids = await add(n);
        const came = await each(ids, 8, async (id): Promise<Person> => {
          const { url, login } = (await must('account.invite', { person: id }, admin)).body as { url: string; login: string };
          const entered = await must('account.acceptInvitation', { token: url.split('#')[1], ...(password === undefined ? {} : { password }) });
          return { id, login, cookie: entered.cookie! };
        });
        return came;
      },
      async room(members, opener) {
        const id = fresh();
        const others = members.filter((one) => one !== opener.id);
        await deed('talk.openRoom', { id, kind: 'purpose', name: '測定室', short: '測', orgs: [], people: others.slice(0, 200) }, opener.cookie);
        for (let from = 200; from < others.length; from += 200) await deed('talk.addPeople', { room: id, people: others.slice(from, from + 200), history: true }, opener.cookie);
        return { id, key: roomStream(id) };
      },
      async restart() {
        await stopped(child);
        ({ child, port } = await start(data, flags));
      },
      async close() {
        await stopped(child);
        rmSync(data, { recursive: true, force: true });
      },
    };
    admitted.push(...await house.letIn(people));
    return house;
  } catch (error) {
    await stopped(child);
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
}
