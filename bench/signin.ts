import { each, type OurHouse, type Person } from './our-house.ts';
import { quantile, sleep } from './processes.ts';
import { talk, type Result } from './talk.ts';
import { ThinLine } from './thin-line.ts';

export const password = '川の名前を七つ並べた合言葉';

/** An address of this machine for each visitor: those who come from one stand in one line. */
const addressOf = (i: number): string => `127.1.${1 + Math.floor(i / 200)}.${1 + (i % 200)}`;

interface SignedIn { readonly ms: number; readonly status: number }

async function comesIn(house: OurHouse, person: Person, address: string): Promise<SignedIn> {
  const began = performance.now();
  const { status } = await house.ask('account.signIn', { login: person.login, password }, { address });
  return { ms: performance.now() - began, status };
}

/**
 * How many sign in with a password in a second, while a room talks; whether one who floods the door holds up another;
 * and how many come back with a session.
 * @param room people on the line in one room, @param rate messages a second there
 */
export async function signin(house: OurHouse, { comers, room, rate, seconds, resumes, flood: knocks = 40 }: { comers: number; room: number; rate: number; seconds: number; resumes: number; flood?: number }): Promise<Result[]> {
  const people = await house.letIn(comers, password);
  const work = { n: room, rooms: 1, m: rate * seconds, mode: 'open', rate, w: 1, mark: false, missed: 0, patience: 60_000 } as const;
  const [calm] = await talk(house, work);

  let going = true;
  const came: SignedIn[] = [];
  const began = performance.now();
  let ended = began;
  // Half of them are at the door at any moment, each from an address of their own.
  const atOnce = Math.ceil(comers / 2);
  const coming = each(Array.from({ length: atOnce }, (_, i) => i), atOnce, async (i) => {
    for (let k = i; going; k += atOnce) {
      came.push(await comesIn(house, people[k % people.length]!, addressOf(k % people.length)));
      ended = performance.now();
    }
  });
  const [busy] = await talk(house, work);
  going = false;
  await coming;
  const right = came.filter(({ status }) => status === 200);
  const p99 = (result: Result): number => (result['lastMember'] as number[])[2]!;

  // One address knocks without an end; another comes once in a while.
  going = true;
  const flood = each(Array.from({ length: knocks }, (_, i) => i), knocks, async () => {
    while (going) if ((await comesIn(house, people[0]!, '127.2.0.1')).status !== 200) await sleep(20);
  });
  const others: SignedIn[] = [];
  for (let i = 0; i < Math.min(10, comers - 1); i++) others.push(await comesIn(house, people[1 + i]!, addressOf(1 + i)));
  going = false;
  await flood;

  // People are limited in how often they open a line, so many people come back a few times each.
  const known = house.people.slice(0, room);
  const held = await each(known, 20, async ({ cookie }) => {
    const line = await ThinLine.open({ port: house.port, cookie });
    await line.greet();
    // Its marks: the second greeting knows them.
    await sleep(50);
    return line;
  });
  for (const line of held) line.drop();
  await sleep(500);
  const back = performance.now();
  let same = 0;
  await each(Array.from({ length: resumes }, (_, i) => i), 64, async (i) => {
    const line = await ThinLine.open({ port: house.port, cookie: known[i % room]!.cookie });
    line.inherit(held[i % room]!);
    if (await line.greet()) same += 1;
    line.drop();
  });
  const resumeMs = performance.now() - back;

  return [{
    signIns: right.length, refused: came.length - right.length, signInsPerS: Math.round((right.length / (ended - began)) * 1e4) / 10,
    signInMs: [quantile(right.map(({ ms }) => ms), 0.5), quantile(right.map(({ ms }) => ms), 0.99)],
    lastMemberCalm: calm!['lastMember'], lastMemberBusy: busy!['lastMember'], p99Ratio: Math.round((p99(busy!) / p99(calm!)) * 100) / 100,
  }, {
    besideAFlood: others.length, letIn: others.filter(({ status }) => status === 200).length, ms: [quantile(others.map(({ ms }) => ms), 0.5), quantile(others.map(({ ms }) => ms), 0.99)],
  }, { resumes, same, resumesPerS: Math.round((resumes / resumeMs) * 1e3) }];
}
