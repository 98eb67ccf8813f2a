// npm run test:faults -- --faults N --seed S: clients, server and PostgreSQL as separate processes, and misfortune.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrations } from '@noroshi/server/migrations';
import { houseEdition } from './house-edition.ts';
import { isWell } from './outcome.ts';
import { Progress } from './progress.ts';
import { sabotages, type Sabotage } from './sabotage/sabotages.ts';

const { values } = parseArgs({
  options: {
    /** How many, over all rounds of this seed. */
    faults: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    /** How many in one round: after each the whole history is read. */
    'per-round': { type: 'string', default: '20' },
    /** Only these kinds, separated by commas. */
    kinds: { type: 'string' },
    /** People do only what is of these themes, separated by commas: the fewer, the more of it. With `--pair` there are words and files. */
    themes: { type: 'string' },
    /** Deeds that have to be acknowledged in each round, separated by commas, each with `=` and how often where once is not enough: people go on until they are. */
    least: { type: 'string' },
    /** How many servers the house has. */
    servers: { type: 'string', default: '1' },
    /** Two houses that share a room, in place of one with its devices. */
    pair: { type: 'boolean', default: false },
    /** Breaks the house on purpose, to see that it is noticed. */
    sabotage: { type: 'string' },
    /** Forgets the rounds of this seed that are finished. */
    anew: { type: 'boolean', default: false },
    /** Where finished rounds are written down. */
    state: { type: 'string', default: join(import.meta.dirname, '../../data/faults') },
    /** Where the house lies with which each round begins; made where there is none. */
    house: { type: 'string', default: join(tmpdir(), `noroshi-faults-house-${migrations.at(-1)!.name}-${houseEdition}`) },
  },
});

const wanted = whole(values.faults, 'faults');
const seed = whole(values.seed, 'seed');
const servers = whole(values.servers, 'servers');
const perRound = whole(values['per-round'], 'per-round');
const name = values.sabotage as Sabotage | undefined;
if (name !== undefined && !(name in sabotages)) fail(`There is no sabotage "${name}": ${Object.keys(sabotages).join(', ')}.`);
const sabotage = name && sabotages[name];
if (name === 'pair' && !values.pair) fail('--sabotage pair breaks what two houses say to each other: it needs --pair.');
// The devices live in this process: what breaks them is loaded before them.
if (sabotage && sabotage.breaks !== 'server') await import(sabotage.module);
const round = values.pair ? (await import('./pair/pair-round.ts')).pairRound : (await import('./round.ts')).round;

mkdirSync(values.house, { recursive: true, mode: 0o711 });
const progress = new Progress(join(values.state, `seed-${seed}${values.pair ? '-pair' : ''}${servers > 1 ? `-${servers}` : ''}${name ? `-${name}` : ''}.jsonl`), values.anew || name !== undefined);
let skipped: Readonly<Record<string, string>> = {};
while (progress.total.faults < wanted) {
  const n = progress.lines.length + 1;
  const result = await round({
    seed: seed * 10_000 + n,
    faults: Math.min(perRound, wanted - progress.total.faults),
    kinds: values.kinds?.split(','),
    themes: values.themes?.split(','),
    least: values.least?.split(',').map((one) => { const [deed = '', times = '1'] = one.split('='); return [deed, whole(times, 'least')] as const; }),
    servers,
    houseFolder: values.house,
    // What is broken on purpose need not come to rest.
    calmWithin: values.pair && sabotage ? 6_000 : sabotage ? 20_000 : 150_000,
    breaksServer: sabotage && sabotage.breaks !== 'device' ? sabotage.module : undefined,
    say: (line) => console.log(line),
  });
  skipped = result.skipped;
  progress.add({ ...result, round: n, seed });
}
for (const [kind, why] of Object.entries(skipped)) console.log(`not injected here: ${kind}, ${why}`);
console.log(JSON.stringify({ kinds: progress.sums('kinds'), deeds: progress.sums('deeds') }));
console.log(JSON.stringify({ ...progress.total, seed }));
process.exit(isWell(progress.total) ? 0 : 1);

function whole(text: string, option: string): number {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : fail(`--${option} is "${text}": it must be a whole number above 0.`);
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
