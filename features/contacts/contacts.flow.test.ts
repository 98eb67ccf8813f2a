import { hotline, type Hotline } from '../../e2e/box/hotline.ts';
import { findAudit } from '@noroshi/features/keeping';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { until } from '@noroshi/foundations/testing';
import { workspaceStream } from '@noroshi/foundations/sync';
import { randomBytes } from 'node:crypto';
import { contactsOwe } from './web/owes.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amendContact, confirmContact, contact, goodFor, favourites, importContacts, ownStream, putContact, regions, removeContact, setFavourite, setRegions, type Contact, type Content, type Favourites } from './contacts.ts';

let box: Hotline;
beforeAll(async () => { box = await hotline(); });
afterAll(() => box.close());

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const does = async (who: Actor, deed: { deed: string }, input: unknown): Promise<string | undefined> => {
  const answer = await box.stair.submit(who, { id: fresh(), name: deed.deed, input });
  return answer.ok ? undefined : answer.code;
};
const hospital: Content = { kind: 'hospital', name: '県立南宇和病院', kana: 'けんりつみなみうわびょういん', phones: [{ kind: 'office', number: '0895-00-0900' }] };
const now = (id: Id): Contact => box.stair.memory.get(contact.noun, id)!.value as Contact;
const tends = (): Actor => ({ ...box.cast.taro, role: 'manager' });

describe('外部の連絡先', () => {
  it('AB1 AB3 each list is kept by its own; all inside see it, guests nothing; nobody writes over what they have not seen', async () => {
    const { hanako, taro, aoi, mika } = box.cast;
    const { ehime, seiyo, iyo } = box.orgs;
    const [one, towns] = [fresh(), fresh()];
    expect(await does(taro, putContact, { id: one, org: ehime, ...hospital })).toBe('contacts.notYours');
    expect(await does(taro, putContact, { id: one, org: seiyo, ...hospital })).toBe('contacts.notYours');
    expect(await does(tends(), putContact, { id: one, org: iyo, ...hospital })).toBe('contacts.notYours');
    expect(await does(mika, putContact, { id: one, org: ehime, ...hospital })).toBe('stream.notFound');
    expect(await does({ ...hanako, role: 'member' }, putContact, { id: one, org: ehime, ...hospital })).toBeUndefined();
    expect(await does(tends(), putContact, { id: towns, org: seiyo, ...hospital, phones: [] })).toBe('contacts.noWay');
    expect(await does(tends(), putContact, { id: towns, org: seiyo, ...hospital, name: '西予市民病院' })).toBeUndefined();
    // Another's list is not a way to a contact of it.
    expect(await does(tends(), amendContact, { org: seiyo, contact: one, sees: 1, ...hospital })).toBe('contacts.notFound');
    expect(await does(hanako, amendContact, { org: ehime, contact: one, sees: 1, ...hospital, note: '夜間は守衛室' })).toBeUndefined();
    expect(await does(hanako, amendContact, { org: ehime, contact: one, sees: 1, ...hospital })).toBe('contacts.changedMeanwhile');
    expect(now(one)).toMatchObject({ rev: 2, note: '夜間は守衛室', checked: { by: hanako.person } });
    const written = now(one).checked.at;
    box.clock.pass(60_000);
    expect(await does(aoi, confirmContact, { org: ehime, contact: one, sees: 2 })).toBe('contacts.notYours');
    expect(await does(hanako, confirmContact, { org: ehime, contact: one, sees: 1 })).toBe('contacts.changedMeanwhile');
    expect(await does(hanako, confirmContact, { org: ehime, contact: one, sees: 2 })).toBeUndefined();
    expect(now(one)).toMatchObject({ rev: 2, checked: { by: hanako.person } });
    expect(now(one).checked.at).toBeGreaterThan(written + 50_000);
    const [ken, guest] = [box.device('ken'), box.device('mika')];
    await until(async () => (await ken.end.replica.all(contact.noun)).length === 2, 'both contacts to be on the device');
    expect(await guest.end.replica.all(contact.noun)).toEqual([]);
  });

  it('AB4 what is taken out is on no device and in nothing that goes out; that it stood there is in the audit, and no word of it', async () => {
    const { hanako } = box.cast;
    const { ehime } = box.orgs;
    const one = fresh();
    await box.does('hanako', putContact, { id: one, org: ehime, ...hospital, name: '電力会社 愛媛支店', person: '大西 守', phones: [{ kind: 'mobile', number: '090-0000-0601' }] });
    const before = box.device('aoi');
    await until(async () => (await before.end.replica.get(contact.noun, one)) !== undefined, 'the contact to come');
    expect(await does(hanako, removeContact, { org: ehime, contact: one, sees: 1 })).toBeUndefined();
    expect(await does(hanako, removeContact, { org: ehime, contact: one, sees: 2 })).toBe('contacts.gone');
    await until(async () => ((await before.end.replica.get<Contact>(contact.noun, one))?.removed) !== undefined, 'it to go');
    const late = box.device('ken');
    await until(async () => ((await late.end.replica.get<Contact>(contact.noun, one))?.removed) !== undefined, 'a new device to know that it went');
    for (const device of [before, late]) expect(JSON.stringify(await device.end.replica.db.doc.toArray())).not.toMatch(/大西 守|0601/);
    const told = await box.stair.ask(hanako, findAudit.question, { group: 'people' }) as { value: { lines: { kind: string }[] } };
    expect(told.value.lines.map(({ kind }) => kind).slice(0, 2)).toEqual(['contacts.removed', 'contacts.put']);
    expect(JSON.stringify(told)).not.toMatch(/大西 守|0601/);
  });

  it('AB3 is written without a line, and stands on the device at once', async () => {
    const device = box.device('hanako');
    await until(async () => (await device.end.replica.all(contact.noun)).length > 0, 'the list to be here');
    device.wire.cut();
    const one = fresh();
    expect((await device.end.send(putContact, { id: one, org: box.orgs.ehime, ...hospital, name: '鉄道会社' })).ok).toBe(true);
    const [item] = await device.end.replica.outbox.item.toArray();
    expect((await device.end.overlay([], [item!])).find(({ noun }) => noun === contact.noun)).toMatchObject({ id: one, value: { name: '鉄道会社' } });
    expect(box.stair.memory.get(contact.noun, one)).toBeUndefined();
    device.wire.mend();
    await until(() => box.stair.memory.get(contact.noun, one) !== undefined, 'it to be told');
  });
});

it('AB9 a file that is taken in twice makes each contact once; what was taken out stays out, and nobody fills another’s list', async () => {
  const { hanako } = box.cast;
  const { seiyo, ehime } = box.orgs;
  const [first, second] = [fresh(), fresh()];
  const contacts = [{ ...hospital, id: first, name: '大洲消防' }, { ...hospital, id: second, name: '大洲警察' }];
  expect(await does(tends(), importContacts, { org: ehime, contacts })).toBe('contacts.notYours');
  expect(await does(tends(), importContacts, { org: seiyo, contacts: [...contacts, contacts[0]] })).toBe('command.idTaken');
  expect(await does(tends(), importContacts, { org: seiyo, contacts: [{ ...contacts[0], phones: [] }] })).toBe('contacts.noWay');
  expect(await does(tends(), importContacts, { org: seiyo, contacts })).toBeUndefined();
  expect(await does(hanako, removeContact, { org: seiyo, contact: second, sees: 1 })).toBeUndefined();
  expect(await does(tends(), importContacts, { org: seiyo, contacts: [{ ...contacts[0]!, note: '夜間は本署' }, contacts[1]] })).toBeUndefined();
  expect(await does(tends(), importContacts, { org: seiyo, contacts: [{ ...contacts[0]!, note: '夜間は本署' }] })).toBeUndefined();
  expect([now(first).rev, now(first).note, now(second).removed !== undefined]).toEqual([2, '夜間は本署', true]);
  // A contact of another list is not changed by it.
  const mine = box.stair.memory.of(workspaceStream, contact.noun).map(({ value }) => value as Contact).find(({ org, removed }) => org === ehime && !removed)!;
  expect(await does(tends(), importContacts, { org: seiyo, contacts: [{ ...hospital, id: mine.id }] })).toBe('command.idTaken');
});

describe('AB7 お気に入り', () => {
  it('are on all of one’s devices and on nobody else’s, from the first one on, also without a line', async () => {
    const { taro, hanako, mika } = box.cast;
    const [phone, desk, other] = [box.device('taro'), box.device('taro'), box.device('aoi')];
    await until(async () => (await phone.end.replica.all('person')).length > 0, 'the directory to be here');
    phone.wire.cut();
    for (const of of [hanako.person, taro.person]) expect((await phone.end.send(setFavourite, { of, on: true })).ok).toBe(true);
    expect((await phone.end.send(setFavourite, { of: taro.person, on: false })).ok).toBe(true);
    phone.wire.mend();
    await until(async () => (await phone.end.replica.outbox.item.count()) === 0, 'all of it to be told');
    await until(async () => ((await desk.end.replica.get<Favourites>(favourites.noun, taro.person))?.of.length) === 1, 'the other device to have it');
    expect(box.stair.memory.get(favourites.noun, taro.person)).toMatchObject({ stream: ownStream(taro.person), value: { of: [hanako.person] } });
    expect(await other.end.replica.all(favourites.noun)).toEqual([]);
    expect([...box.stair.memory.sight(hanako.person).keys()]).not.toContain(ownStream(taro.person));
    expect(await does(mika, setFavourite, { of: hanako.person, on: true })).toBe('contacts.notFound');
    expect(await does(taro, setFavourite, { of: fresh(), on: true })).toBe('contacts.notFound');
  });
});

it('AB6 a year later those who keep a contact are asked on Home, in one row and not while a disaster is under way; whoever says that it is right is asked no more', async () => {
  const [hanako, aoi] = [box.device('hanako'), box.device('aoi')];
  const mine = (): Contact[] => box.stair.memory.of(workspaceStream, contact.noun).map(({ value }) => value as Contact).filter(({ org, removed }) => org === box.orgs.ehime && !removed);
  await until(async () => (await hanako.end.replica.all(contact.noun)).length === box.stair.memory.of(workspaceStream, contact.noun).length, 'all contacts to be on the device');
  expect(await contactsOwe(hanako.end)).toEqual([]);
  box.clock.pass(goodFor + 1_000);
  expect(await contactsOwe(hanako.end)).toMatchObject([{ key: 'contacts/check', weight: 'plain', href: '/contacts/check' }]);
  // Who keeps none is asked about none.
  expect(await contactsOwe(aoi.end)).toEqual([]);
  // Said on this device, without a line: it is asked no more here.
  hanako.wire.cut();
  for (const { id, rev, org } of mine()) expect((await hanako.end.send(confirmContact, { org, contact: id, sees: rev })).ok).toBe(true);
  expect(await contactsOwe(hanako.end)).toEqual([]);
  hanako.wire.mend();
  await until(() => mine().every(({ checked }) => checked.at > box.clock.now() - goodFor), 'all to be checked');
  box.clock.pass(goodFor + 1_000);
  expect(await contactsOwe(hanako.end)).toHaveLength(1);
  await box.plans();
  await box.flood();
  await until(async () => (await hanako.end.replica.all('incident')).length === 1, 'the disaster to be known');
  expect(await contactsOwe(hanako.end)).toEqual([]);
});

it('AB8 regions are said by administrators, whole; no town stands in two', async () => {
  const { seiyo, saijo, iyo } = box.orgs;
  const said = [{ name: '南予', romaji: 'Nanyo', orgs: [seiyo] }, { name: '東予', romaji: 'Toyo', orgs: [saijo] }];
  expect(await does(tends(), setRegions, { regions: said })).toBe('directory.notAllowed');
  expect(await does(box.cast.hanako, setRegions, { regions: [...said, { name: '中予', romaji: '', orgs: [iyo, seiyo] }] })).toBe('contacts.regionTwice');
  expect(await does(box.cast.hanako, setRegions, { regions: [{ name: '南予', romaji: '', orgs: [fresh()] }] })).toBe('directory.organizationNotFound');
  expect(await does(box.cast.hanako, setRegions, { regions: said })).toBeUndefined();
  expect(box.stair.memory.of(workspaceStream, regions.noun).map(({ value }) => value)).toEqual([{ regions: said }]);
  await box.everyoneAgrees();
});
