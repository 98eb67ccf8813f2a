import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, seeded, until } from '@noroshi/foundations/testing';
import { signal } from '../database.ts';
import { makeGround } from '../ground.ts';
import { misfortune } from '../misfortune.ts';
import { Findings } from '../outcome.ts';
import type { RoundNeeds, RoundResult } from '../round.ts';
import { LetterLine } from './letter-line.ts';
import { pairBase, sides } from './pair-base.ts';
import { checkPair, type Account } from './pair-check.ts';
import { meetAndShare, PairHouse } from './pair-house.ts';
import { pairMishaps, type PairScene } from './pair-mishaps.ts';
import { read } from './pair-tables.ts';
import { proves } from './proves.ts';
import { RoundOver, Teller } from './teller.ts';

/** How large the disk of a round is: what two houses begin with, their work, and what uploads leave free for everything else. In megabytes. */
const diskSize = 640;

/**
 * One round of two houses that share a room: each its own server and PostgreSQL, four people of each who go on saying things, and so many faults. Then all is
 * mended, what is on its way comes, and both histories are read and held against each other.
 */
export async function pairRound(needs: RoundNeeds): Promise<RoundResult> {
  const { seed, say } = needs;
  const folder = join(needs.houseFolder, 'pair');
  const base = await pairBase(folder);
  const dice = seeded(seed);
  const ground = makeGround(join(folder, 'data'), diskSize);
  const closing: (() => unknown)[] = [() => ground.remove()];
  const close = async (): Promise<void> => { for (const step of closing.splice(0).toReversed()) await step(); };
  const broken = (): void => void close().finally(() => process.exit(130));
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, broken);
  try {
    let spoken = 0;
    const first = ['clock.ts', 'hastened.ts'].map((file) => new URL(file, import.meta.url).href);
    const houses: PairHouse[] = [];
    for (const side of sides) {
      const port = await freePort();
      const line = await LetterLine.to(port, seeded(dice.below(2 ** 31)));
      closing.push(() => line.close());
      const house = new PairHouse({
        side, base: base[side], data: join(ground.folder, side), port, line, log: join(folder, `round-${seed}-${side}.log`),
        first: [...first, ...(needs.breaksServer === undefined ? [] : [needs.breaksServer])], token: () => `${side}-${seed}-${++spoken}`,
        hasFiles: needs.themes?.includes('files') ?? true,
      });
      // A server that could not start again has left it behind.
      closing.push(() => signal(house.postgres.pid, 'SIGKILL'), () => house.server.stop());
      house.server.start();
      houses.push(house);
    }
    await Promise.all(houses.map(({ server }) => server.up()));
    const [ehime, hiroshima] = houses as [PairHouse, PairHouse];
    await meetAndShare(ehime, hiroshima);
    say(`round ${seed}: ${needs.faults} faults, two houses`);

    const [stopped, over] = [new AbortController(), new AbortController()];
    let hurries = false;
    const tellers = houses.flatMap((house) => house.base.people.map((who) => new Teller(house, who, seeded(dice.below(2 ** 31)), over.signal)));
    const work = tellers.map((teller) => teller.goOn(stopped.signal, () => hurries));
    const answered = (): number => houses.reduce((sum, { deeds }) => sum + Object.values(deeds).reduce((n, m) => n + m, 0), 0);
    const scene: PairScene = {
      dice, houses: [ehime, hiroshima], ground,
      hurry: (on) => { hurries = on; },
      async flows(answers, ms) {
        const goal = answered() + answers;
        await until(() => answered() >= goal, 'answers to come', ms).catch(() => undefined);
      },
    };
    const done = await misfortune(pairMishaps, needs, scene).finally(() => stopped.abort());
    ground.clear();
    for (const { line } of houses) line.mend();
    await Promise.all(houses.map(({ server }) => server.up()));
    const findings = new Findings();
    const gaveUp = setTimeout(() => over.abort(), needs.calmWithin);
    for (const one of await Promise.allSettled(work)) {
      if (one.status === 'fulfilled') continue;
      if (!(one.reason instanceof RoundOver)) throw one.reason;
      findings.add('disagreeing', one.reason.message);
    }
    clearTimeout(gaveUp);
    findings.take(await judge(scene, needs.calmWithin, folder));
    for (const word of findings.words) say(`  ${word}`);
    const deeds: Record<string, number> = {};
    for (const house of houses) for (const [deed, n] of Object.entries(house.deeds)) deeds[deed] = (deeds[deed] ?? 0) + n;
    const files = houses.flatMap(({ said }) => said.flatMap((one) => one.files)).filter(({ isIn }) => isIn).length;
    return { ...findings.outcome(needs.faults, answered()), ...done, deeds: { ...deeds, ...(files > 0 ? { files } : {}) }, words: findings.words };
  } finally {
    await close();
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, broken);
  }
}

/** What is on its way comes, and both are read. What does not come counts as lost, and what does not come to rest as disagreeing. */
async function judge({ houses }: PairScene, calmWithin: number, folder: string): Promise<Findings> {
  let findings = new Findings();
  let came: readonly number[] = [];
  const isWell = async (): Promise<boolean> => {
    findings = new Findings();
    const [one, other] = await Promise.all(houses.map(async (house): Promise<Account> => ({ side: house.side, org: house.base.org, said: house.said, kept: house.kept, told: await read(house), onDisk: onDisk(house.data) }))) as [Account, Account];
    checkPair(one, other, findings);
    came = [one, other].map(({ told }) => told.stood.filter(({ isTheirs, now }) => isTheirs && !now?.withdrawn).length);
    return findings.words.length === 0;
  };
  await until(async () => (await isWell()) || pause(500, false), 'both to have the same', calmWithin).catch(() => undefined);
  for (const [i, house] of houses.entries()) await proves(house, { least: came[i]!, blackedOut: houses[1 - i]!.said.filter(({ isRedacted }) => isRedacted).reduce((sum, { versions }) => sum + versions.length + 1, 0) }, folder, findings);
  return findings;
}

/** The bytes that lie on the disk of a house under a hash, by what they are. */
function onDisk(data: string): Account['onDisk'] {
  const known = new Map<string, string>();
  return (sha256) => {
    const is = known.get(sha256);
    if (is !== undefined) return is;
    const [file] = globSync(`files/**/${sha256}`, { cwd: data });
    if (file === undefined) return undefined;
    const found = createHash('sha256').update(readFileSync(join(data, file))).digest('hex');
    known.set(sha256, found);
    return found;
  };
}
