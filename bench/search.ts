import { connect, reachEmbedded } from '@noroshi/foundations/database';
import { newId, type Id } from '@noroshi/foundations/kernel';
import { seeded } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { fold, terms } from '../features/search/fold.ts';
import { index, type Entry } from '../features/search/server/search.store.ts';
import { each, type OurHouse, type Person } from './our-house.ts';
import { cpuOf, quantile, sleep } from './processes.ts';
import { saying } from './sayings.ts';
import type { Result } from './talk.ts';

/** What is looked for, by its kind: as people type it. */
const looks: Readonly<Record<string, readonly string[]>> = {
  'one character': ['水', '要', 'の', '棟', 'ひ', '鬱'],
  'two characters': ['要請', '断水', '避難', '西予', '7月', 'ok'],
  common: ['避難所運営', '土砂崩れ', '要請します', 'ブルーシート', '災害対策本部'],
  rare: ['透析患者', 'ため池の堤体', '橋脚', '有線放送', '089-1234'],
  several: ['野村町 小学校', '西予市 要請 給水活動', '土砂崩れ 久万高原町', '床上浸水 毛布', '髙岡 到着', '要請 透析'],
  nowhere: ['火星', 'ありえない語', '透析 火星', '鬼北町 潜水艦'],
};
const someDays = 4 * 86_400_000;

/** The people of one house who ask, by what they may see. */
interface Askers { readonly sees: string; readonly people: readonly Person[]; readonly rooms: readonly Id[] }

/**
 * Searches over so many messages in 25 talks of 1,000 people: by some who see all of them and some who see two, over all kinds
 * of words, with and without a talk, a person and days; over the route by which the screen asks. The messages are put into the
 * index by the product's own code, its indexes are made over them once they are there.
 */
export async function search(house: OurHouse, { messages, people, rounds }: { messages: number; people: number; rounds: number }): Promise<Result[]> {
  const dice = seeded(20180706);
  const ids = await house.add(people);
  const [all, two] = [await house.letIn(20), await house.letIn(20)];
  const rooms = await each(Array.from({ length: 25 }, (_, i) => i), 1, async (i) => {
    const others = ids.filter(() => dice.chance(0.05 + 0.3 * dice.next() * dice.next()));
    return house.room([...all, ...(i === 3 || i === 17 ? two : [])].map(({ id }) => id).concat(others), house.people[0]!);
  });
  const database = connect((await reachEmbedded(house.postgres))!);
  let filled: Filled;
  try {
    const { rows: streams } = await database.pool.query<{ no: number; key: string; head: number }>('select no, key, head from stream where key = any($1::text[])', [rooms.map(({ key }) => key)]);
    filled = await fill(database.pool, streams, [...all, ...two].map(({ id }) => id).concat(ids), messages);
  } finally {
    // Its connections are PostgreSQL's processes too: they are gone before anything is measured.
    await database.close();
  }
  const askers: Askers[] = [
    { sees: 'all', people: all, rooms: rooms.map(({ id }) => id) },
    { sees: 'two', people: two, rooms: [rooms[3]!.id, rooms[17]!.id] },
  ];
  return [filled.result, ...(await askAll(house, askers, filled, rounds))];
}

interface Filled { readonly result: Result; readonly end: number; readonly authors: readonly Id[]; readonly texts: readonly { room: string; by: Id; at: number; folded: string }[] }

/** So many are few enough to be compared one by one with what is answered. */
const compared = 20_000;

async function fill(db: pg.Pool, streams: readonly { no: number; key: string; head: number }[], authors: readonly Id[], messages: number): Promise<Filled> {
  const dice = seeded(7);
  const { rows: made } = await db.query<{ name: string; def: string }>(`select indexname as name, indexdef as def from pg_indexes where tablename = 'search_text' and indexname <> 'search_text_pkey'`);
  for (const { name } of made) await db.query(`drop index ${name}`);
  const heads = new Map(streams.map(({ no, head }) => [no, head]));
  const texts: Filled['texts'][number][] = [];
  const begin = Date.UTC(2018, 6, 6);
  const step = Math.max(1_000, Math.floor((400 * 86_400_000) / messages));
  const began = performance.now();
  for (let from = 0; from < messages; from += 5_000) {
    const pages = new Map<number, Entry[]>();
    for (let i = from; i < Math.min(messages, from + 5_000); i++) {
      // Some talks are livelier than others.
      const { no, key } = streams[Math.floor(streams.length * dice.next() * dice.next())]!;
      // Between two messages others things happen in a talk too: answers, reactions.
      const shown = heads.get(no)! + 1 + dice.below(2);
      heads.set(no, shown);
      const [words, by, at] = [saying(dice), dice.pick(authors), begin + i * step];
      const folded = fold(words).text;
      if (messages <= compared) texts.push({ room: key.slice(2), by, at, folded });
      if (!pages.has(no)) pages.set(no, []);
      pages.get(no)!.push({ shelf: 0, noun: 'message', id: newId(at, randomBytes(10)), shown, by, at, words, folded });
    }
    for (const [no, entries] of pages) await index(db, no, heads.get(no)!, entries);
  }
  const client = await db.connect();
  await client.query(`set maintenance_work_mem = '512MB'`);
  for (const { def } of made) await client.query(def);
  await client.query('vacuum analyze search_text');
  client.release();
  const { rows: [size] } = await db.query<Record<string, number>>(`
    select pg_table_size('search_text') as words, pg_relation_size('search_text_by_key') as keys, pg_indexes_size('search_text') as indexes, (select count(*) from search_stretch) as stretches from pg_class limit 1`);
  const mb = (bytes: number): number => Math.round(bytes / 1e6);
  return {
    result: { messages, seconds: Math.round((performance.now() - began) / 1_000), wordsMB: mb(size!['words']!), keysMB: mb(size!['keys']!), indexesMB: mb(size!['indexes']!), stretches: size!['stretches']! },
    end: begin + messages * step, authors, texts,
  };
}

interface Asks { readonly text: string; readonly room?: Id; readonly by?: Id; readonly from?: number; readonly until?: number }

async function askAll(house: OurHouse, askers: readonly Askers[], { end, authors, texts }: Filled, rounds: number): Promise<Result[]> {
  const dice = seeded(5);
  const times = new Map<string, number[]>();
  const took = (name: string, ms: number): void => void times.set(name, [...(times.get(name) ?? []), ms]);
  let [turn, wrong, hits] = [0, 0, 0];
  const one = async ({ people, rooms, sees }: Askers, kind: string, input: Asks, counts: boolean): Promise<void> => {
    for (;;) {
      const { cookie } = people[turn++ % people.length]!;
      const answer = await house.ask('search.find', input, { cookie });
      if (answer.after !== undefined) {
        await sleep(answer.after * 1_000);
        continue;
      }
      if (answer.status !== 200) throw new Error(`search.find was answered ${answer.status}`);
      if (!counts) return;
      took(kind, answer.lasted);
      took(`seen: ${sees}`, answer.lasted);
      took('', answer.lasted);
      const said = (answer.body as { shelves: { shelf: string; count: number; more: boolean }[] }).shelves.find(({ shelf }) => shelf === 'message') ?? { count: 0, more: false };
      hits += said.count;
      if (texts.length > 0) {
        const { text, by, room, from = 0, until = Infinity } = input;
        const all = terms(text);
        const there = texts.filter((each) => rooms.includes(each.room) && (!room || room === each.room) && (!by || by === each.by) && each.at >= from && each.at < until && all.every((term) => each.folded.includes(term))).length;
        if (said.more ? said.count > there : said.count !== there) wrong += 1;
      }
      return;
    }
  };
  const round = async (counts: boolean): Promise<void> => {
    for (const who of askers) {
      for (const [kind, words] of Object.entries(looks)) {
        for (const text of words) {
          const from = end - Math.floor(dice.next() * 300 * 86_400_000);
          await one(who, kind, { text }, counts);
          await one(who, 'in a talk', { text, room: dice.pick(who.rooms) }, counts);
          await one(who, 'of a person', { text, by: dice.pick(authors) }, counts);
          await one(who, 'of some days', { text, from, until: from + someDays }, counts);
        }
      }
    }
  };
  // The first reads from the disk what all others have at hand.
  await round(false);
  const before = cpuOf(house.measured);
  for (let i = 0; i < rounds; i++) await round(true);
  const asked = times.get('')!.length;
  const [app, tables] = cpuOf(house.measured).map((now, i) => Math.round(((now - before[i]!) / asked) * 10) / 10);
  const result = (name: string, of: readonly number[]): Result => ({ search: name, asked: of.length, ms: [quantile(of, 0.5), quantile(of, 0.95), quantile(of, 0.99)] });
  return [
    ...[...times].filter(([name]) => name !== '').map(([name, of]) => result(name, of)),
    { ...result('all of them', times.get('')!), msPerSearch: { application: app!, tables: tables! }, hits, ...(texts.length > 0 ? { wrong } : {}) },
  ];
}
