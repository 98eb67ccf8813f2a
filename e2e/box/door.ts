import { openCalls } from '@noroshi/features/call/server';
import { acceptInvitation } from '@noroshi/features/account';
import { openAccounts, type AccountServer, type Cast, type Hasher } from '@noroshi/features/account/server';
import { openWake, type WakeServer } from '@noroshi/features/wake/server';
import type { Id } from '@noroshi/foundations/kernel';
import { down, pack, subprotocol, unpack, up, wireVersion, type Door } from '@noroshi/foundations/sync';
import { Stair } from '@noroshi/foundations/sync/server';
import { Federation, type Carry } from '@noroshi/features/federation/server';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { createServer, type ServerDeps } from '@noroshi/server';
import { actorOf } from '@noroshi/server/actor-of';
import { answers, demoHouse } from '@noroshi/server/features';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { WebSocket } from 'ws';

/** What came back: the status, the answer or refusal, and the headers. */
export interface Heard { readonly status: number; readonly body: any; readonly headers: Record<string, unknown> }

/** A browser at the door: it keeps the cookie it is given, and says what browsers say. */
export interface Visitor {
  ask<I>(door: Door<I, any> | string, input: I, headers?: Record<string, string>): Promise<Heard>;
  cookie: string | undefined;
}

/** A house with its door open. */
export interface OpenDoor {
  readonly app: FastifyInstance;
  readonly accounts: AccountServer;
  readonly wake: WakeServer;
  readonly stair: Stair;
  readonly federation: Federation;
  visitor(address?: string): Visitor;
  /** Someone who has just come in by a link of their own, with a password where one is given. */
  comesIn(person: Id, password?: string, address?: string): Promise<Visitor>;
  /** A real socket of a visitor, greeted; `ended` tells how it ends. */
  onTheLine(visitor: Visitor): Promise<{ readonly socket: WebSocket; readonly ended: Promise<{ code: number; bye: unknown }> }>;
  close(): Promise<void>;
}

/** Opens the door of a stair that is open; nothing listens until the test says so. */
export async function openDoor(stair: Stair, options: Partial<Omit<ServerDeps, 'house'>> & { cast?: Cast; hashing?: Hasher; push?: { ca: string; inside: readonly string[] }; partners?: { address: string; carry?: Carry; inside?: readonly string[]; key?: string } } = {}): Promise<OpenDoor> {
  const { cast, hashing, push, partners, ...server } = options;
  const accounts = openAccounts({ stair, actorOf: (person) => actorOf(stair, person), demo: cast, hashing, log: { error: (error) => { throw error; } } });
  await accounts.start();
  // Whoever is pushed to from here is out of reach: a name that leads nowhere.
  const wake = await openWake({ stair, language: accounts.languageOf, base: '', drivers: {}, push: { subject: 'mailto:noroshi@example.jp', inside: [], ...push }, report: (error) => { throw error; } });
  const record = new RecordLog({ stair, signer: await openSigner(), report: (error) => { throw error; } });
  const federation = new Federation({ stair, ...partners, report: (error) => { throw error; }, refusals: () => undefined });
  if (partners) federation.start();
  const app = await createServer({ webFolder: undefined, logLevel: 'silent', ...server, house: { stair, accounts, wake, record, federation, calls: openCalls({ stair, turn: undefined, janus: undefined, teller: wake.teller, report: (error) => { throw error; } }), close: () => stair.close() } });
  return {
    app, accounts, wake, stair, federation,
    visitor: (address = '192.0.2.1') => visitor(app, address),
    async comesIn(person, password, address = '192.0.2.1') {
      const one = visitor(app, address);
      const { status, body } = await one.ask(acceptInvitation, { token: await accounts.linkFor(person), ...(password ? { password } : {}) });
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return one;
    },
    onTheLine: (one) => onTheLine(app, one),
    close: () => app.close(),
  };
}

/** The same tables as the demo: whom one can be is told at the door. */
export async function openDemo(pool: pg.Pool, now: () => number, cast: Cast): Promise<OpenDoor> {
  return openDoor(await Stair.open({ pool, house: demoHouse, now, answers }), { cast });
}

function visitor(app: FastifyInstance, remoteAddress: string): Visitor {
  const one: Visitor = {
    cookie: undefined,
    async ask(door, input, headers = {}) {
      const answer = await app.inject({
        method: 'POST', url: `/api/${typeof door === 'string' ? door : door.door}`, remoteAddress,
        headers: { 'content-type': 'application/json', ...(one.cookie ? { cookie: one.cookie } : {}), ...headers },
        payload: typeof input === 'string' ? input : JSON.stringify(input),
      });
      for (const set of [answer.headers['set-cookie'] ?? []].flat()) {
        const [pair = '', ...rest] = set.split('; ');
        one.cookie = rest.some((part) => part === 'Expires=Thu, 01 Jan 1970 00:00:00 GMT') ? undefined : pair;
      }
      return { status: answer.statusCode, body: answer.body === '' ? undefined : JSON.parse(answer.body), headers: answer.headers };
    },
  };
  return one;
}

async function onTheLine(app: FastifyInstance, { cookie }: Visitor): ReturnType<OpenDoor['onTheLine']> {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/line`, subprotocol, { headers: { cookie } });
  let bye: unknown;
  const greeted = new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      for (const frame of unpack(data as Buffer) ?? []) if (frame[0] === down.bye) bye = frame[1];
      resolve();
    });
  });
  const ended = new Promise<{ code: number; bye: unknown }>((resolve) => socket.on('close', (code) => resolve({ code, bye })));
  socket.on('open', () => socket.send(pack([up.hello, wireVersion, new Uint8Array(16)])));
  await greeted;
  return { socket, ended };
}
