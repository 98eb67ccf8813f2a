import { request } from 'node:http';
import { each, fresh, type OurHouse } from './our-house.ts';
import { cpuOf, memoryOf, quantile, sleep } from './processes.ts';
import { saying } from './sayings.ts';
import type { Result } from './talk.ts';
import { seeded } from '@noroshi/foundations/testing';

/**
 * Takes the whole record out, as the screen does: asked for by a deed, fetched as a file, with a look each second at how far it
 * is. Meanwhile somebody talks. The events are said one by one, by all people in turn; of a disaster there is a chronology of so
 * many lines, which goes along on paper and as a table.
 */
export async function takeOut(house: OurHouse, { events, lines }: { events: number; lines: number }): Promise<Result> {
  const dice = seeded(11);
  const { people, admin } = house;
  if (lines > 0) await chronicle(house, lines, () => saying(dice));
  const room = await house.room(people.map(({ id }) => id), people[0]!);
  await house.deed('talk.addPeople', { room: room.id, people: [(await house.ask('account.me', {}, { cookie: admin })).body.person], history: true }, people[0]!.cookie);
  const say = async (cookie: string): Promise<number> => {
    for (;;) {
      const { status, after, lasted } = await house.ask('talk.say', { id: fresh(), input: { room: room.id, text: saying(dice) } }, { cookie });
      if (status === 200) return lasted;
      if (after === undefined) throw new Error(`talk.say was answered ${status}`);
      await sleep(after * 1_000);
    }
  };
  await each(Array.from({ length: events }), 16, (_, i) => say(people[i % people.length]!.cookie));
  // What was said last has its place in the log.
  await sleep(3_000);
  const id = fresh();
  const asked = await house.ask('record.export', { id, input: {} }, { cookie: admin });
  if (asked.status !== 200) throw new Error(`record.export was answered ${asked.status}`);
  const [before, began] = [cpuOf(house.measured), performance.now()];
  const stood = memoryOf(house.pid);
  let [most, bytes, over, size] = [stood, 0, false, 0];
  const progress: string[] = [];
  const beside: number[] = [];
  const get = (path: string, take: (piece: Buffer) => void): Promise<void> => new Promise((done, failed) => {
    request({ host: '127.0.0.1', port: house.port, path, headers: { cookie: admin } }, (reply) => {
      if (reply.statusCode !== 200) failed(new Error(`${path} was answered ${reply.statusCode}`));
      reply.on('data', take).on('end', done).on('error', failed);
    }).on('error', failed).end();
  });
  const look = async (): Promise<void> => {
    let text = '';
    await get(`/documents/record/${id}.json`, (piece) => { text += String(piece); });
    const now = JSON.parse(text) as { state: string; part?: string; of?: number };
    if (['events', 'log', 'table'].includes(now.part ?? '')) size = Math.max(size, now.of!);
    const says = now.part ?? now.state;
    if (progress.at(-1) !== says) progress.push(says);
  };
  const watch = (async () => {
    while (!over) {
      most = Math.max(most, memoryOf(house.pid));
      beside.push(await say(people[beside.length % people.length]!.cookie));
      await look();
      await sleep(100);
    }
  })();
  await get(`/documents/record/${id}.zip`, (piece) => { bytes += piece.length; });
  const seconds = (performance.now() - began) / 1_000;
  over = true;
  await watch;
  await look();
  const cpu = cpuOf(house.measured).map((now, i) => Math.round(now - before[i]!));
  return {
    export: 'all', events: size, lines, seconds: Math.round(seconds * 10) / 10, zipMB: Math.round(bytes / 1e5) / 10, memoryMB: [Math.round(stood / 1_000), Math.round(most / 1_000)], srvCpuMs: cpu,
    besideIt: beside.length, saidMeanwhile: [quantile(beside, 0.5), quantile(beside, 0.95), quantile(beside, 0.99)], progress,
  };
}

/** Headquarters writes so many lines of a flood. */
async function chronicle({ ask, deed, admin }: OurHouse, lines: number, says: () => string): Promise<void> {
  const [town, incident] = [fresh(), fresh()];
  const { org, person } = (await ask('account.me', {}, { cookie: admin })).body as { org: string; person: string };
  await deed('directory.addOrganization', { id: town, name: '大洲市', kana: 'おおずし', romaji: 'Ozu', short: '大洲', kind: 'city' }, admin);
  const desk = fresh();
  await deed('directory.addPost', { id: desk, org, title: '防災局', duty: 'headquarters', rank: 10 }, admin);
  await deed('directory.handOver', { post: desk, to: person }, admin);
  await deed('talk.openRoom', { id: fresh(), kind: 'group', name: 'グループA', short: 'A', orgs: [org, town], people: [] }, admin);
  await deed('incident.open', { id: incident, name: '測る豪雨', kind: 'flood', drill: false, affected: [town] }, admin);
  await each(Array.from({ length: lines }), 4, async () => {
    const input = { incident, kind: 'report', on: Date.now(), content: says().slice(0, 2_000), from: '大洲市', to: '県', channel: 'phone', town };
    for (;;) {
      const { status, after } = await ask('chronology.enter', { id: fresh(), input }, { cookie: admin });
      if (status === 200) return;
      if (after === undefined) throw new Error(`chronology.enter was answered ${status}`);
      await sleep(after * 1_000);
    }
  });
}
