import { request, sumsOf, type DispatchRequest } from '@noroshi/features/request';
import { canonical, type Id } from '@noroshi/foundations/kernel';
import { hasRead, type Answer, type Doc, type Event, type StreamKey } from '@noroshi/foundations/sync';
import { eventsAfter, type Stair } from '@noroshi/foundations/sync/server';
import { disagreements, marksIn } from '@noroshi/foundations/testing';
import { house } from '@noroshi/server/features';
import type { BaseHouse } from './base-house.ts';
import { roomChecks } from './checks/rooms.ts';
import { viewOf, type Story } from './checks/story.ts';
import type { Client } from './client.ts';
import { Findings } from './outcome.ts';
import { countedByHand } from './sums-by-hand.ts';

/** Everything that the tables hold, read once. */
interface History {
  readonly events: ReadonlyMap<StreamKey, readonly Event<any>[]>;
  /** Answers as they are kept, by person and command. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** Where each command took effect. */
  readonly effects: ReadonlyMap<Id, readonly Event<any>[]>;
  /** How often something with these words was said, by the words in its brackets. */
  readonly said: ReadonlyMap<string, number>;
}

async function historyIn({ pool }: Stair): Promise<History> {
  const events = new Map<StreamKey, readonly Event[]>();
  const effects = new Map<Id, Event[]>();
  const said = new Map<string, number>();
  const { rows: streams } = await pool.query<{ no: number; key: string }>('select no, key from stream order by no');
  for (const stream of streams) {
    const all = await eventsAfter(pool, house, stream, 0, 1_000_000);
    events.set(stream.key, all);
    for (const event of all) {
      (effects.get(event.id) ?? effects.set(event.id, []).get(event.id)!).push(event);
      const token = event.kind === 'talk.said' ? /（(.+)）/.exec((event.body as { text?: string }).text ?? '')?.[1] : undefined;
      if (token !== undefined) said.set(token, (said.get(token) ?? 0) + 1);
    }
  }
  const { rows } = await pool.query<{ person: Id; id: Id; answer: Answer }>('select person, id, answer from command');
  return { events, effects, said, answers: new Map(rows.map(({ person, id, answer }) => [`${person}/${id}`, answer])) };
}

/** The commands that have taken effect so far. */
export const commandsIn = async (stair: Stair): Promise<ReadonlySet<Id>> => new Set((await historyIn(stair)).effects.keys());

export interface Checked {
  readonly findings: Findings;
  /** How often each deed was acknowledged. */
  readonly deeds: Readonly<Record<string, number>>;
}

/**
 * Reads the whole history, from the tables and from every device, and says what is not as it must be.
 * @param stair a node that has just read the tables
 * @param before commands that had taken effect before any of these devices was on
 */
export async function check(stair: Stair, { orgs }: Pick<BaseHouse, 'orgs'>, clients: readonly Client[], before: ReadonlySet<Id>): Promise<Checked> {
  const findings = new Findings();
  // First: what is just on its way to a device shows here, and what is read of that device behind it may be wrong for the same reason.
  for (const word of await disagreements(house, stair.pool, [stair], clients.map(({ end }) => ({ end })))) findings.add('disagreeing', word);
  const history = await historyIn(stair);
  const deeds = checkCommands(history, clients, before, await undecided(clients), findings);
  checkOrder(history, clients, findings);
  await checkReading(stair, history, clients, findings);
  await checkSums(stair, history, clients, findings);
  const story = await storyOf(stair, history, clients, orgs);
  for (const checkRoom of roomChecks) {
    // What is wrong in one room does not hide what is wrong in another.
    const here = new Findings();
    checkRoom(story, here);
    findings.take(here);
  }
  return { findings, deeds };
}

/** The same as each place tells it: the tables, with what lies in them alone, and every device. */
async function storyOf({ pool, now }: Stair, { events }: History, clients: readonly Client[], orgs: Story['orgs']): Promise<Story> {
  const { rows } = await pool.query<Doc>('select n.noun, n.id, s.key as stream, n.born, n.seq, n.value from noun n join stream s on s.no = n.stream and s.workspace = n.workspace');
  const devices = await Promise.all(clients.map(async ({ name, who, end }) => viewOf(`as ${name} has it`, await end.replica.db.doc.toArray(), who.actor)));
  return { events: [...events.values()].flat(), views: [viewOf('in the tables', rows), ...devices], orgs, stood: clients.flatMap(({ who, stood }) => stood.map((one) => ({ ...one, person: who.actor.person }))), now: now() };
}

/** What still waits on a device to be sent. */
async function undecided(clients: readonly Client[]): Promise<ReadonlySet<Id>> {
  const all = await Promise.all(clients.map(({ end }) => end.replica.outbox.item.where('state').equals('waiting').toArray()));
  return new Set(all.flat().map(({ id }) => id));
}

/** Nothing acknowledged is lost, and nothing takes effect twice. @returns how often each deed was acknowledged */
function checkCommands({ answers, effects, said: spoken }: History, clients: readonly Client[], before: ReadonlySet<Id>, waiting: ReadonlySet<Id>, findings: Findings): Record<string, number> {
  const acknowledged: Record<string, number> = {};
  const ours = new Set<Id>();
  const people = new Set(clients.map(({ who }) => who.actor.person));
  for (const { name, who, given, heard } of clients) {
    for (const { id, name: deed, token, isDropped } of given) {
      ours.add(id);
      const what = `${name}'s ${deed} ${id}`;
      const said = heard.get(id) ?? [];
      const kept = answers.get(`${who.actor.person}/${id}`);
      const done = effects.get(id);
      if (new Set(said.map((one) => canonical(one))).size > 1) findings.add('duplicated', `${what} was answered in several ways: ${JSON.stringify(said)}`);
      // What has left the list without a refusal was done, whether or not its answer came.
      const isAcknowledged = said.some(({ ok }) => ok) || (!isDropped && !waiting.has(id) && !said.some(({ ok }) => !ok));
      if (isAcknowledged) acknowledged[deed] = (acknowledged[deed] ?? 0) + 1;
      const seq = said.find(({ ok }) => ok)?.seq;
      if (isAcknowledged && (!kept?.ok || (kept.seq > 0 && !done))) findings.add('lost', `${what} was acknowledged`);
      else if (seq !== undefined && kept?.ok && kept.seq !== seq) findings.add('lost', `${what} was acknowledged as ${seq} and stands at ${kept.seq}`);
      if (said.some(({ ok }) => !ok) && done) findings.add('duplicated', `${what} was refused and took effect`);
      const times = token === undefined ? 0 : (spoken.get(token) ?? 0);
      if (times > 1) findings.add('duplicated', `${what} stands ${times} times`);
    }
  }
  for (const [id, all] of effects) {
    const places = all.map(({ n }) => n).sort((a, b) => a - b);
    if (places.some((n, i) => n !== i)) findings.add('duplicated', `the events of ${id} are ${places.join()}`);
    // What nobody gave to any device, and what no clock did, was done a second time under another name.
    const { by, kind } = all[0]!;
    if (people.has(by) && !ours.has(id) && !before.has(id)) findings.add('duplicated', `${kind} ${id} is by ${by}, who did not give it`);
  }
  return acknowledged;
}

/** Each stream is in one order for all: numbers without holes, each sender's order, and what was once seen in a place stays there. */
function checkOrder({ events, effects }: History, clients: readonly Client[], findings: Findings): void {
  for (const [key, all] of events) all.forEach(({ seq }, i) => { if (seq !== i + 1) findings.add('misordered', `${key}: the event at ${i + 1} has the number ${seq}`); });
  for (const { name, given, seen } of clients) {
    const last = new Map<StreamKey, number>();
    for (const { id, home } of given) {
      const at = effects.get(id)?.find(({ stream }) => stream === home)?.seq;
      if (at === undefined) continue;
      if (at < (last.get(home) ?? 0)) findings.add('misordered', `${name}: ${id} overtook what was said before it in ${home}`);
      last.set(home, at);
    }
    for (const [stream, places] of seen) {
      for (const [born, id] of places) {
        const event = events.get(stream)?.[born - 1];
        const isSame = event && (event.id === id || (event.body as { id?: Id }).id === id);
        if (!isSame) findings.add('misordered', `${name} has seen ${id} at ${stream} ${born}, where ${event?.id} stands`);
      }
    }
  }
}

/** Whether it is said of an event who has read it. */
const isRead = ({ message, kind }: Event): boolean => message !== undefined || kind === 'board.posted';

/** Nobody is shown as having read what they had not: in the tables, and on any device. */
async function checkReading(stair: Stair, { events }: History, clients: readonly Client[], findings: Findings): Promise<void> {
  const shown = new Map<string, Set<number>>();
  for (const client of clients) {
    for (const [stream, all] of client.shown) {
      const key = `${stream}/${client.who.actor.person}`;
      const here = shown.get(key) ?? shown.set(key, new Set()).get(key)!;
      for (const seq of all) here.add(seq);
    }
  }
  const people = [...new Set(clients.map(({ who }) => who.actor.person))];
  const marks = await marksIn(stair.pool);
  for (const [key, all] of events) {
    const { no } = stair.memory.streams.get(key)!;
    for (const person of people) {
      const mark = marks.get(`${no}/${stair.memory.member(key, person)?.no}`);
      for (const event of all) {
        const { seq } = event;
        if (isRead(event) && hasRead(mark, seq) && !shown.get(`${key}/${person}`)?.has(seq)) findings.add('misread', `${person} is said to have read ${key} ${seq}`);
      }
    }
  }
  for (const client of clients) {
    for (const { stream, member, hasRead: saysRead } of await client.marks()) {
      const person = stair.memory.streams.get(stream)?.byNo.get(member)?.person;
      if (person === undefined || !people.includes(person)) continue;
      for (const event of events.get(stream) ?? []) {
        const { seq } = event;
        if (isRead(event) && saysRead(seq) && !shown.get(`${stream}/${person}`)?.has(seq)) findings.add('misread', `${client.name} shows that ${person} has read ${stream} ${seq}`);
      }
    }
  }
}

/** The sums of each request, on every device and in the tables, are those that the events make when they are added up by hand. */
async function checkSums(stair: Stair, { events }: History, clients: readonly Client[], findings: Findings): Promise<void> {
  const byHand = countedByHand([...events.values()].flat());
  const compare = (where: string, now: DispatchRequest): void => {
    const { total } = sumsOf(now);
    const { needed, committed, arrived } = byHand.get(now.id) ?? { needed: 0, committed: 0, arrived: 0 };
    if (total.needed !== needed || total.committed !== committed || total.arrived !== arrived) {
      findings.add('wrongSums', `${now.no} ${where}: ${JSON.stringify(total)}, by hand ${JSON.stringify({ needed, committed, arrived })}`);
    }
    if (total.short + total.committed !== total.needed + total.surplus) findings.add('wrongSums', `${now.no} ${where} does not balance: ${JSON.stringify(total)}`);
  };
  for (const id of byHand.keys()) {
    const now = stair.memory.get(request.noun, id)?.value as DispatchRequest | undefined;
    if (now) compare('in the tables', now);
    else findings.add('wrongSums', `the request ${id} is not in the tables`);
  }
  for (const { name, end } of clients) for (const { value } of await end.replica.all<DispatchRequest>(request.noun)) compare(`as ${name} has it`, value);
}
