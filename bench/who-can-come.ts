import { placeOf, placeStream, quick } from '@noroshi/features/survey';
import { derivedId, type Id } from '@noroshi/foundations/kernel';
import { each, fresh, type OurHouse } from './our-house.ts';
import { cpuOf, quantile, sleep } from './processes.ts';
import type { Result } from './talk.ts';
import { keyOf, ThinLine } from './thin-line.ts';

/** How large a prefecture is asked. */
export interface Prefecture {
  /** Towns beside the prefecture itself. */
  readonly towns: number;
  /** People of each of them, and of the prefecture's headquarters. */
  readonly people: number;
  /** How many of each have a device on the line. */
  readonly lines: number;
  /** So many answer in a second. */
  readonly rate: number;
}

interface Org { readonly id: Id; readonly people: readonly Id[]; readonly lines: ThinLine[] }

/**
 * 安否・参集 asked of a whole prefecture at once: what the asking costs, what comes down to a device of a town, to one of headquarters whose person looks, and to one whose person does not, and how long
 * an answer takes to stand on a device of headquarters. Asked a second time, when every place stands.
 */
export async function whoCanCome(house: OurHouse, size: Prefecture): Promise<Result[]> {
  const { admin, deed } = house;
  const { org: prefecture } = (await house.ask('account.me', {}, { cookie: admin })).body as { org: Id };
  const orgs: Org[] = [{ id: prefecture, people: [], lines: [] }, ...Array.from({ length: size.towns }, (): Org => ({ id: fresh(), people: [], lines: [] }))]
    .map((org) => ({ ...org, people: Array.from({ length: size.people }, fresh) }));
  for (const [i, { id }] of orgs.entries()) if (i > 0) await deed('directory.addOrganization', { id, name: `第${i}市`, kana: 'だいし', romaji: `City ${i}`, short: `${i}`, kind: 'city' }, admin);
  // Each holds a post, as in a list of a real prefecture.
  for (const [i, { id: org, people }] of orgs.entries()) await deed('directory.import', {
    add: people.map((id, n) => ({ id, org, role: 'member', name: `職員 ${i}の${n}`, kana: 'しょくいん', phones: [], post: { id: fresh(), title: `危機管理課 係 ${n}`, duty: n < 5 ? 'disaster' : 'other', rank: 40 + n } })), amend: [],
  }, admin);
  await each(orgs.flatMap((org) => org.people.slice(0, size.lines).map((id) => ({ org, id }))), 8, async ({ org, id }) => {
    const { url } = (await house.ask('account.invite', { person: id }, { cookie: admin })).body as { url: string };
    const { cookie } = await house.ask('account.acceptInvitation', { token: url.split('#')[1] });
    const line = await ThinLine.open({ port: house.port, cookie: cookie! });
    await line.greet();
    org.lines.push(line);
  });
  const results = [await round(house, orgs, 'first', size), await round(house, orgs, 'again', size)];
  for (const { lines } of orgs) for (const line of lines) line.drop();
  return results;
}

async function round(house: OurHouse, orgs: readonly Org[], asks: string, { rate }: Prefecture): Promise<Result> {
  const [headquarters, ...towns] = orgs as [Org, ...Org[]];
  const lines = orgs.flatMap((org) => org.lines);
  await sleep(2_000);
  const bytes = lines.map((line) => line.downBytes);
  const before = cpuOf(house.measured);
  const survey = fresh();
  const { status, lasted } = await house.ask('survey.ask', { id: survey, input: { kind: 'safety', orgs: orgs.map(({ id }) => id), title: '' } }, { cookie: house.admin });
  if (status !== 200) throw new Error(`survey.ask was answered ${status}`);
  // One of headquarters looks, and holds every place from then on; the others hold their own, as each town does.
  const [looks, other] = headquarters.lines as [ThinLine, ThinLine];
  if (asks === 'first') looks.command('survey.look', { orgs: orgs.map(({ id }) => id) }, fresh());
  const deadline = Date.now() + 60_000;
  while (!orgs.every(({ id }) => looks.streams.has(placeStream(id))) || !other.streams.has(placeStream(headquarters.id)) || !towns.every((org) => org.lines.every((line) => line.streams.has(placeStream(org.id))))) {
    if (Date.now() > deadline) throw new Error('not everyone was asked');
    await sleep(20);
  }
  // A device reads what it has a new place in; where it holds that already, the events came by themselves.
  if (asks === 'first') for (const line of [looks, other, towns[0]!.lines[0]!]) for (const [key, no] of line.streams) if (orgs.some(({ id }) => key === placeStream(id))) line.fetch(no, 0);
  await sleep(2_000);
  const [asked, down] = [cpuOf(house.measured).map((now, i) => now - before[i]!), new Map(lines.map((line, i) => [line, line.downBytes - bytes[i]!]))];

  // Everyone with a device answers by one press; when it has come down to a device of headquarters is looked at.
  const sent = new Map<Id, number>();
  const times: number[] = [];
  let refused = 0;
  looks.heard = { event: (_line, _stream, _seq, id, again) => {
    const since = again ? undefined : sent.get(keyOf(id));
    if (since !== undefined) times.push(performance.now() - since);
  } };
  const answerers = orgs.flatMap((org) => org.lines.map((line) => ({ org, line })));
  for (const { line } of answerers) line.heard = { ...line.heard, answer: (_line, _id, done) => { if (!done) refused += 1; } };
  const start = cpuOf(house.measured);
  const [began, answersDown, otherDown] = [performance.now(), looks.downBytes, other.downBytes];
  for (const [i, { org, line }] of answerers.entries()) {
    await sleep(Math.max(0, began + (i * 1_000) / rate - performance.now()));
    const id = fresh();
    sent.set(id, performance.now());
    line.command('survey.answer', { place: placeOf(org.id), sheet: derivedId(survey, `sheet/${org.id}`), values: quick.can }, id);
  }
  const patience = Date.now() + 30_000;
  while (times.length < answerers.length && refused === 0 && Date.now() < patience) await sleep(50);
  const answered = cpuOf(house.measured).map((now, i) => now - start[i]!);
  return {
    asks, orgs: orgs.length, people: orgs.reduce((n, { people }) => n + people.length, 0), lines: lines.length,
    askMs: Math.round(lasted), askCpuMs: asked.map(Math.round), downTown: down.get(towns[0]!.lines[0]!)!, downHeadquarters: down.get(looks)!, downOther: down.get(other)!,
    answers: times.length, refused, answerMs: [quantile(times, 0.5), quantile(times, 0.95), quantile(times, 0.99)], answerCpuMs: answered.map((one) => Math.round((one * 10) / answerers.length) / 10), downPerAnswer: Math.round((looks.downBytes - answersDown) / answerers.length), downOtherPerAnswer: Math.round((other.downBytes - otherDown) / answerers.length),
  };
}
