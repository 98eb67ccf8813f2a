import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { acceptInvitation, beginHouse, invite } from '@noroshi/features/account';
import { openBoard } from '@noroshi/features/board';
import { openCalendar } from '@noroshi/features/calendar';
import { addOrganization, addPerson, addPost, handOver } from '@noroshi/features/directory';
import { openIncident, revisePlan } from '@noroshi/features/incident';
import { openRoom } from '@noroshi/features/talk';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import type { Deed } from '@noroshi/foundations/sync';
import { freePort, until } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { HouseServer } from './house-server.ts';

/** Someone of the house, and what each of their devices is signed in with. */
export interface Dweller { readonly name: string; readonly actor: Actor; readonly cookies: readonly string[] }

/** Whom and what a round finds in the house. */
export interface BaseHouse {
  readonly people: readonly Dweller[];
  /** Ehime, its towns, and a prefecture beside it. */
  readonly orgs: Readonly<Record<OrgName, Id>>;
  readonly groupC: Id;
  /** All read it; those of Ehime and Seiyo write on it. */
  readonly board: Id;
  /** The same for appointments. */
  readonly calendar: Id;
  readonly incident: Id;
}

export const fresh = (): Id => newId(Date.now(), randomBytes(10));
export const password = '緑の机に三本の傘がある';

/** How many devices each has. */
const devices = { makoto: 1, taro: 2, rie: 1, aoi: 1, ken: 1, mika: 1 } as const;

const orgNames = ['ehime', 'seiyo', 'saijo', 'iyo', 'ozu', 'hiroshima'] as const;
type OrgName = (typeof orgNames)[number];

/**
 * Makes the house that each round begins with, as people do it: the real server is started, its first link is opened, and
 * all else is said over HTTP. Ehime with its towns, a flood in Seiyo, a board and a calendar, and everyone signed in by an
 * invitation.
 * @param folder comes to hold `data` (a NOROSHI_DATA) and `people.json`; a house that is there is left as it is
 */
export async function baseHouse(folder: string): Promise<BaseHouse> {
  const list = join(folder, 'people.json');
  if (!existsSync(list)) writeFileSync(list, JSON.stringify(await build(join(folder, 'data'), join(folder, 'build.log'), settle)));
  return JSON.parse(readFileSync(list, 'utf8')) as BaseHouse;
}

/**
 * Starts the real server on nothing, and has its house made.
 * @param data comes to be its NOROSHI_DATA
 * @param log where its words go
 * @param settles makes the house, from the address and its first link on
 */
export async function build<T>(data: string, log: string, settles: (address: string, token: string) => Promise<T>): Promise<T> {
  // What was begun and not finished prints no first link any more.
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o711 });
  const server = new HouseServer({ data, port: await freePort(), log });
  server.start();
  try {
    await server.up();
    const token = await until(() => /\/invitation#([\w-]{43})/.exec(server.words)?.[1], 'the first link to be printed');
    const house = await settles(server.address, token);
    await server.stop();
    // A small disk holds a short journal.
    await appendFile(join(data, 'postgres/cluster/postgresql.conf'), '\nmax_wal_size = 64MB\nmin_wal_size = 32MB\n');
    return house;
  } finally {
    await server.stop();
  }
}

async function settle(address: string, token: string): Promise<BaseHouse> {
  const first = await come(address, beginHouse.door, {
    token, name: '渡部 花子', kana: 'わたなべ はなこ', login: 'hanako', password,
    organization: { code: '380008', name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '県' },
  });
  const hanako: Actor = { person: first.me.person, org: first.me.org, role: 'administrator' };
  const orgs: Record<OrgName, Id> = { ehime: hanako.org, seiyo: fresh(), saijo: fresh(), iyo: fresh(), ozu: fresh(), hiroshima: fresh() };
  const does: Does = async (deed, input) => void (await post(address, deed.deed, { id: fresh(), input }, first.cookie));
  await does(addOrganization, { id: orgs.seiyo, code: '382141', name: '西予市', kana: 'せいよし', romaji: 'Seiyo', short: '西予', kind: 'city' });
  await does(addOrganization, { id: orgs.saijo, code: '382060', name: '西条市', kana: 'さいじょうし', romaji: 'Saijo', short: '西条', kind: 'city' });
  await does(addOrganization, { id: orgs.iyo, code: '382108', name: '伊予市', kana: 'いよし', romaji: 'Iyo', short: '伊予', kind: 'city' });
  await does(addOrganization, { id: orgs.hiroshima, code: '340006', name: '広島県', kana: 'ひろしまけん', romaji: 'Hiroshima', short: '広島', kind: 'outside' });
  const desk = fresh();
  await does(addPost, { id: desk, org: orgs.ehime, title: '防災局 課長', duty: 'headquarters', rank: 30 });
  await does(handOver, { post: desk, to: hanako.person });
  const cast = {
    makoto: { name: '宮崎 誠', kana: 'みやざき まこと', org: orgs.ehime, role: 'member', post: { id: fresh(), title: '防災局 主任', duty: 'headquarters', rank: 50 } },
    taro: { name: '兵頭 太郎', kana: 'ひょうどう たろう', org: orgs.seiyo, role: 'member', post: { id: fresh(), title: '副市長', duty: 'deputyHead', rank: 10 } },
    rie: { name: '三好 理恵', kana: 'みよし りえ', org: orgs.seiyo, role: 'member', post: { id: fresh(), title: '危機管理課 課長補佐', duty: 'disaster', rank: 40 } },
    aoi: { name: '越智 葵', kana: 'おち あおい', org: orgs.saijo, role: 'member', post: { id: fresh(), title: '危機管理課 係長', duty: 'disaster', rank: 40 } },
    ken: { name: '向井 健', kana: 'むかい けん', org: orgs.iyo, role: 'member', post: { id: fresh(), title: '総務課 人事係', duty: 'personnel', rank: 50 } },
    mika: { name: '佐々木 美香', kana: 'ささき みか', org: orgs.hiroshima, role: 'guest' },
  } as const;
  const people: Dweller[] = [];
  for (const [name, who] of Object.entries(cast)) {
    const person = fresh();
    await does(addPerson, { ...who, id: person, phones: [] });
    people.push({ name, actor: { person, org: who.org, role: who.role }, cookies: [] });
  }
  const [groupC, incident, board, calendar] = [fresh(), fresh(), fresh(), fresh()];
  const mika = people.find(({ name }) => name === 'mika')!;
  await does(openRoom, { id: groupC, kind: 'group', name: 'グループC', short: 'C', orgs: [orgs.ehime, orgs.seiyo, orgs.saijo, orgs.iyo], people: [] });
  await does(openRoom, { id: fresh(), kind: 'purpose', name: '広島県との連絡', short: '広島', orgs: [], people: people.map(({ actor }) => actor.person) });
  const row = (affected: Id, supporters: Id[]) => ({ affected, supporters: supporters.map((org) => ({ org, assumed: false })) });
  await does(revisePlan, { seen: 0, name: '2018年度', from: '2018-04-01', rows: [row(orgs.seiyo, [orgs.saijo, orgs.iyo]), row(orgs.saijo, [orgs.iyo, orgs.seiyo]), row(orgs.iyo, [orgs.saijo, orgs.seiyo])] });
  await does(openIncident, { id: incident, name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [orgs.seiyo] });
  // The plan does not name it, and it can be asked all the same.
  await does(addOrganization, { id: orgs.ozu, code: '382078', name: '大洲市', kana: 'おおずし', romaji: 'Ozu', short: '大洲', kind: 'city' });
  const readers = { orgs: [orgs.ehime, orgs.seiyo, orgs.saijo, orgs.iyo], people: [mika.actor.person] };
  const writers = { orgs: [orgs.ehime, orgs.seiyo], people: [] };
  await does(openBoard, { id: board, name: '全体掲示板', short: '掲', categories: [{ id: 'all', name: '連絡' }], readers, writers });
  await does(openCalendar, { id: calendar, name: '県と市町の予定', mark: 2, readers, writers });
  const signed: Dweller[] = [{ name: 'hanako', actor: hanako, cookies: [first.cookie] }];
  for (const one of people) {
    const cookies: string[] = [];
    for (let n = 0; n < devices[one.name as keyof typeof devices]; n++) {
      const { body } = await post(address, invite.door, { person: one.actor.person }, first.cookie);
      cookies.push((await come(address, acceptInvitation.door, { token: (body as { url: string }).url.split('#')[1]! })).cookie);
    }
    signed.push({ ...one, cookies });
  }
  return { people: signed, orgs, groupC, incident, board, calendar };
}

export type Does = <I>(deed: Deed<I, any> & { deed: string }, input: I) => Promise<void>;

/** Comes in by a door. */
export async function come(address: string, door: string, input: object): Promise<{ me: { person: Id; org: Id }; cookie: string }> {
  const { body, cookie } = await post(address, door, input);
  return { me: body as { person: Id; org: Id }, cookie: cookie! };
}

/** @throws when it is refused: what makes the house is meant */
export async function post(address: string, name: string, said: object, cookie?: string): Promise<{ body: unknown; cookie: string | undefined }> {
  const answer = await fetch(`${address}/api/${name}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) }, body: JSON.stringify(said) });
  const body: unknown = await answer.json();
  if (!answer.ok) throw new Error(`the house was refused ${name}: ${JSON.stringify(body)}`);
  return { body, cookie: answer.headers.getSetCookie()[0]?.split('; ')[0] };
}
