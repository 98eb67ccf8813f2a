import { request } from 'node:http';
import { each, fresh, type OurHouse } from './our-house.ts';
import { cpuOf, memoryOf, quantile, sleep } from './processes.ts';
import { saying } from './sayings.ts';
import type { Result } from './talk.ts';
import { seeded } from '@noroshi/foundations/testing';

/**
 * Takes the whole record out, as the screen does: asked for by a deed, fetched as a file, with a look each second at how far it
 * is. Meanwhile somebody talks. The events are said one by one, by all people in turn.
 */
export async function takeOut(house: OurHouse, { events }: { events: number }): Promise<Result> {
  const dice = seeded(11);
  const { people, admin } = house;
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
    export: 'all', events: size, seconds: Math.round(seconds * 10) / 10, zipMB: Math.round(bytes / 1e5) / 10, memoryMB: [Math.round(stood / 1_000), Math.round(most / 1_000)], srvCpuMs: cpu,
    besideIt: beside.length, saidMeanwhile: [quantile(beside, 0.5), quantile(beside, 0.95), quantile(beside, 0.99)], progress,
  };
}
