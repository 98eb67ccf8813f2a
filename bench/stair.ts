// What one message costs on this machine: node bench/stair.ts
// Two hundred people in one room, in one process: the upper end of the stair with a real PostgreSQL, lines that only count.
// Each line printed is one result as JSON; durations are in milliseconds, processor time in microseconds.
import { addOrganization, addPerson } from '@noroshi/features/directory';
import { openRoom, say } from '@noroshi/features/talk';
import { connect, eraseEmbedded, migrate, openEmbedded } from '@noroshi/foundations/database';
import { newId, systemActor, type Actor, type Id } from '@noroshi/foundations/kernel';
import { digest, down, pack, roomStream, unpack, up, wireVersion, type Deed, type Frame } from '@noroshi/foundations/sync';
import { Stair } from '@noroshi/foundations/sync/server';
import { migrations } from '@noroshi/server/migrations';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { house } from '../apps/house.ts';

const people = 200;
/** 37 characters. */
const text = '野村町で堤防が切れました。避難所に職員を十二人、至急お願いしたいです。以上';
const fresh = (): Id => newId(Date.now(), randomBytes(10));
const tell = (result: Record<string, unknown>): void => console.log(JSON.stringify(result));
const round = (n: number): number => Math.round(n * 100) / 100;

const folder = mkdtempSync(join(tmpdir(), 'noroshi-bench-'));
const embedded = await openEmbedded({ folder });
const { pool, close } = connect(embedded.url);
await migrate(pool, migrations);
const plenty = { burst: 1e9, perSecond: 1e9 };
const stair = await Stair.open({ pool, house, now: Date.now, answers: new Map(), limits: { commands: plenty, fetches: plenty } });

const does = async (who: Actor, deed: Deed<any, any>, input: unknown): Promise<void> => {
  const answer = await stair.submit(who, { id: fresh(), name: deed.deed, input });
  if (!answer.ok) throw new Error(`${deed.deed}: ${answer.code}`);
};
const org = fresh();
await does(systemActor, addOrganization, { id: org, code: '382141', name: '西予市', kana: 'せいよし', romaji: 'Seiyo', short: '西予', kind: 'city' });
const actors: Actor[] = [];
for (let i = 0; i < people; i++) {
  const person = fresh();
  await does(systemActor, addPerson, { id: person, org, role: 'member', name: `職員 ${i}`, kana: 'しょくいん', phones: [] });
  actors.push({ person, org, role: 'member' });
}
const room = fresh();
await does(systemActor, openRoom, { id: room, kind: 'group', name: 'グループC', short: 'C', orgs: [], people: actors.map((a) => a.person) });

interface Counting { readonly hear: (bytes: Uint8Array) => Promise<void>; readonly gone: () => void; bytes: number; events: number; frames: Frame[] }
const count = (actor: Actor, keep = false): Counting => {
  const one: Counting = {
    bytes: 0, events: 0, frames: [],
    ...stair.open({
      session: fresh(), actor: () => actor,
      carrier: {
        send: (bytes) => {
          one.bytes += bytes.length;
          one.events += 1;
          if (keep) one.frames.push(...unpack(bytes)!);
        },
        close: () => undefined, unsent: 0,
      },
    }),
  };
  return one;
};
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
const lines = actors.map((actor) => count(actor));
for (const line of lines) await line.hear(pack([up.hello, wireVersion, new Uint8Array(16)]));
await turn();

/** Says `n` things, `together` at once, by people in turn. */
async function saying(n: number, together: number): Promise<void> {
  for (const line of lines) line.bytes = line.events = 0;
  const waits: number[] = [];
  const cpu = process.cpuUsage();
  const since = performance.now();
  for (let at = 0; at < n; at += together) {
    await Promise.all(Array.from({ length: Math.min(together, n - at) }, async (_, i) => {
      const begun = performance.now();
      await does(actors[(at + i) % people]!, say, { room, text });
      waits.push(performance.now() - begun);
    }));
  }
  const ms = performance.now() - since;
  const { user, system } = process.cpuUsage(cpu);
  await turn();
  waits.sort((a, b) => a - b);
  const deliveries = n * people;
  tell({
    what: `${n} messages, ${together} at once, to ${people} lines`, messagesPerSecond: Math.round(n / (ms / 1000)), deliveriesPerSecond: Math.round(deliveries / (ms / 1000)),
    cpuMicrosecondsPerMessage: round((user + system) / n), cpuMicrosecondsPerDelivery: round((user + system) / deliveries),
    answeredMedianMs: round(waits[waits.length >> 1]!), answered99Ms: round(waits[Math.floor(waits.length * 0.99)]!), writesPerLine: lines[0]!.events,
    bytesPerMessageOnALine: round(lines[0]!.bytes / n),
  });
}

await saying(500, 50);
await saying(300, 1);
await saying(4_000, 50);
await saying(10_000, 250);

// One message by itself, as it goes down each line.
lines[5]!.bytes = 0;
await does(actors[1]!, say, { room, text });
await turn();
tell({ what: `one message of ${[...text].length} characters (${Buffer.byteLength(text)} bytes of UTF-8), live`, bytes: lines[5]!.bytes });

// Coming back with nothing missed.
const w = stair.memory.streams.get('w')!;
const r = stair.memory.streams.get(roomStream(room))!;
const history = Buffer.from(stair.memory.history.replaceAll('-', ''), 'hex');
const hello = pack([up.hello, wireVersion, digest(history, [[w.no, w.head, 0], [r.no, r.head, 0]])]);
const back = count(actors[7]!, true);
await back.hear(hello);
await turn();
if (back.frames.length !== 1 || back.frames[0]![3] !== 1) throw new Error('the digest did not match');
tell({ what: 'coming back with nothing missed', bytesUp: hello.length, bytesDown: back.bytes });
back.gone();

// All come back at once, each having missed a hundred messages.
const missed = 100;
const cpu = process.cpuUsage();
const since = performance.now();
let bytes = 0;
await Promise.all(actors.map(async (actor) => {
  const one = count(actor, true);
  await one.hear(pack([up.hello, wireVersion, new Uint8Array(16)]));
  await one.hear(pack([up.fetch, r.no, r.head - missed]));
  await turn();
  if (one.frames.at(-1)![0] !== down.batch) throw new Error('no batch came');
  bytes = one.bytes;
  one.gone();
}));
const { user, system } = process.cpuUsage(cpu);
tell({ what: `${people} lines come back at once, each ${missed} messages behind`, ms: round(performance.now() - since), cpuMicrosecondsEach: round((user + system) / people), bytesEach: bytes });

// A new device.
const fresher = count(actors[9]!, true);
await fresher.hear(pack([up.hello, wireVersion, new Uint8Array(16)]));
const started = performance.now();
await fresher.hear(pack([up.fetch, r.no, 0]));
await turn();
tell({ what: 'a new device opens the room (50 messages, 200 members)', ms: round(performance.now() - started), bytes: fresher.bytes });

// Everyone reads the last message.
stair.marks.read(r.no, actors[0]!.person, [[r.head, r.head]]);
await stair.marks.flush();
for (const line of lines) {
  await line.hear(pack([up.open, r.no]));
  line.bytes = line.events = 0;
}
const reading = process.cpuUsage();
for (const line of lines) await line.hear(pack([up.read, r.no, [[r.head - 3, r.head]]]));
const flushed = performance.now();
await stair.marks.flush();
const writing = performance.now() - flushed;
await turn();
const used = process.cpuUsage(reading);
tell({ what: `${people} members read, all with the room open`, writeMs: round(writing), cpuMicrosecondsEach: round((used.user + used.system) / people), bytesOnALine: lines[3]!.bytes });

await stair.close();
await close();
await embedded.stop();
await eraseEmbedded(folder);
