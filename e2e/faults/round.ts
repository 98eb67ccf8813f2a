import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { call, end as endCall, type Call } from '@noroshi/features/call';
import { freePort, seeded, until } from '@noroshi/foundations/testing';
import type { Act, Stage } from './acts/act.ts';
import { actsOf, beside } from './acts/acts.ts';
import { baseHouse, type BaseHouse } from './base-house.ts';
import { check, commandsIn, type Checked } from './check.ts';
import { Client } from './client.ts';
import { Keeper, Postgres, signal } from './database.ts';
import { makeGround } from './ground.ts';
import { HouseServer, ServersBeside } from './house-server.ts';
import { misfortune, pickByWeight } from './misfortune.ts';
import { mishaps } from './mishaps.ts';
import { Findings, onTheLine, wrongs, type Outcome } from './outcome.ts';
import type { Scene } from './scene.ts';
import { SlowLine } from './slow-line.ts';
import { look } from './tables.ts';

/** So long people go on at most for what has to be done in a round (milliseconds). */
const longestWork = 90_000;

export interface RoundNeeds {
  readonly seed: number;
  /** How many faults. */
  readonly faults: number;
  /** Only of these kinds; of all unless told. */
  readonly kinds?: readonly string[] | undefined;
  /** People do only what is of these themes; all there is unless told. */
  readonly themes?: readonly string[] | undefined;
  /** How often each of these deeds is to be acknowledged: people go on with their work until they are. None unless told. */
  readonly least?: readonly (readonly [deed: string, times: number])[] | undefined;
  /** How many servers the house has, on one PostgreSQL; one unless told. */
  readonly servers?: number | undefined;
  /** Where the house lies with which a round begins. */
  readonly houseFolder: string;
  /** A module that breaks the server on purpose. */
  readonly breaksServer?: string | undefined;
  /** How long everything may take to come to rest once all is mended, in milliseconds. A device that was not told waits up to 30 s. */
  readonly calmWithin: number;
  /** Told what goes on. */
  readonly say: (line: string) => void;
}

export interface RoundResult extends Outcome {
  /** What was injected, and how often. */
  readonly kinds: Readonly<Record<string, number>>;
  /** What cannot be injected here, and why. */
  readonly skipped: Readonly<Record<string, string>>;
  /** What was acknowledged, and how often; a device that stood on the line of a call among it (`onTheLine`). */
  readonly deeds: Readonly<Record<string, number>>;
  /** What is wrong, in words. */
  readonly words: readonly string[];
}

/**
 * One round: a house, eight devices of seven people who go on with their work, and so many faults, one after the other. Then
 * all is mended, everything comes to rest, and the whole history is read. The same seed makes the same round, but for the
 * machine's own timing.
 */
export async function round(needs: RoundNeeds): Promise<RoundResult> {
  const { seed, say } = needs;
  const base = await baseHouse(needs.houseFolder);
  const dice = seeded(seed);
  const ground = makeGround(join(needs.houseFolder, 'data'));
  const closing: (() => unknown)[] = [() => ground.remove()];
  const close = async (): Promise<void> => { for (const step of closing.splice(0).toReversed()) await step(); };
  const broken = (): void => void close().finally(() => process.exit(130));
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, broken);
  try {
    const postgres = new Postgres(join(ground.folder, 'postgres'));
    // A server that could not start again has left it behind.
    closing.push(() => signal(postgres.pid, 'SIGKILL'));
    let before: SlowLine | undefined;
    // As it comes, the server has its own PostgreSQL; an operator may name another.
    const count = needs.servers ?? 1;
    // Several servers share one that is none of theirs.
    const isNamed = dice.chance(0.5) || count > 1;
    if (isNamed) {
      const keeper = new Keeper(postgres.folder);
      closing.push(() => keeper.close());
      await keeper.open();
      before = await SlowLine.before(() => Number(new URL(postgres.url()).port));
      closing.push(() => before!.close());
    }
    const url = before && new URL(postgres.url());
    if (url) url.port = String(before!.port);
    const servers: HouseServer[] = [];
    for (let n = 1; n <= count; n++) servers.push(new HouseServer({ data: ground.folder, port: await freePort(), databaseUrl: url?.href, log: join(needs.houseFolder, `round-${seed}${n > 1 ? `-${n}` : ''}.log`), first: needs.breaksServer === undefined ? [] : [needs.breaksServer] }));
    const server = count === 1 ? servers[0]! : new ServersBeside(servers, seeded(seed));
    closing.push(() => server.stop());
    server.start();
    await server.up();

    const earlier = await look(postgres, commandsIn);
    const clients: Client[] = [];
    closing.push(() => Promise.all(clients.map((client) => client.close())));
    for (const who of base.people) {
      for (const [i, cookie] of who.cookies.entries()) clients.push(await Client.on(Number(new URL(servers[clients.length % count]!.address).port), `${who.name} ${i + 1}`, who, cookie, seeded(dice.below(2 ** 31))));
    }
    await until(() => clients.every(({ state }) => state === 'open'), 'everyone to be on the line', 120_000);
    let spoken = 0;
    const stage: Stage = { dice, house: base, clients, rooms: [], pages: new Map(), token: () => `${seed}-${++spoken}` };
    const astray: string[] = [];
    const scene: Scene = { dice, server, postgres, ground, before, clients, wrong: (word) => void astray.push(word), flows: flowing(clients) };
    say(`round ${seed}: ${needs.faults} faults, ${count > 1 ? `${count} servers, ` : ''}${isNamed ? 'a PostgreSQL of its own' : 'the PostgreSQL that Noroshi brings'}`);

    const working = new AbortController();
    const acts = actsOf(needs.themes ?? (count > 1 ? beside : undefined));
    for (const one of acts.filter(({ opens }) => opens)) await one.do(stage, clients[0]!);
    const work = clients.map((client) => goOn(client, acts, { ...stage, dice: seeded(dice.below(2 ** 31)) }, working.signal));
    const done = await misfortune(mishaps, needs, scene).then(async (all) => {
      // How much is done in a round follows from the machine: what it was to show is waited for, and where it does not come the sum says so.
      await until(() => needs.least?.every(([deed, times]) => clients.reduce((sum, client) => sum + client.times(deed), 0) >= times) ?? true, 'what has to be done in a round', longestWork).catch(() => undefined);
      return all;
    }).finally(() => working.abort());
    await Promise.all(work);
    const { findings, deeds } = await judge(scene, base, earlier, needs);
    for (const word of astray) findings.add('disagreeing', word);
    const acknowledged = Object.values(deeds).reduce((sum, n) => sum + n, 0);
    const stood = clients.reduce((sum, client) => sum + client.stood.length, 0);
    return { ...findings.outcome(needs.faults, acknowledged), ...done, deeds: { ...deeds, ...(stood > 0 ? { [onTheLine]: stood } : {}) }, words: findings.words };
  } finally {
    await close();
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, broken);
  }
}

/**
 * Someone goes on with what they do, whatever happens to them. Their dice are their own: how often they are thrown follows
 * from the machine's timing, and the faults shall not.
 */
async function goOn(client: Client, acts: readonly Act[], stage: Stage, stopped: AbortSignal): Promise<void> {
  const mine = acts.filter(({ administers }) => !administers || client.who.actor.role === 'administrator');
  while (!stopped.aborted) {
    // One whose battery is empty does nothing.
    const { end } = client;
    if (client.isOn) await pickByWeight(mine, stage.dice).do(stage, client).catch((error: unknown) => { if (client.isOn && client.end === end) throw error; });
    await pause(40 + stage.dice.below(200));
  }
}

/** A fault in a house where nobody speaks shows nothing: waits until so many answers have come to devices, but not for ever. */
const flowing = (clients: readonly Client[]): Scene['flows'] => async (answers, ms) => {
  const count = (): number => clients.reduce((sum, { heard }) => sum + heard.size, 0);
  const goal = count() + answers;
  await until(() => count() >= goal, 'answers to come', ms).catch(() => undefined);
};

/** All is mended and comes to rest; then everything is read. What does not come to rest counts as disagreeing. */
async function judge(scene: Scene, base: BaseHouse, earlier: ReadonlySet<string>, { say, calmWithin }: RoundNeeds): Promise<Checked> {
  const { clients, server, postgres, ground, before } = scene;
  ground.clear();
  before?.mend();
  for (const { line } of clients) line.mend();
  await server.up();
  await hangUp(clients, base);
  const restless = await rest(clients, calmWithin);
  // What goes on would be in one place and not yet in the other, which is read later.
  if (restless.length > 0) for (const { line } of clients) line.cut({ stay: true });

  // Marks are gathered, and what follows from a deed is done by the clock: a while in which nothing moves is waited for.
  let result = await look(postgres, (stair) => check(stair, base, clients, earlier));
  const mayPass = (): boolean => restless.length === 0 && result.findings.count('disagreeing') > 0 && wrongs.every((wrong) => wrong === 'disagreeing' || wrong === 'wrongSums' || result.findings.count(wrong) === 0);
  await until(async () => {
    if (!mayPass()) return true;
    await pause(500);
    result = await look(postgres, (stair) => check(stair, base, clients, earlier));
    return !mayPass();
  }, 'everyone to agree', calmWithin / 10).catch(() => undefined);
  const findings = new Findings();
  for (const word of restless) findings.add('disagreeing', `not at rest after ${calmWithin} ms: ${word}`);
  findings.take(result.findings);
  for (const word of findings.words) say(`  ${word}`);
  return { ...result, findings };
}

/** How often it is looked whether all is at rest (milliseconds): a look keeps busy what it waits for. */
const lookEvery = 400;

/**
 * Waits until nothing waits any more on any device. Where the machine lets nobody run, that is not the house's doing: a look, with
 * the pause behind it, counts as two pauses at most.
 * @returns what does not come to rest
 */
async function rest(clients: readonly Client[], ms: number): Promise<string[]> {
  for (let waited = 0; ;) {
    const began = Date.now();
    const restless: string[] = [];
    for (const client of clients) restless.push(...(await unrest(client)));
    if (restless.length === 0 || waited >= ms) return restless;
    await pause(lookEvery);
    waited += Math.min(Date.now() - began, 2 * lookEvery);
  }
}

/** Whoever administers the house ends the call that runs, for all: else it would last until the server has missed those whose lines it ended itself. */
async function hangUp([hanako]: readonly Client[], { groupC }: BaseHouse): Promise<void> {
  const running = (await hanako!.end.replica.all<Call>(call.noun)).find(({ value }) => value.ended === undefined);
  if (running) await hanako!.give(endCall, { room: groupC, call: running.id });
}

/** What of a device still waits. What was refused is read by its person and taken off the list. */
async function unrest({ name, end, state, given, heard }: Client): Promise<string[]> {
  const words: string[] = [];
  for (const item of await end.replica.outbox.item.toArray()) {
    if (item.state === 'refused') {
      const one = given.find(({ id }) => id === item.id);
      if (one) one.isDropped = true;
      // It may have been told on a connection before this device was turned off and on.
      if (!heard.has(item.id)) heard.set(item.id, [{ ok: false, code: item.code ?? '' }]);
      await end.drop(item.id);
    } else words.push(`${name} has ${item.name} ${item.id} ${item.state}`);
  }
  if ((await end.replica.db.shown.count()) > 0) words.push(`${name} has shown what is not confirmed`);
  if (state !== 'open') words.push(`${name} is ${state}`);
  return words;
}
