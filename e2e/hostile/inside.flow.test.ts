import { addPerson, amendPerson, handOver, post, thePerson, type Post } from '@noroshi/features/directory';
import { request, send, type DispatchRequest } from '@noroshi/features/request';
import { addPeople, openRoom, removePerson, say } from '@noroshi/features/talk';
import { derivedId, newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { roomStream, workspaceStream, type Deed } from '@noroshi/foundations/sync';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hotline, type Hotline } from '../box/hotline.ts';

// What someone who is rightly in the house might try: each has stood open once.

let box: Hotline;
beforeEach(async () => { box = await hotline(); });
afterEach(() => box?.close());

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const asks = <I>(actor: Actor, deed: Deed<I, any> & { deed: string }, input: I, id = fresh()) => box.stair.submit(actor, { id, name: deed.deed, input });
const sees = (person: Id, room: Id): boolean => box.stair.memory.sight(person).has(roomStream(room));
const manager = async (org: Id): Promise<Actor> => {
  const person = fresh();
  await box.does('system', addPerson, { id: person, org, role: 'manager', name: '管理 人', kana: '', phones: [] });
  return { person, org, role: 'manager' };
};

describe('a request’s clock', () => {
  it('is stopped by nobody who takes beforehand the ids that it will use', async () => {
    await box.plans();
    const flood = await box.flood();
    await box.does('hanako', addPerson, { id: fresh(), org: box.orgs.iyo, role: 'member', name: '一 般', kana: '', phones: [] });
    const asked = await box.does('taro', send, { room: box.groupC, incident: flood, lines: [{ duty: 'shelter', count: 12 }] });
    // Ken knows the request's id, and how ids follow from ids. What the clock will say in the room would need this one.
    const job = derivedId(asked, 'clock');
    for (let i = 0; i < 3; i++) await asks(box.cast.ken, say, { room: box.groupC, text: '先回り' }, derivedId(job, `note/pass/${i}`));
    box.clock.pass(31 * 60_000);
    while (await box.stair.clock.look() > 0);
    const { stages } = box.stair.memory.get(request.noun, asked)!.value as DispatchRequest;
    expect(stages[1]!.tier).toBe('secondaries');
  });
});

describe('a desk that changes hands', () => {
  it('does not hand on what two people said to each other', async () => {
    const { ken, aoi } = box.cast;
    const own = fresh();
    await box.does('aoi', openRoom, { id: own, kind: 'direct', name: '二人', short: '二', orgs: [], people: [ken.person] });
    await box.does('aoi', say, { room: own, text: '内緒の話' });
    const curious = await manager(box.orgs.saijo);
    const desk = (box.stair.memory.of(workspaceStream, post.noun).map((doc) => doc.value as Post)).find((one) => one.holder === aoi.person)!;
    expect(await asks(curious, handOver, { post: desk.id, from: aoi.person, to: curious.person })).toMatchObject({ ok: true });
    expect(sees(curious.person, box.groupC)).toBe(true);
    expect(sees(curious.person, own)).toBe(false);
    expect(sees(aoi.person, own)).toBe(true);
  });
});

describe('an administrator', () => {
  it('does not let themselves into a room for a purpose in which they do not sit', async () => {
    const { ken, taro, hanako } = box.cast;
    const own = fresh();
    await box.does('ken', openRoom, { id: own, kind: 'purpose', name: '人事の相談', short: '人', orgs: [], people: [taro.person, hanako.person] });
    await box.does('ken', removePerson, { room: own, person: hanako.person });
    expect(await asks(hanako, addPeople, { room: own, people: [hanako.person], history: true })).toMatchObject({ ok: false, code: 'talk.roomNotFound' });
    expect(sees(hanako.person, own)).toBe(false);
    expect(sees(ken.person, own)).toBe(true);
  });

  it('is changed by no manager of the same organization', async () => {
    const { hanako } = box.cast;
    const other = await manager(box.orgs.ehime);
    const before = box.stair.memory.get(thePerson(hanako.person).noun, hanako.person)!.value;
    expect(await asks(other, amendPerson, { id: hanako.person, name: '偽 物', kana: '', phones: [], email: 'taken@x.example' })).toMatchObject({ ok: false, code: 'directory.notAllowed' });
    expect(box.stair.memory.get('person', hanako.person)!.value).toEqual(before);
  });
});
