import { setTimeout as pause } from 'node:timers/promises';
import { endShare, revoke } from '@noroshi/features/federation';
import { until } from '@noroshi/foundations/testing';
import { signal } from '../database.ts';
import type { Ground } from '../ground.ts';
import type { Mishap, Struck } from '../misfortune.ts';
import { some } from '../mishaps.ts';
import { fairWay, type LetterWeather } from './letter-line.ts';
import { meetAndShare, shareAnew, type PairHouse } from './pair-house.ts';

/** What can be hurt of two houses. */
export interface PairScene extends Struck {
  readonly houses: readonly [PairHouse, PairHouse];
  readonly ground: Ground;
  /** People say much at once while it lasts. */
  readonly hurry: (on: boolean) => void;
}

/** By how much the clock of a house may be wrong either way (milliseconds): what is put right by more than five minutes no record proves (features/record, `clockSlack`). */
const mostWrong = 120_000;

const otherOf = ({ houses }: PairScene, house: PairHouse): PairHouse => houses.find((one) => one !== house)!;
/** One of them, or both. */
const hit = ({ dice, houses }: PairScene, both = 0.3): readonly PairHouse[] => (dice.chance(both) ? houses : [dice.pick(houses)]);
const names = (houses: readonly PairHouse[]): string => houses.map(({ side }) => side).join(' and ');

/** The ways to one house or to both are bad for a while, and until that has been felt. */
async function badWay(scene: PairScene, weather: Partial<LetterWeather>, felt?: 'lost' | 'unheard' | 'doubled' | 'old'): Promise<string> {
  const houses = hit(scene, 0.5);
  const count = (): number => houses.reduce((sum, { line }) => sum + (felt ? line.counted[felt] : 0), 0);
  const letters = (): number => houses.reduce((sum, { line }) => sum + line.counted.letters, 0);
  const [before, letters0] = [count(), letters()];
  for (const { line } of houses) line.weather = { ...fairWay, ...weather };
  await pause(some(scene.dice, 500, 2_500));
  if (felt) await until(() => count() > before, 'it to be felt', 6_000).catch(() => undefined);
  for (const { line } of houses) line.mend();
  return `to ${names(houses)}${felt ? `, ${count() - before} ${felt} of ${letters() - letters0}` : ''}`;
}

/** What goes wrong between two houses and in either of them. */
export const pairMishaps: readonly Mishap<PairScene>[] = [
  {
    kind: 'kill house', track: 'house', weight: 4,
    async do(scene) {
      const { dice } = scene;
      const houses = hit(scene);
      await Promise.all(houses.map(async ({ server }) => {
        await server.kill();
        if (!dice.chance(0.3)) return;
        // Again while it gets up.
        await pause(dice.below(1_500));
        await server.kill();
      }));
      await Promise.all(houses.map(({ server }) => server.up()));
      return names(houses);
    },
  },
  {
    kind: 'kill postgres', track: 'house', weight: 2,
    async do({ dice, houses }) {
      const { side, postgres, server } = dice.pick(houses);
      const serving = postgres.serving();
      const one = serving.length > 0 && dice.chance(0.3) ? dice.pick(serving) : undefined;
      signal(one ?? postgres.pid, 'SIGKILL');
      await pause(dice.below(800));
      await server.up();
      return `${side}${one === undefined ? '' : ', one that serves'}`;
    },
  },
  {
    kind: 'slow database', track: 'house', weight: 3,
    async do(scene) {
      const houses = hit(scene);
      // Longer than the patience of the server, or of whoever sent a letter, now and then.
      const ms = scene.dice.chance(0.1) ? 17_000 : some(scene.dice, 500, 4_000);
      const stopped = houses.flatMap(({ postgres }) => postgres.serving().filter((pid) => signal(pid, 'SIGSTOP')));
      await pause(ms);
      for (const pid of stopped) signal(pid, 'SIGCONT');
      await Promise.all(houses.map(({ server }) => server.up()));
      return `${names(houses)}, ${stopped.length} stopped for ${ms} ms`;
    },
  },
  {
    kind: 'clock of a house', track: 'house', weight: 3,
    async do({ dice, houses }) {
      const house = dice.pick(houses);
      const to = dice.below(2 * mostWrong) - mostWrong;
      house.server.isWrongBy(to);
      return `${house.side} is wrong by ${Math.round(to / 1_000)} s`;
    },
  },
  {
    // What is older waits with whoever said it, and goes out when their server comes back.
    kind: 'queue', track: 'house', weight: 3,
    async do(scene) {
      const { dice, houses } = scene;
      for (const { line } of houses) line.isShut = true;
      scene.hurry(true);
      await scene.flows(10 + dice.below(20), 10_000);
      scene.hurry(false);
      const house = dice.pick(houses);
      await house.server.kill();
      await house.server.up();
      for (const { line } of houses) line.isShut = false;
      return `${house.side} comes back to it`;
    },
  },
  {
    kind: 'full disk', track: 'house', weight: 1,
    cannot: ({ ground }) => ground.cannotFill,
    async do({ ground, dice, houses }) {
      ground.fill();
      await pause(some(dice, 1_000, 3_000));
      ground.clear();
      await Promise.all(houses.map(({ server }) => server.up()));
      return 'of both';
    },
  },
  {
    kind: 'part and meet anew', track: 'house', weight: 1,
    async do(scene) {
      const house = scene.dice.pick(scene.houses);
      const other = otherOf(scene, house);
      await house.does(revoke.deed, { partner: (await house.partner())! });
      await scene.flows(2, 3_000);
      await other.does(revoke.deed, { partner: (await other.partner())! });
      const renews = scene.dice.chance(0.5);
      if (renews) await house.renewsKey();
      await meetAndShare(other, house);
      return `${house.side} revokes${renews ? ', and has another key' : ''}`;
    },
  },
  {
    kind: 'end and share anew', track: 'house', weight: 1,
    async do(scene) {
      const house = scene.dice.pick(scene.houses);
      const { share, partner } = (await house.sees()).shares.find(({ room, state }) => room === house.base.room && state === 'open')!;
      await house.does(endShare.deed, { share, partner, room: house.base.room });
      await shareAnew(...(scene.dice.chance(0.5) ? [house, otherOf(scene, house)] as const : [otherOf(scene, house), house] as const));
      return `${house.side} ends it`;
    },
  },
  {
    kind: 'cut way', track: 'lines', weight: 5,
    async do(scene) {
      const houses = hit(scene, 0.5);
      const stay = scene.dice.chance(0.6);
      for (const { line } of houses) line.cut({ stay });
      if (stay) await pause(some(scene.dice, 200, 2_500));
      for (const { line } of houses) line.mend();
      return `to ${names(houses)}${stay ? ', for a while' : ''}`;
    },
  },
  { kind: 'lost letters', track: 'lines', weight: 4, do: (scene) => badWay(scene, { lost: 0.4 }, 'lost') },
  { kind: 'unheard letters', track: 'lines', weight: 5, do: (scene) => badWay(scene, { unheard: 0.4 }, 'unheard') },
  { kind: 'doubled letters', track: 'lines', weight: 4, do: (scene) => badWay(scene, { doubled: 0.5, unheard: 0.2 }, 'doubled') },
  { kind: 'old letters', track: 'lines', weight: 4, do: (scene) => badWay(scene, { old: 0.6, lost: 0.1 }, 'old') },
  { kind: 'slow letters', track: 'lines', weight: 3, do: (scene) => badWay(scene, { late: some(scene.dice, 100, 900) }) },
  {
    // Whoever sent a letter is told nothing until their own patience is over.
    kind: 'mute way', track: 'lines', weight: 1.5,
    async do(scene) {
      const houses = hit(scene);
      for (const { line } of houses) line.mute();
      await pause(some(scene.dice, 300, 3_000));
      for (const { line } of houses) line.mend();
      return `to ${names(houses)}`;
    },
  },
];
