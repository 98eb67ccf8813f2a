// What the house does, and beside its best peer: npm run bench -- NAME [key=value …] [--peer [PATH]]
// Each line printed is one result as JSON. What the names mean, and how it is measured: README.md.
import { join, resolve } from 'node:path';
import { contact } from './contact.ts';
import { idle } from './idle.ts';
import { openOurHouse, type OurHouse } from './our-house.ts';
import { overload } from './overload.ts';
import { openPeer, type Peer } from './peer.ts';
import { ratios } from './ratios.ts';
import { search } from './search.ts';
import { signin } from './signin.ts';
import { takeOut } from './take-out.ts';
import { talk, warmUp, type Result, type Work } from './talk.ts';
import { unread } from './unread.ts';
import { whoCanCome } from './who-can-come.ts';
import { wire } from './wire.ts';

type Given = ReadonlyMap<string, string>;
const number = (given: Given, key: string, standard: number): number => Number(given.get(key) ?? standard);

/** One bench: how many people it needs, what it does with our house, and what it asks of the peer's driver. */
interface Bench {
  readonly people: (given: Given) => number;
  readonly ours: (house: OurHouse, given: Given) => Promise<Result[]>;
  readonly peers?: (peer: Peer, given: Given) => Promise<Result[]>;
  /** Counts only right after a start. */
  readonly anew?: true;
  /** Ours is let run for a while first. */
  readonly warm?: true;
}

/** A workload of talk, with what it is unless somebody says otherwise. */
function workload(standard: Record<string, string>): Bench {
  const withAll = (given: Given): Given => new Map([...Object.entries(standard), ...given]);
  return {
    warm: true,
    people: (given) => number(withAll(given), 'n', 200),
    ours(house, some) {
      const given = withAll(some);
      const work: Work = {
        n: number(given, 'n', 200), rooms: number(given, 'rooms', 1), m: number(given, 'm', 200), mode: given.get('mode') === 'closed' ? 'closed' : 'open',
        rate: number(given, 'rate', 50), w: number(given, 'w', 16), mark: given.get('mark') === '1',
        missed: given.get('reconn') === '1' ? number(given, 'k', 50) : 0, patience: number(given, 'to', 60_000),
      };
      return talk(house, work);
    },
    peers: (peer, given) => peer.drive('xmpp.mjs', [...[...withAll(given)].map((pair) => pair.join('=')), `pids=${peer.pids.join(',')}`]),
  };
}

const benches: Readonly<Record<string, Bench>> = {
  steady: workload({ n: '200', m: '300', rate: '100' }),
  saturated: workload({ n: '200', m: '500', mode: 'closed', w: '16' }),
  rooms: workload({ n: '200', rooms: '10', m: '100', mode: 'closed', w: '4' }),
  read: workload({ n: '200', m: '5', rate: '0.5', mark: '1' }),
  storm: workload({ n: '1000', m: '20', rate: '3', reconn: '1', k: '50' }),
  idle: {
    people: (given) => number(given, 'n', 2_000),
    ours: async (house, given) => [await idle(house, number(given, 'n', 2_000))],
    peers: (peer, given) => peer.drive('idle.mjs', [String(number(given, 'n', 2_000)), String(peer.pids[0])]),
    anew: true,
  },
  wire: { people: () => 6, ours: (house, given) => wire(house, { rooms: number(given, 'rooms', 20), missed: number(given, 'k', 50) }) },
  signin: {
    people: (given) => number(given, 'n', 200),
    ours: (house, given) => signin(house, {
      comers: number(given, 'comers', 64), room: number(given, 'n', 200), rate: number(given, 'rate', 30), seconds: number(given, 'seconds', 10), resumes: number(given, 'resumes', 3_000),
    }),
  },
  unread: {
    people: () => 200,
    ours: async (house, given) => [
      await unread(house, { members: 1_000, readers: 200, asked: number(given, 'asked', 500) }),
      await unread(house, { members: 5_000, readers: 200, asked: number(given, 'asked', 500) }),
    ],
  },
  contact: {
    people: () => 1,
    ours: async (house, given) => [await contact(house, { people: number(given, 'n', 1_000), messages: number(given, 'm', 1_000), asked: number(given, 'asked', 100) })],
  },
  survey: {
    people: () => 1,
    ours: (house, given) => whoCanCome(house, { towns: number(given, 'towns', 20), people: number(given, 'n', 48), lines: number(given, 'lines', 5), rate: number(given, 'rate', 20) }),
  },
  search: {
    people: () => 1,
    ours: (house, given) => search(house, { messages: number(given, 'm', 1_000_000), people: number(given, 'n', 1_000), rounds: number(given, 'asks', 3) }),
  },
  export: {
    people: (given) => number(given, 'n', 200),
    ours: async (house, given) => [await takeOut(house, { events: number(given, 'm', 100_000), lines: number(given, 'lines', 3_000) })],
  },
  overload: {
    people: (given) => number(given, 'n', 200),
    ours: async (house, given) => [await overload(house, { n: number(given, 'n', 200), m: number(given, 'm', 100), patience: 120_000 })],
  },
};

async function withOurs<T>(people: number, flags: readonly string[], work: (house: OurHouse) => Promise<T>): Promise<T> {
  const house = await openOurHouse(people, flags);
  try {
    if (bench!.warm) await warmUp(house, people);
    return await work(house);
  } finally {
    await house.close();
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

const [name = '', ...rest] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  console.error(`npm run bench -- NAME [key=value …] [--peer [PATH]]; NAME is one of ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
const given: Given = new Map(rest.filter((one) => one.includes('=')).map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
const peerAt = rest.indexOf('--peer');
const tell = (result: Result): void => console.log(JSON.stringify(result));

const flags = (given.get('node') ?? '').split(' ').filter(Boolean);
const asked = new Map([...given].filter(([key]) => !['node', 'rounds'].includes(key)));
if (peerAt < 0) {
  await withOurs(bench.people(asked), flags, async (house) => {
    for (let round = number(given, 'rounds', 1); round > 0; round--) for (const result of await bench.ours(house, asked)) tell(result);
  });
} else {
  const { peers } = bench;
  if (!peers) throw new Error(`${name} asks what no peer can`);
  const path = rest[peerAt + 1];
  const from = resolve(process.env['INIT_CWD'] ?? '.', path && !path.includes('=') ? path : join(import.meta.dirname, '../../shared/peers'));
  const seen: { ours: Result[][]; peers: Result[][] } = { ours: [], peers: [] };
  await withOurs(bench.people(asked), flags, async (house) => {
    let peer = openPeer(from);
    const turn = { A: async () => seen.ours.push(await bench.ours(house, asked)), B: async () => {
      if (bench.anew && seen.peers.length > 0) {
        peer.stop();
        peer = openPeer(from);
      }
      seen.peers.push(await peers(peer, asked));
    } };
    try {
      for (let round = number(given, 'rounds', 1); round > 0; round--) {
        for (const who of ['A', 'B', 'B', 'A'] as const) {
          await turn[who]();
          for (const result of (who === 'A' ? seen.ours : seen.peers).at(-1)!) tell(result);
        }
      }
    } finally {
      peer.stop();
    }
  });
  for (const result of ratios(name, seen.ours, seen.peers)) tell(result);
}
