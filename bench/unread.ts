import { each, type Answer, type OurHouse } from './our-house.ts';
import { cpuOf, quantile, sleep } from './processes.ts';
import { text, type Result } from './talk.ts';
import { ThinLine } from './thin-line.ts';

/**
 * Who has not read a message, asked over HTTP in a room of so many members, some of whom have read it.
 * @param readers people who are on the line and read; the others were never there
 */
export async function unread(house: OurHouse, { members, readers, asked }: { members: number; readers: number; asked: number }): Promise<Result> {
  const people = house.people.slice(0, readers);
  const silent = await house.add(members - people.length);
  const room = await house.room([...people.map((p) => p.id), ...silent], people[0]!);
  const lines = await each(people, 20, async ({ cookie }) => {
    const line = await ThinLine.open({ port: house.port, cookie });
    await line.greet();
    return line;
  });
  const no = lines[0]!.streams.get(room.key)!;
  const answered = Promise.withResolvers<void>();
  lines[0]!.heard = { answer: () => answered.resolve() };
  const message = lines[0]!.command('talk.say', { room: room.id, text });
  await answered.promise;
  await sleep(1_000);
  for (const line of lines.slice(0, readers / 2)) line.read(no, [[1, line.held.get(no)!]]);
  await sleep(1_000);
  const times: number[] = [];
  let last: Answer | undefined;
  // Nobody asks more than five questions a second for long. What an answer says is read once, at the end: the driver's own
  // reading and clearing away would be measured with the questions that follow.
  const ask = async (i: number): Promise<void> => {
    last = await house.ask('talk.unread', { room: room.id, message }, { cookie: people[i % people.length]!.cookie });
    times.push(last.lasted);
    if (last.status !== 200) throw new Error(`talk.unread was answered ${last.status}`);
  };
  for (let i = 0; i < 20; i++) await ask(i);
  times.length = 0;
  const before = cpuOf(house.measured);
  for (let i = 0; i < asked; i++) await ask(i);
  const cpu = cpuOf(house.measured).map((now, i) => now - before[i]!);
  for (const line of lines) line.drop();
  return { members, unread: (last!.body as { people: unknown[] }).people.length, asked, ms: [quantile(times, 0.5), quantile(times, 0.95), quantile(times, 0.99)], bytes: last!.bytes, srvCpuMs: cpu.map(Math.round), cpuUsPerQuestion: cpu.map((one) => Math.round((one * 1e3) / asked)) };
}
