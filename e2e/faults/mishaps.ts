import { setTimeout as pause } from 'node:timers/promises';
import { until, type Dice } from '@noroshi/foundations/testing';
import type { Client } from './client.ts';
import { signal } from './database.ts';
import type { Mishap } from './misfortune.ts';
import type { Scene } from './scene.ts';
import { upgradeBadly } from './upgrade.ts';

const hour = 3_600_000;
export const some = (dice: Dice, from: number, to: number): number => from + dice.below(to - from);

/** One device, or now and then all of them: a whole town is off at once. */
const hit = ({ dice, clients }: Scene): readonly Client[] => (dice.chance(0.25) ? clients : [dice.pick(clients)]);
const names = (clients: readonly Client[]): string => (clients.length > 1 ? 'all' : clients[0]!.name);

/**
 * Makes a line bad for a while, and until that has been felt. What is open stays open.
 * @param felt what the line counts of it
 */
async function badLine(scene: Scene, weather: Client['line']['weather'], ms: number, felt?: 'overtaken' | 'doubled'): Promise<string> {
  const clients = hit(scene);
  const count = (): number => clients.reduce((sum, { line }) => sum + (felt ? line.counted[felt] : 0), 0);
  const before = count();
  for (const { line } of clients) line.weather = weather;
  await pause(ms);
  await scene.flows(3, 3_000);
  if (felt) await until(() => count() > before, 'it to be felt', 8_000).catch(() => undefined);
  for (const { line } of clients) line.mend();
  return `${names(clients)} for ${ms} ms${felt ? `, ${count() - before} ${felt}` : ''}`;
}

export const mishaps: readonly Mishap<Scene>[] = [
  {
    kind: 'kill server', track: 'house', weight: 3,
    async do({ server, dice }) {
      await server.kill();
      if (dice.chance(0.3)) {
        // Again while it gets up.
        await pause(dice.below(1_500));
        await server.kill();
      }
      await server.up();
      return 'kill -9';
    },
  },
  {
    kind: 'kill postgres', track: 'house', weight: 3,
    async do({ postgres, server, dice }) {
      const serving = postgres.serving();
      const one = serving.length > 0 && dice.chance(0.3) ? dice.pick(serving) : undefined;
      signal(one ?? postgres.pid, 'SIGKILL');
      await pause(dice.below(800));
      await server.up();
      return one === undefined ? 'kill -9' : 'kill -9 of one that serves';
    },
  },
  {
    kind: 'kill both', track: 'house', weight: 1,
    async do({ postgres, server }) {
      signal(postgres.pid, 'SIGKILL');
      await server.kill();
      await server.up();
      return 'kill -9';
    },
  },
  {
    kind: 'cut line', track: 'lines', weight: 6,
    async do(scene) {
      const { dice } = scene;
      const clients = hit(scene);
      const stay = dice.chance(0.5);
      for (const { line } of clients) line.cut({ stay });
      if (stay) await pause(some(dice, 200, 2_500));
      for (const { line, end } of clients) {
        line.mend();
        if (dice.chance(0.5)) end.hurry();
      }
      return `${names(clients)}${stay ? ', for a while' : ''}`;
    },
  },
  {
    kind: 'dead line', track: 'lines', weight: 5,
    async do(scene) {
      const { dice } = scene;
      const clients = hit(scene);
      // Where only what comes down is lost, everything was done and nobody heard of it.
      const ways = dice.chance(0.6) ? (['down'] as const) : (['up', 'down'] as const);
      for (const { line } of clients) line.swallow(...ways);
      await pause(some(dice, 300, 2_000));
      // In half of the cases nothing tells the device that its line is dead: it has to find out by itself.
      const told = dice.chance(0.5);
      for (const { line } of clients) {
        if (told) line.cut();
        line.mend();
      }
      return `${names(clients)}, ${ways.join(' and ')}${told ? '' : ', untold'}`;
    },
  },
  { kind: 'slow line', track: 'lines', weight: 4, do: (scene) => badLine(scene, { double: 0, hold: 0, late: some(scene.dice, 100, 900) }, some(scene.dice, 800, 3_000)) },
  { kind: 'doubling line', track: 'lines', weight: 6, do: (scene) => badLine(scene, { double: 0.4, hold: 0, late: scene.dice.below(40) }, some(scene.dice, 600, 2_000), 'doubled') },
  { kind: 'reordering line', track: 'lines', weight: 6, do: (scene) => badLine(scene, { double: 0.1, hold: 0.4, late: 0 }, some(scene.dice, 600, 2_000), 'overtaken') },
  {
    kind: 'clock jump', track: 'lines', weight: 5,
    async do({ dice, clients }) {
      const client = dice.pick(clients);
      const by = dice.chance(0.5) ? hour : -hour;
      client.wrongBy += by;
      return `${client.name} by ${by / hour} h`;
    },
  },
  {
    kind: 'device off', track: 'lines', weight: 3,
    async do({ dice, clients }) {
      const client = dice.pick(clients);
      client.turnOff();
      await pause(dice.below(1_000));
      client.turnOn();
      return client.name;
    },
  },
  {
    kind: 'slow database', track: 'house', weight: 3,
    async do({ dice, before, postgres, server }) {
      // Longer than the server's patience, now and then.
      const ms = dice.chance(0.08) ? 17_000 : some(dice, 500, 4_000);
      if (before && dice.chance(0.7)) {
        const how = dice.below(3);
        if (how === 0) before.late = some(dice, 20, 250);
        else if (how === 1) before.stand();
        await pause(how === 2 ? 0 : ms);
        if (how === 2) before.cut();
        before.mend();
        await server.up();
        return ['each word late', 'standing still', 'its lines cut'][how]!;
      }
      const stopped = postgres.serving().filter((pid) => signal(pid, 'SIGSTOP'));
      await pause(ms);
      for (const pid of stopped) signal(pid, 'SIGCONT');
      await server.up();
      return `${stopped.length} stopped for ${ms} ms`;
    },
  },
  {
    kind: 'full disk', track: 'house', weight: 3,
    cannot: ({ ground }) => ground.cannotFill,
    async do({ ground, dice, server, postgres }) {
      ground.fill();
      // The journal needs a new file only now and then; without one nothing can be committed at all.
      const turns = dice.chance(0.4);
      if (turns) {
        // It may be too full for that already.
        await postgres.enter('noroshi', 3_000).then(async ({ pool, close }) => {
          await pool.query('select pg_switch_wal()').catch(() => undefined);
          await close();
        }, () => undefined);
        ground.fill();
      }
      await pause(some(dice, 1_000, 4_000));
      ground.clear();
      await server.up();
      return turns ? 'with a journal that needs a new file' : 'full';
    },
  },
  { kind: 'upgrade', track: 'house', weight: 1.5, do: upgradeBadly },
];
