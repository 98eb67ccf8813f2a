import type { Id } from '@noroshi/foundations/kernel';
import type { MarkRow } from '@noroshi/foundations/sync';
import { each, type OurHouse, type Person } from './our-house.ts';
import { cpuOf, memoryOf, quantile, sleep } from './processes.ts';
import { keyOf, ThinLine, type Heard } from './thin-line.ts';

/** 37 characters, the same as the peer's driver says. */
export const text = '避難所三号の毛布が不足。県対策本部へ追加派遣を要請します。現在地から連絡';

/** The workload, by the names that the peer's driver gives it. */
export interface Work {
  /** People on the line, */
  readonly n: number;
  /** in so many rooms. */
  readonly rooms: number;
  /** Messages; when closed, in each room. */
  readonly m: number;
  readonly mode: 'open' | 'closed';
  /** Open: messages a second, over all rooms. */
  readonly rate: number;
  /** Closed: on the way at once, in each room. */
  readonly w: number;
  /** Everyone reads, and sees who has. */
  readonly mark: boolean;
  /** Then all drop, so many messages pass, and all come back at once. */
  readonly missed: number;
  /** Milliseconds after which it is given up. */
  readonly patience: number;
}

interface Room { readonly id: Id; readonly no: number; readonly lines: ThinLine[]; readonly people: Person[]; said: number }
interface Message { readonly room: Room; readonly sender: number; readonly sentAt: number; heard: number; last: number; answered: number }

const rounded = (n: number, digits = 0): number => Math.round(n * 10 ** digits) / 10 ** digits;

/** What was seen, under the names that the peer's driver prints. */
export type Result = Readonly<Record<string, unknown>>;

/** A server that has just been started compiles what it does for the first time. What is measured is one that has run for a while. */
export const warmUp = async (house: OurHouse, n: number): Promise<void> => {
  for (const mark of [false, true]) await talk(house, { n: Math.min(n, 200), rooms: 1, m: 60, mode: 'closed', rate: 0, w: 4, mark, missed: 0, patience: 60_000 });
};

/** Runs one workload against our house. People stay below what one person may send: those in a room speak in turn. */
export async function talk(house: OurHouse, work: Work): Promise<Result[]> {
  const { n, rooms: count, m, mode, rate, w, mark, missed } = work;
  const people = house.people.slice(0, n);
  if (people.length < n) throw new Error(`${n} people are asked for and ${people.length} are here`);
  const before = house.measured.map(({ pid }) => memoryOf(pid));
  const members = Array.from({ length: count }, (_, r) => people.filter((_person, i) => i % count === r));
  const made = await each(members, 1, (all) => house.room(all.map((p) => p.id), all[0]!));

  const messages = new Map<Id, Message>();
  let deliveries = 0;
  let doubled = 0;
  let markers = 0;
  let later = 0;
  const refused: string[] = [];
  let complete = 0;
  const per = n / count;
  const roomOf = new Map<ThinLine, Room>();
  let onAnswer: (room: Room) => void = () => undefined;
  const heard: Heard = {
    event(line, _stream, seq, idBytes, again) {
      const message = messages.get(keyOf(idBytes));
      if (!message) return;
      if (again) return void (doubled += 1);
      deliveries += 1;
      message.heard += 1;
      message.last = performance.now();
      if (message.heard === per) complete += 1;
      // Everyone but its author has to read it.
      if (mark && message.room.lines[message.sender] !== line) line.read(message.room.no, [[seq, seq]]);
    },
    answer(line, idBytes, done, code) {
      const message = messages.get(keyOf(idBytes));
      if (!done) refused.push(code!);
      if (message) message.answered = performance.now();
      onAnswer(roomOf.get(line)!);
    },
    marks: (_line, _stream, rows: readonly MarkRow[], whole) => { if (!whole) markers += rows.length; },
    later: () => { later += 1; },
  };

  const joining = performance.now();
  const lines = await each(people, 20, async ({ cookie }) => {
    const line = await ThinLine.open({ port: house.port, cookie, heard });
    await line.greet();
    return line;
  });
  const joinMs = performance.now() - joining;
  const rooms = made.map(({ id, key }, r): Room => ({ id, no: lines[r]!.streams.get(key)!, lines: lines.filter((_line, i) => i % count === r), people: members[r]!, said: 0 }));
  for (const room of rooms) for (const line of room.lines) roomOf.set(line, room);
  if (mark) for (const room of rooms) for (const line of room.lines) line.open(room.no);
  await sleep(1500);
  const after = house.measured.map(({ pid }) => memoryOf(pid));

  // As the application does: what has come live is confirmed after three seconds.
  const confirming = lines.map((line, i) => setTimeout(() => {
    line.arrived();
    confirming[i] = setInterval(() => line.arrived(), 3_000);
  }, (i * 997) % 3_000));

  const say = (room: Room): void => {
    const sender = room.said++ % room.lines.length;
    const id = room.lines[sender]!.command('talk.say', { room: room.id, text });
    messages.set(id, { room, sender, sentAt: performance.now(), heard: 0, last: 0, answered: 0 });
  };
  deliveries = markers = 0;
  const bytesBefore = lines.map((line) => [line.downBytes, line.upBytes]);
  const cpuBefore = cpuOf(house.measured);
  const ownBefore = process.cpuUsage();
  const began = performance.now();
  const end = began + work.patience;
  const total = mode === 'open' ? m : m * count;
  if (mode === 'open') {
    for (let k = 0; k < m; k++) {
      const wait = began + (k * 1000) / rate - performance.now();
      if (wait > 1) await sleep(wait);
      say(rooms[k % count]!);
    }
  } else {
    onAnswer = (room) => { if (room.said < m) say(room); };
    for (const room of rooms) for (let i = 0; i < w && room.said < m; i++) say(room);
  }
  while (complete < total && performance.now() < end) await sleep(20);
  if (mark) for (let seen = -1; seen !== markers && performance.now() < end;) {
    seen = markers;
    await sleep(700);
  }
  const all = [...messages.values()];
  const ms = Math.max(...all.map((one) => one.last)) - began;
  const msAll = performance.now() - began;
  const cpu = cpuOf(house.measured).map((now, i) => now - cpuBefore[i]!);
  const own = process.cpuUsage(ownBefore);
  const down = lines.reduce((sum, line, i) => sum + line.downBytes - bytesBefore[i]![0]!, 0);
  const up = lines.reduce((sum, line, i) => sum + line.upBytes - bytesBefore[i]![1]!, 0);
  for (const timer of confirming) clearTimeout(timer);

  const latencies = (of: (one: Message) => number): (number | null)[] => {
    const values = all.filter((one) => of(one) > 0).map((one) => of(one) - one.sentAt);
    return [quantile(values, 0.5), quantile(values, 0.95), quantile(values, 0.99)];
  };
  const results: Result[] = [{
    srv: 'noroshi', N: n, ROOMS: count, MODE: mode, ...(mode === 'open' ? { RATE: rate } : { W: w }), MARK: mark,
    joinMs: rounded(joinMs), joinPerS: rounded((n / joinMs) * 1e3), rssKBperConn: after.map((now, i) => rounded((now - before[i]!) / n)),
    sent: all.length, complete, deliveries, dup: doubled, markers, ms: rounded(ms), msAll: rounded(msAll), msgPerS: rounded((all.length / ms) * 1e3),
    delivPerS: rounded(((deliveries + markers) / (mark ? msAll - 700 : ms)) * 1e3), ack: latencies((one) => one.answered), lastMember: latencies((one) => one.last),
    srvCpuMs: cpu.map((one) => rounded(one)), cpuUsPerDelivery: cpu.map((one) => rounded((one * 1e3) / (deliveries + markers), 1)), cpuUsPerMsg: cpu.map((one) => rounded((one * 1e3) / all.length)),
    genCpuMs: rounded((own.user + own.system) / 1e3), bytesDownPerDelivery: rounded(down / (deliveries + markers)), downTotal: down, upTotal: up, later, refused: refused.length,
    ...(mark ? { downPerMemberAndMsg: rounded(down / n / all.length) } : {}),
  }];
  if (missed > 0) results.push(await storm(house, rooms[0]!, missed));
  for (const room of rooms) for (const line of room.lines) line.drop();
  return results;
}

/** All but one drop, messages pass, and all come back at once. Each must have exactly what it missed. */
async function storm(house: OurHouse, room: Room, missed: number): Promise<Result> {
  const [speaker, ...others] = room.lines as [ThinLine, ...ThinLine[]];
  for (const line of others) line.drop();
  await sleep(500);
  const said = new Set<Id>();
  const answered = Promise.withResolvers<void>();
  let open = missed;
  speaker.heard = { answer: (_line, id, done) => {
    if (done) said.add(keyOf(id));
    if (--open === 0) answered.resolve();
  } };
  for (let k = 0; k < missed; k++) speaker.command('talk.say', { room: room.id, text });
  await answered.promise;
  await sleep(1500);

  const cpuBefore = cpuOf(house.measured);
  const began = performance.now();
  let came = 0;
  let doubled = 0;
  let turnedAway = 0;
  let put = 0;
  const times: number[] = [];
  const back = await Promise.all(others.map(async (before, i) => {
    const done = Promise.withResolvers<void>();
    const mine = new Set<Id>();
    const heard: Heard = {
      event(_line, stream, _seq, id, again) {
        if (stream !== room.no || !said.has(keyOf(id))) return;
        if (again || mine.has(keyOf(id))) return void (doubled += 1);
        mine.add(keyOf(id));
        came += 1;
        if (mine.size === missed) done.resolve();
      },
      later: (line, ms) => {
        put += 1;
        setTimeout(() => {
          line.again();
          line.fetch(room.no, line.held.get(room.no)!);
        }, ms);
      },
    };
    try {
      const line = await ThinLine.open({ port: house.port, cookie: room.people[i + 1]!.cookie, heard });
      line.inherit(before);
      await line.greet();
      await done.promise;
      times.push(performance.now() - began);
      return line;
    } catch {
      turnedAway += 1;
      return undefined;
    }
  }));
  const cpu = cpuOf(house.measured).map((now, i) => now - cpuBefore[i]!);
  const lines = back.filter((line) => line !== undefined);
  const [down, up] = [lines.reduce((sum, line) => sum + line.socket.bytesRead, 0), lines.reduce((sum, line) => sum + line.socket.bytesWritten, 0)];
  for (const line of lines) line.drop();
  return {
    reconnect: others.length, missed, mam: came, p50: quantile(times, 0.5), p99: quantile(times, 0.99), all: rounded(Math.max(...times)), cpuMs: cpu.map((one) => rounded(one)),
    downPerClient: rounded(down / lines.length), upPerClient: rounded(up / lines.length), refused: turnedAway, later: put, lost: others.length * missed - came, dup: doubled,
  };
}
