import { addPerson, disablePerson } from '@noroshi/features/directory';
import { acceptInvitation } from '@noroshi/features/account';
import { send } from '@noroshi/features/request';
import { openRoom, say } from '@noroshi/features/talk';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { idToBytes, newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { down, pack, subprotocol, unpack, up, wireVersion, type Frame } from '@noroshi/foundations/sync';
import { Stair } from '@noroshi/foundations/sync/server';
import { answers, demoHouse } from '@noroshi/server/features';
import { calls, schemaOf } from '@noroshi/server/openapi';
import { until } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openDoor, type OpenDoor } from '../box/door.ts';
import { hotline, type Hotline } from '../box/hotline.ts';
import { hostileInputs, sample, type Hostile } from './hostile-inputs.ts';

// Every deed, question and door of the house, by everyone who could send it, with everything hostile that follows from
// its own form. A new one is covered by being in the house.

const roles = ['administrator', 'manager', 'managerOfOther', 'member', 'guest', 'disabled', 'nobody'] as const;
type RoleName = (typeof roles)[number];

const fresh = (): Id => newId(Date.now(), randomBytes(10));
/** Words that nobody of the roles may ever be told. */
const hidden = '秘密の言葉・橋が落ちた';
/** A name that is in the directory: people from outside, and nobody at all, are not told it. */
const inside = '住所録 ひとみ';

let box: Hotline;
let door: OpenDoor;
const people = {} as Record<Exclude<RoleName, 'nobody'>, Id>;
/** Here it is asked what is answered, not how often one may ask. */
const endless = { burst: 1e9, perSecond: 1e9 };
/** Bugs that the house reported. */
const faults: string[] = [];
const cookies = {} as Record<RoleName, string | undefined>;
const known: Record<string, Id> = {};
let othersCommand: Id;

/** Does what must be possible. */
const does = async (name: string, input: unknown, actor: Actor = box.cast.hanako, id = fresh()): Promise<Id> => {
  expect(await door.stair.submit(actor, { id, name, input }), name).toMatchObject({ ok: true });
  return id;
};

const cookieFor = async (person: Id): Promise<string> => {
  const visitor = door.visitor();
  await visitor.ask(acceptInvitation, { token: await door.accounts.linkFor(person) });
  return visitor.cookie!;
};

beforeAll(async () => {
  box = await hotline();
  await box.plans();
  known.incident = await box.flood();
  door = await openDoor(await Stair.open({ pool: box.stair.pool, house: demoHouse, now: box.clock.now, answers, limits: { commands: endless, fetches: endless, questions: endless, frames: endless, lines: endless }, report: (error, what) => void faults.push(`${what}: ${String(error)}`) }), { cast: () => undefined });
  const add = async (org: Id, role: 'administrator' | 'manager' | 'member' | 'guest', name: string): Promise<Id> => {
    const id = fresh();
    await does(addPerson.deed, { id, org, role, name, kana: '', phones: [], ...(role === 'guest' ? {} : { post: { id: fresh(), title: '係', duty: 'other', rank: 50 } }) });
    return id;
  };
  people.administrator = await add(box.orgs.ehime, 'administrator', '管理 一');
  people.manager = await add(box.orgs.seiyo, 'manager', '市町 二');
  people.managerOfOther = await add(box.orgs.iyo, 'manager', '市町 三');
  people.member = await add(box.orgs.seiyo, 'member', '職員 四');
  people.guest = await add(box.orgs.hiroshima, 'guest', '外部 五');
  people.disabled = await add(box.orgs.seiyo, 'member', '退職 六');
  known.person = await add(box.orgs.seiyo, 'member', inside);
  for (const role of roles) if (role !== 'nobody') cookies[role] = await cookieFor(people[role]);
  await does(disablePerson.deed, { id: people.disabled });
  // Ken and Mika have a room of their own; nobody of the roles is in it.
  const { ken } = box.cast;
  known.hiddenRoom = fresh();
  await does(openRoom.deed, { id: known.hiddenRoom, kind: 'purpose', name: hidden, short: '秘', orgs: [], people: [box.cast.mika.person] }, ken);
  known.hiddenMessage = othersCommand = await does(say.deed, { room: known.hiddenRoom, text: hidden }, ken);
  known.group = box.groupC;
  known.organization = box.orgs.saijo;
  known.request = await does(send.deed, { room: box.groupC, incident: known.incident, lines: [{ duty: 'shelter', count: 12 }] }, box.cast.taro);
  known.session = (await box.stair.pool.query<{ id: Id }>('select id from account_session where person = $1', [people.manager])).rows[0]!.id;
});
beforeEach(async () => {
  // A room in which all roles are, with something said: what one of them ends, the next call finds anew.
  known.room = fresh();
  await does(openRoom.deed, { id: known.room, kind: 'purpose', name: 'みんな', short: '皆', orgs: [], people: [box.cast.taro.person, ...roles.flatMap((role) => (role === 'nobody' || role === 'disabled' ? [] : [people[role]]))] });
  known.message = await does(say.deed, { room: known.room, text: '聞こえますか', urgency: 'important' }, box.cast.taro);
});
afterAll(async () => {
  await door?.close();
  await door?.stair.close();
  await box?.close();
});

const post = (name: string, role: RoleName, payload: string) => door.app.inject({
  method: 'POST', url: `/api/${name}`, payload, remoteAddress: '192.0.2.9',
  headers: { 'content-type': 'application/json', ...(cookies[role] ? { cookie: cookies[role] } : {}) },
});

/** What is wrong with an answer, in a sentence; nothing when it is a clear answer. */
function complaint(role: RoleName, { statusCode, body }: { statusCode: number; body: string }, signedIn: boolean): string | undefined {
  if (statusCode >= 500) return `answered ${statusCode}: ${body.slice(0, 300)}`;
  if (body.includes(hidden)) return `told what nobody but Ken may know: ${body.slice(0, 300)}`;
  if ((role === 'guest' || role === 'nobody' || role === 'disabled') && signedIn && body.includes(inside)) return `told who is in the directory: ${body.slice(0, 300)}`;
  const answer: unknown = JSON.parse(body);
  if (statusCode === 200) return (role === 'nobody' || role === 'disabled') && signedIn ? `let someone in who is not: ${body.slice(0, 300)}` : undefined;
  const { ok, code } = answer as { ok?: unknown; code?: string };
  if (ok !== false || typeof code !== 'string') return `refused without a code: ${body.slice(0, 300)}`;
  if (code === 'command.failed') return 'made a rule throw';
  for (const dictionary of [japanese, english]) if (!(`refusal.${code}` in dictionary)) return `refused with ${code}, for which there is no sentence`;
  if ((role === 'nobody' || role === 'disabled') && signedIn && code !== 'account.signedOut' && statusCode !== 400 && statusCode !== 413) return `answered someone who is not in with ${code}`;
  return undefined;
}

const tooMuch = `"${'x'.repeat(300_000)}"`;

/** The bodies for one call: inputs as they are, or in the envelope of a command. */
function* bodies(kind: 'deed' | 'question' | 'door', inputs: Iterable<Hostile>, ownId: () => Id): Generator<Hostile> {
  for (const { what, json } of inputs) yield kind === 'deed' ? { what, json: `{"id":"${ownId()}","input":${json}}` } : { what, json };
  yield { what: 'no JSON', json: '{"id":' };
  yield { what: 'nothing', json: '' };
  yield { what: 'too much', json: tooMuch };
  if (kind !== 'deed') return;
  for (const id of ['null', '1', '"x"', '"0197A000-0000-7000-8000-000000000001"', '{}', '"\\u0000"', `"${'a'.repeat(1_000)}"`]) yield { what: `the command's id is ${id.slice(0, 40)}`, json: `{"id":${id},"input":{}}` };
  yield { what: 'no input', json: `{"id":"${ownId()}"}` };
}

/** All that can be asked, with what ends things for others at the end. */
const inOrder = calls(demoHouse).toSorted((a, b) => ends(a.name) - ends(b.name));
function ends(name: string): number {
  return name === 'incident.close' ? 3 : name === 'request.close' || name === 'request.withdraw' || name === 'request.cancel' ? 2 : name.startsWith('directory.') ? 1 : 0;
}

describe('whatever is sent by whomever gets a clear answer', () => {
  it.each(inOrder.map(({ name, ...call }) => [name, call] as const))('%s', async (name, { kind, signedIn, of }) => {
    const schema = schemaOf(of.input, 'input');
    // What is made gets a new id; what is named exists and is another's.
    const idOf = (field: string): Id => (field === 'org' ? known.organization! : (known[field] ?? fresh()));
    const complaints: string[] = [];
    let count = 0;
    for (const [from, role] of roles.entries()) {
      // Who may most and who may least try half of it each; the others each a part of their own.
      const share = role === 'administrator' || role === 'guest' ? { every: 2, from: role === 'guest' ? 1 : 0 } : { every: 8, from };
      const all = [...bodies(kind, hostileInputs(schema, idOf, known, share), fresh)];
      if (kind === 'deed') {
        const input = JSON.stringify(sample(schema, false, idOf));
        const again = fresh();
        for (const deviceAt of ['1e300', '-1', '0.5', '"x"', 'null', '{}']) all.push({ what: `the device's clock says ${deviceAt}`, json: `{"id":"${fresh()}","input":${input},"deviceAt":${deviceAt}}` });
        all.push({ what: "another's command id", json: `{"id":"${othersCommand}","input":${input}}` }, { what: 'an id', json: `{"id":"${again}","input":${input}}` }, { what: 'the same id again', json: `{"id":"${again}","input":${input}}` });
      }
      // In groups, so that they also meet in one batch of the committer.
      for (let at = 0; at < all.length; at += 40) {
        await Promise.all(all.slice(at, at + 40).map(async ({ what, json }) => {
          const answer = await post(name, role, json);
          count += 1;
          const found = complaint(role, answer, signedIn);
          if (found && complaints.length < 10) complaints.push(`${role}, ${what}: ${found}`);
        }));
        // A door may have shown someone out; they come in again.
        if (kind === 'door' && role !== 'nobody' && role !== 'disabled' && (await post('account.me', role, '{}')).statusCode !== 200) cookies[role] = await cookieFor(people[role]);
      }
    }
    expect(complaints).toEqual([]);
    expect(count).toBeGreaterThan(roles.length * 15);
  });

  it('a line that brings garbage is ended, and nobody else notices', async () => {
    await door.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = door.app.server.address() as { port: number };
    const hello = pack([up.hello, wireVersion, new Uint8Array(16)]);
    const bin = new Uint8Array(16).fill(0xff);
    const garbage: Uint8Array[][] = [
      [Buffer.alloc(64, 0xc1)], [pack([99])], [pack([up.command, bin, 'talk.say', {}, 0])], [hello, pack([99])], [hello, Buffer.alloc(1_000, 0xc1)], [hello, pack([up.fetch, -1, 'x'])],
      [hello, pack([up.command, new Uint8Array(3), 'talk.say', {}, 0])], [hello, pack([up.command, bin, 7 as never, {}, 0])], [hello, pack([up.read, 1e9, [[1]]])], [hello, pack([up.old, 1.5, 1, 1])], [hello, pack([up.hello, 99, bin])],
      [hello, Buffer.from([0xdd, 0xff, 0xff, 0xff, 0xff])], [hello, Buffer.alloc(300 * 1024)],
    ];
    for (const frames of garbage) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/line`, subprotocol, { headers: { cookie: cookies.member! } });
      const closed = new Promise<number>((resolve) => socket.on('close', resolve));
      socket.on('open', () => { for (const frame of frames) socket.send(frame); });
      socket.on('error', () => undefined);
      const code = await Promise.race([closed, new Promise<'open'>((resolve) => setTimeout(() => resolve('open'), 2_000).unref())]);
      expect([4000, 1009], `${Buffer.from(frames.at(-1)!).toString('hex').slice(0, 60)}: ${code}`).toContain(code);
    }
    // Commands of odd values are refused like any other, and the line goes on.
    const socket = new WebSocket(`ws://127.0.0.1:${port}/line`, subprotocol, { headers: { cookie: cookies.member! } });
    await new Promise((resolve) => socket.on('open', resolve));
    const heard: Frame[] = [];
    socket.on('message', (data) => heard.push(...(unpack(data as Buffer) ?? [])));
    socket.send(hello);
    let k = 0;
    for (const input of [bin, 2 ** 60, null, undefined, { room: bin }, { room: known.room, text: 'a\u0000' }, [[[]]]]) {
      for (const deviceAt of [0.5, -1, 1e300, 'x']) socket.send(pack([up.command, idToBytes(fresh()), 'talk.say', input, deviceAt, ++k] as never));
    }
    await until(() => heard.filter((frame) => frame[0] === down.answer).length === k, 'every command to be answered');
    expect(heard.filter((frame) => frame[0] === down.answer && (frame[2] === 1 || !(`refusal.${String(frame[3])}` in japanese)))).toEqual([]);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  });

  it('and afterwards the house stands: it is well, people talk, and another server opens on the same tables', async () => {
    expect((await door.app.inject('/healthz')).statusCode).toBe(200);
    await does(say.deed, { room: known.room, text: 'まだ聞こえますか' }, box.cast.taro);
    const other = await Stair.open({ pool: box.stair.pool, house: demoHouse, now: box.clock.now, answers });
    for (const [key, stream] of door.stair.memory.streams) expect(other.memory.streams.get(key)?.head, key).toBe(stream.head);
    await other.close();
    expect(faults).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
