import { each, fresh, type OurHouse } from './our-house.ts';
import { cpuOf, quantile, sleep } from './processes.ts';
import type { Result } from './talk.ts';

/**
 * What headquarters asks every ten seconds while somebody looks at the situation board: when each municipality was last heard,
 * and what waits for its people. Three groups of towns, so many people at desks, so many messages of the disaster in each talk.
 */
export async function contact(house: OurHouse, { people, messages, asked }: { people: number; messages: number; asked: number }): Promise<Result> {
  const { admin, deed } = house;
  const { org: prefecture, person } = (await house.ask('account.me', {}, { cookie: admin })).body as { org: string; person: string };
  const towns = Array.from({ length: 20 }, (_, i) => ({ id: fresh(), name: `第${i + 1}市` }));
  for (const [i, { id, name }] of towns.entries()) await deed('directory.addOrganization', { id, name, kana: 'だいし', romaji: `City ${i + 1}`, short: `${i + 1}`, kind: 'city' }, admin);
  for (let from = 0; from < people; from += 250) {
    await deed('directory.import', {
      add: Array.from({ length: Math.min(250, people - from) }, (_, i) => ({
        id: fresh(), org: towns[(from + i) % towns.length]!.id, role: 'member', name: `職員 ${from + i}`, kana: 'しょくいん', phones: [],
        post: { id: fresh(), title: `係 ${from + i}`, duty: 'disaster', rank: 50 },
      })), amend: [],
    }, admin);
  }
  const desk = fresh();
  await deed('directory.addPost', { id: desk, org: prefecture, title: '防災局', duty: 'headquarters', rank: 10 }, admin);
  await deed('directory.handOver', { post: desk, to: person }, admin);
  const groups = await each([0, 1, 2], 1, async (g) => {
    const id = fresh();
    await deed('talk.openRoom', { id, kind: 'group', name: `グループ${'ABC'[g]}`, short: 'ABC'[g]!, orgs: [prefecture, ...towns.filter((_, i) => i % 3 === g).map((town) => town.id)], people: [] }, admin);
    return id;
  });
  const incident = fresh();
  await deed('incident.open', { id: incident, name: '測る豪雨', kind: 'flood', drill: false, affected: towns.slice(0, 3).map(({ id }) => id) }, admin);
  // Posts take their seats by the clock.
  await sleep(5_000);
  for (const room of groups) for (let i = 0; i < messages; i++) {
    for (;;) {
      const { status, after } = await house.ask('talk.say', { id: fresh(), input: { room, incident, text: `第${i}の報せ`, ...(i % 50 === 0 ? { urgency: 'urgent' } : {}) } }, { cookie: admin });
      if (status === 200) break;
      if (after === undefined) throw new Error(`talk.say was answered ${status}`);
      await sleep(after * 1_000);
    }
  }
  const times: number[] = [];
  const bytes: number[] = [];
  let told = 0;
  const ask = async (): Promise<void> => {
    const answer = await house.ask('situation.contact', { incident }, { cookie: admin });
    if (answer.status !== 200) throw new Error(`situation.contact was answered ${answer.status}`);
    told = (answer.body as { towns: { people: number }[] }).towns.reduce((sum, town) => sum + town.people, 0);
    times.push(answer.lasted);
    bytes.push(answer.bytes);
  };
  for (let i = 0; i < 10; i++) await ask();
  times.length = 0;
  const before = cpuOf(house.measured);
  for (let i = 0; i < asked; i++) {
    await ask();
    await sleep(250);
  }
  const cpu = cpuOf(house.measured).map((now, i) => now - before[i]!);
  return { people: told, messages: messages * groups.length, asked, ms: [quantile(times, 0.5), quantile(times, 0.95), quantile(times, 0.99)], bytes: bytes.at(-1)!, srvCpuMs: cpu.map(Math.round), cpuMsPerQuestion: cpu.map((one) => Math.round((one * 10) / asked) / 10) };
}
