import { addPerson, disablePerson, enablePerson, handOver, post, type Post } from '@noroshi/features/directory';
import { closeIncident, incident, incidentKinds, openIncident, renameIncident, roleOf, widenIncident, type Incident } from '@noroshi/features/incident';
import { addPeople, amend, message, openRoom, pin, react, reactions, removePerson, renameRoom, room as roomNoun, say, withdraw, type Message, type Room } from '@noroshi/features/talk';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { hasRead, roomStream, workspaceStream, type Answer, type Deed, type Doc, type Member, type StreamKey } from '@noroshi/foundations/sync';
import { eventsAfter } from '@noroshi/foundations/sync/server';
import { marksIn, seeded, until, type Device, type Dice } from '@noroshi/foundations/testing';
import { house } from '@noroshi/server/features';
import { randomBytes } from 'node:crypto';
import { hotline, type CastName, type Hotline } from './hotline.ts';

/** One person's device, however often it was turned off and on. */
export interface Afloat {
  readonly name: string;
  readonly actor: Actor;
  device: Device;
  /** What was given to it and kept, in order. */
  readonly given: { readonly id: Id; readonly home: StreamKey; answer: Answer | undefined; isDropped: boolean }[];
}

/** What an act may use. */
export interface Sea {
  readonly box: Hotline;
  readonly dice: Dice;
  readonly afloat: readonly Afloat[];
  /** Those who are not of the cast: the successor at Aoi's desk. */
  readonly successor: Actor;
  /** Rooms of the storm, beside group C. */
  readonly rooms: Id[];
  /** Gives a deed to a device; what becomes of it is checked at the end. */
  give<I>(by: Afloat, deed: Deed<I, any> & { deed: string }, input: I): Promise<void>;
  /** Some message that a device holds. */
  someMessage(by: Afloat): Promise<Doc<Message> | undefined>;
  /** A room that a device holds. */
  someRoom(by: Afloat): Promise<Id | undefined>;
}

/** One thing that people do. Other rooms of the house add theirs to `acts`. */
export interface Act {
  readonly act: string;
  /** How often, beside the others. */
  readonly weight: number;
  readonly do: (sea: Sea, by: Afloat) => Promise<void>;
}

const words = ['浸水しています', '了解しました', '職員を二人送ります', '道が通れません', '避難所は満員です', '確認中です'];

/** What people do in a storm. */
export const acts: Act[] = [
  {
    act: 'say', weight: 10,
    async do(sea, by) {
      const room = await sea.someRoom(by);
      if (room) await sea.give(by, say, { room, text: `${sea.dice.pick(words)} ${sea.dice.below(1e6)}`, ...(sea.dice.chance(0.2) ? { urgency: 'urgent' as const } : {}) });
    },
  },
  {
    act: 'read', weight: 8,
    async do(sea, by) {
      const room = await sea.someRoom(by);
      if (!room) return;
      const stream = roomStream(room);
      const docs = await by.device.end.replica.newest<Message>(message.noun, stream, 30);
      if (docs.length === 0) return;
      // A screenful somewhere: the newest, or further up. What lies between is not read by it.
      const from = sea.dice.below(docs.length);
      const seen = docs.slice(from, from + 1 + sea.dice.below(5));
      await by.device.end.shown(stream, [[seen[0]!.born, seen.at(-1)!.born]]);
    },
  },
  {
    act: 'open the room', weight: 3,
    async do(sea, by) {
      const room = await sea.someRoom(by);
      by.device.end.openRoom(room ? roomStream(room) : undefined);
      if (room && sea.dice.chance(0.3)) void by.device.end.line.older(roomStream(room), 5);
    },
  },
  {
    act: 'amend, withdraw, react or pin', weight: 6,
    async do(sea, by) {
      const doc = await sea.someMessage(by);
      if (!doc) return;
      const on = { room: doc.stream.slice(2), message: doc.id };
      const which = sea.dice.below(6);
      if (which === 0) await sea.give(by, amend, { ...on, text: `${sea.dice.pick(words)}（訂正）` });
      else if (which === 1) await sea.give(by, withdraw, on);
      else if (which === 2) await sea.give(by, pin, { ...on, until: by.device.end.now() + 3_600_000 });
      else await sea.give(by, react, { ...on, reaction: sea.dice.pick(reactions), on: sea.dice.chance(0.7) });
    },
  },
  {
    act: 'open a room', weight: 1,
    async do(sea, by) {
      const id = newId(Date.now(), randomBytes(10));
      const people = sea.afloat.filter((a) => a.actor.person !== by.actor.person && sea.dice.chance(0.4)).map((a) => a.actor.person);
      await sea.give(by, openRoom, { id, kind: 'purpose', name: `相談 ${sea.rooms.length}`, short: '談', orgs: [], people: [...new Set(people)] });
      sea.rooms.push(id);
    },
  },
  {
    act: 'rename a room', weight: 1,
    async do(sea, by) {
      if (sea.rooms.length > 0) await sea.give(by, renameRoom, { room: sea.dice.pick(sea.rooms), name: `相談 ${sea.dice.below(100)}`, short: '改' });
    },
  },
  {
    act: 'let someone in, or out', weight: 3,
    async do(sea, by) {
      if (sea.rooms.length === 0) return;
      const room = sea.dice.pick(sea.rooms);
      const who = sea.dice.pick(sea.afloat).actor.person;
      if (sea.dice.chance(0.6)) await sea.give(by, addPeople, { room, people: [who], history: sea.dice.chance(0.5) });
      else await sea.give(by, removePerson, { room, person: who });
    },
  },
  {
    act: 'hand a desk over', weight: 1,
    async do(sea, by) {
      const { box, successor } = sea;
      const aoi = box.cast.aoi.person;
      const desk = box.stair.memory.of('w', post.noun).map((d) => d.value as Post).find((p) => p.holder === aoi || p.holder === successor.person);
      if (desk) await sea.give(by, handOver, { post: desk.id, from: desk.holder!, to: desk.holder === aoi ? successor.person : aoi });
    },
  },
  {
    act: 'open a disaster or a drill, widen it, rename it, end it', weight: 4,
    async do(sea, by) {
      const { dice, box } = sea;
      const towns = [box.orgs.seiyo, box.orgs.saijo, box.orgs.iyo].filter(() => dice.chance(0.4));
      const affected = by.actor.org === box.orgs.ehime ? towns : [by.actor.org];
      const known = (await by.device.end.replica.all<Incident>(incident.noun)).map((d) => d.value);
      const which = dice.below(5);
      if (known.length === 0 || which < 2) {
        await sea.give(by, openIncident, { id: newId(Date.now(), randomBytes(10)), name: dice.pick(['豪雨', '台風', '地震']), kind: dice.pick(incidentKinds), drill: dice.chance(0.4), affected });
        return;
      }
      const one = dice.pick(known);
      if (which === 2) await sea.give(by, widenIncident, { incident: one.id, affected });
      else if (which === 3) await sea.give(by, renameIncident, { incident: one.id, seen: one.revision, name: `豪雨 ${dice.below(100)}`, kind: one.kind });
      else await sea.give(by, closeIncident, { incident: one.id, seen: one.revision });
    },
  },
  {
    act: 'close an account, or open it again', weight: 1,
    async do(sea) {
      const deed = sea.dice.chance(0.5) ? disablePerson : enablePerson;
      await sea.box.stair.submit(sea.box.cast.hanako, { id: newId(Date.now(), randomBytes(10)), name: deed.deed, input: { id: sea.box.cast.ken.person } }).catch(() => undefined);
    },
  },
];

/** What the weather does. */
async function weather(sea: Sea, one: Afloat): Promise<void> {
  const { dice, box } = sea;
  const which = dice.below(20);
  if (which < 6) one.device.wire.faults = { lose: dice.pick([0, 0.05, 0.2]), double: dice.pick([0, 0.2]), hold: dice.pick([0, 0.3]) };
  else if (which < 9) one.device.wire.cut();
  else if (which < 12) one.device.wire.cut({ stay: true });
  else if (which < 16) {
    one.device.wire.mend();
    one.device.end.line.hurry();
  } else if (which < 18) {
    const { wire } = one.device;
    one.device = one.device.restart();
    one.device.wire.faults = wire.faults;
  } else if (which < 19) await box.restart(dice.below(box.nodes.length));
  else for (const node of box.nodes) await node.clock.look().catch(() => undefined);
}

const pass = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/**
 * A storm: people act at random while their lines are cut, held, doubled and shuffled and servers stop; then the sky
 * clears and everything must be as if it had been calm.
 * @param seed the same seed makes the same storm, but for the machine's own timing
 * @returns what was not as it should be, in words
 */
export async function storm(seed: number, { steps = 70, nodes = seed % 3 === 0 ? 2 : 1 } = {}): Promise<string[]> {
  const dice = seeded(seed);
  const box = await hotline({ nodes });
  try {
    box.bus.lose = dice.pick([0, 0.3, 1]);
    const successor: Actor = { person: newId(Date.now(), randomBytes(10)), org: box.orgs.saijo, role: 'member' };
    await box.does('system', addPerson, { id: successor.person, org: successor.org, role: 'member', name: '青野 悠', kana: 'あおの ゆう', phones: [] });
    for (const node of box.nodes) await node.sweep();
    const people: [CastName | 'successor', number][] = [['hanako', 1], ['taro', 2], ['aoi', 1], ['ken', 1], ['mika', 1], ['successor', 1]];
    const afloat = people.flatMap(([name, devices]) => Array.from({ length: devices }, (_, i): Afloat => {
      const actor = name === 'successor' ? successor : box.cast[name];
      return { name: `${name} ${i + 1}`, actor, device: box.deviceOf(actor, dice, dice.below(nodes)), given: [] };
    }));
    const shown = new Map<string, Set<number>>();
    const sea: Sea = {
      box, dice, afloat, successor, rooms: [],
      async give(by, deed, input) {
        const [home = 'w'] = deed.streams(input);
        const told = await by.device.end.send(deed, input);
        if (!told.ok) return;
        const one: Afloat['given'][number] = { id: told.id, home, answer: undefined, isDropped: false };
        by.given.push(one);
        void told.answer.then((answer) => { one.answer = answer; });
      },
      async someMessage(by) {
        const docs = await by.device.end.replica.all<Message>(message.noun);
        return docs.length > 0 ? dice.pick(docs.slice(-20)) : undefined;
      },
      async someRoom(by) {
        const held = (await by.device.end.replica.db.stream.toArray()).filter((s) => s.key.startsWith('r:'));
        return held.length > 0 ? dice.pick(held).key.slice(2) : undefined;
      },
    };
    for (const one of afloat) {
      // What was on a screen, so that nobody is said to have read more.
      const watch = (device: Device): void => {
        const real = device.end.shown.bind(device.end);
        device.end.shown = async (stream, ranges) => {
          const key = `${stream}/${one.actor.person}`;
          for (const [from, to] of ranges) for (let seq = from; seq <= to; seq++) (shown.get(key) ?? shown.set(key, new Set()).get(key)!).add(seq);
          await real(stream, ranges);
        };
        const restart = device.restart;
        (device as { restart: () => Device }).restart = () => {
          const next = restart();
          watch(next);
          return next;
        };
      };
      watch(one.device);
    }
    await box.plans();
    await until(() => afloat.every((a) => a.device.state() === 'open'), 'everyone to be on the line');
    const pool = acts.flatMap((act) => Array.from({ length: act.weight }, () => act));

    for (let step = 0; step < steps; step++) {
      const one = dice.pick(afloat);
      if (dice.chance(0.35)) await weather(sea, one);
      else await dice.pick(pool).do(sea, one);
      if (dice.chance(0.6)) await pass(dice.below(15));
    }
    await calm(sea);
    return [...(await check(sea, shown)), ...box.reports];
  } finally {
    await box.close();
  }
}

/** The sky clears: accounts are open, what was refused is taken off the lists, what is due is done, everyone agrees. */
async function calm({ box, afloat }: Sea): Promise<void> {
  for (const node of box.nodes) await node.sweep();
  const ken = box.cast.ken.person;
  if ((box.stair.memory.get('person', ken)!.value as { disabled?: boolean }).disabled) await box.does('hanako', enablePerson, { id: ken });
  for (const node of box.nodes) await node.sweep();
  for (const one of afloat) {
    const { wire, end } = one.device;
    wire.faults = { lose: 0, double: 0, hold: 0 };
    wire.mend();
    wire.cut();
    end.line.hurry();
  }
  await until(async () => {
    for (const one of afloat) {
      const { end } = one.device;
      const items = await end.replica.outbox.item.toArray();
      for (const item of items.filter((i) => i.state === 'refused')) {
        const given = one.given.find((g) => g.id === item.id)!;
        given.answer = { ok: false, code: item.code! };
        given.isDropped = true;
        await end.drop(item.id);
      }
      if (items.some((i) => i.state !== 'refused')) return false;
      if (one.device.state() !== 'open') {
        end.line.hurry();
        return false;
      }
    }
    return true;
  }, 'every command to be answered', 20_000).catch(async (error: Error) => {
    const left = await Promise.all(afloat.map(async (one) => `${one.name} is ${one.device.state()}, with ${JSON.stringify((await one.device.end.replica.outbox.item.toArray()).map(({ name, state, id }) => ({ name, state, id })))}`));
    throw new Error([error.message, ...left, ...box.reports].join('\n'));
  });
  for (let due = 1; due > 0;) due = await box.stair.clock.look();
  await box.everyoneAgrees();
}

/** Nothing acknowledged is lost, nothing takes effect twice, each sender's order stands, nobody has read what they were not shown. */
async function check({ box, afloat }: Sea, shown: ReadonlyMap<string, ReadonlySet<number>>): Promise<string[]> {
  const { pool } = box.stair;
  const wrong: string[] = [];
  const { rows: answers } = await pool.query<{ person: Id; id: Id; answer: Answer }>('select person, id, answer from command');
  const answered = new Map(answers.map((a) => [`${a.person}/${a.id}`, a.answer]));
  const placed = new Map<Id, { stream: StreamKey; seq: number; n: number }[]>();
  const { rows: streams } = await pool.query<{ no: number; key: string; head: number }>('select no, key, head from stream');
  const marks = await marksIn(pool);
  for (const stream of streams) {
    for (const event of await eventsAfter(pool, house, stream, 0, 1_000_000)) {
      const all = placed.get(event.id);
      const one = { stream: stream.key, seq: event.seq, n: event.n };
      if (all) all.push(one);
      else placed.set(event.id, [one]);
      if (event.message === undefined) continue;
      for (const who of new Set(afloat.map((a) => a.actor.person))) {
        const no = box.stair.memory.member(stream.key, who)?.no;
        const mark = no === undefined ? undefined : marks.get(`${stream.no}/${no}`);
        if (hasRead(mark, event.seq) && !shown.get(`${stream.key}/${who}`)?.has(event.seq)) wrong.push(`${who} is said to have read ${stream.key} ${event.seq}, which was never shown to them`);
      }
    }
  }
  for (const [id, events] of placed) {
    const ns = events.map((e) => e.n).sort((a, b) => a - b);
    if (ns.some((n, i) => n !== i)) wrong.push(`the events of ${id} are ${ns.join(',')}`);
  }
  for (const one of afloat) {
    const last = new Map<StreamKey, number>();
    for (const given of one.given) {
      const kept = answered.get(`${one.actor.person}/${given.id}`);
      const events = placed.get(given.id);
      // A device that was turned off before its answer came knows only that the command has left its list.
      if (!given.answer && !kept?.ok) wrong.push(`${one.name}: ${given.id} has left the list and was not done`);
      else if (given.answer?.ok && !kept?.ok) wrong.push(`${one.name}: ${given.id} was acknowledged and is lost`);
      else if (given.answer?.ok === false && events) wrong.push(`${one.name}: ${given.id} was refused (${given.answer.code}) and took effect`);
      const at = events?.find((e) => e.stream === given.home)?.seq;
      if (at === undefined) continue;
      if (at < (last.get(given.home) ?? 0)) wrong.push(`${one.name}: ${given.id} overtook what was said before it in ${given.home}`);
      last.set(given.home, at);
    }
  }
  wrong.push(...incidentsAstray(box), ...shutAstray(box));
  return wrong;
}

/** Rooms know exactly whose account is closed. */
function shutAstray({ stair: { memory } }: Hotline): string[] {
  const members = [...memory.streams.keys()].filter((key) => key !== workspaceStream).flatMap((key) => memory.of(key, 'member'));
  return members.flatMap(({ stream, value }) => {
    const who = value as Member;
    const closed = (memory.get('person', who.person)!.value as { disabled?: boolean }).disabled ?? false;
    return closed === (who.shut ?? false) ? [] : [`${stream} ${closed ? 'does not know' : 'still says'} that the account of ${who.card.name} is closed`];
  });
}

/** Rooms know exactly the disasters that are open in them, drills stand in rooms of their own, and nobody hit helps. */
function incidentsAstray({ stair: { memory } }: Hotline): string[] {
  const wrong: string[] = [];
  const rooms = [...memory.streams.keys()].flatMap((key) => memory.of(key, roomNoun.noun)).map((d) => d.value as Room);
  const incidents = memory.of('w', incident.noun).map((d) => d.value as Incident);
  for (const one of incidents) {
    const places = new Set(one.roles.map((role) => role.room));
    for (const room of rooms) {
      const told = room.incidents.find((i) => i.incident === one.id);
      const mustKnow = places.has(room.id) && (one.closedAt === undefined || one.drill);
      if (mustKnow !== (told !== undefined)) wrong.push(`${room.name} ${told ? 'still knows' : 'does not know'} ${one.name}`);
      if (told && told.name !== one.name) wrong.push(`${room.name} calls it ${told.name}, it is ${one.name}`);
      if (told && one.drill !== (room.drill === one.id)) wrong.push(`${one.name} stands in the wrong talk`);
      if (one.drill && room.drill === one.id && (room.closedAt === undefined) !== (one.closedAt === undefined)) wrong.push(`the twin of ${one.name} is not open as it is`);
    }
    for (const role of one.roles) {
      if ([role.primary, ...role.secondaries].some((org) => one.affected.includes(org))) wrong.push(`someone hit helps in ${one.name}`);
      if (roleOf(one, role.affected) !== 'affected') wrong.push(`${one.name} does not know who is hit`);
    }
    if (one.roles.map((role) => role.affected).join() !== one.affected.join()) wrong.push(`${one.name} has roles for others than those hit`);
  }
  return wrong;
}
