import { addOrganization, addPerson } from '@noroshi/features/directory';
import { openIncident, revisePlan } from '@noroshi/features/incident';
import { openRoom } from '@noroshi/features/talk';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { newId, systemActor, type Actor, type Id } from '@noroshi/foundations/kernel';
import { Stair, type StairNeeds } from '@noroshi/foundations/sync/server';
import { device, disagreements, LossyBus, ManualClock, seeded, until, type Device, type Dice } from '@noroshi/foundations/testing';
import type { Deed } from '@noroshi/foundations/sync';
import { answers, house } from '@noroshi/server/features';
import { actorOf } from '@noroshi/server/actor-of';
import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';

const fresh = (): Id => newId(Date.now(), randomBytes(10));

/** The cast, everywhere the same: Hanako at headquarters, Taro of the hit town, Aoi of the primary, Ken of a secondary, Mika from outside. */
export const castNames = ['hanako', 'taro', 'aoi', 'ken', 'mika'] as const;
export type CastName = (typeof castNames)[number];

export interface Hotline {
  readonly stair: Stair;
  readonly clock: ManualClock;
  readonly cast: Record<CastName, Actor>;
  readonly orgs: Record<'ehime' | 'seiyo' | 'saijo' | 'iyo' | 'hiroshima', Id>;
  readonly groupC: Id;
  /** A new device of someone, on the line. */
  device(who: CastName, dice?: Dice): Device;
  /** The same for anyone else, at one of the nodes. */
  deviceOf(actor: Actor, dice?: Dice, node?: number): Device;
  /** The nodes; the first is `stair`. */
  readonly nodes: readonly Stair[];
  /** What lies between them. */
  readonly bus: LossyBus;
  /** Where its tables lie, for another process. */
  readonly databaseUrl: string;
  /** What was reported to whoever runs the server: bugs, and a database that was away. */
  readonly reports: readonly string[];
  /** Does a deed as someone, straight at the server; it must be allowed. */
  does<I>(who: CastName | 'system', deed: Deed<I, any> & { deed: string }, input: I, id?: Id): Promise<Id>;
  /**
   * Writes the support plan of the box: Seiyo's primary is Saijo, then Iyo; Saijo's is Iyo, then Seiyo; Iyo's is Saijo,
   * then Seiyo; Seiyo's pairs are published, the others assumed.
   */
  plans(): Promise<void>;
  /** Hanako opens a flood in Seiyo, or in the towns named. @returns the incident */
  flood(affected?: readonly Id[], more?: { drill?: boolean; name?: string }): Promise<Id>;
  /** Stops a node as a kill would and starts another on the same database. */
  restart(node?: number): Promise<void>;
  everyoneAgrees(): Promise<void>;
  close(): Promise<void>;
}

/** The hotline in a box: a real PostgreSQL, the real upper end, the cast, and group C of Ehime with three towns. */
export async function hotline({ nodes: count = 1, ...more }: Partial<StairNeeds> & { nodes?: number } = {}): Promise<Hotline> {
  const database = await freshDatabase();
  const clock = new ManualClock();
  const bus = new LossyBus(seeded(1));
  const reports: string[] = [];
  const plenty = { burst: 1e9, perSecond: 1e9 };
  const open = (): Promise<Stair> => Stair.open({
    pool: database.pool, house, now: clock.now, answers, limits: { commands: plenty, fetches: plenty, frames: plenty, questions: plenty },
    ...(count > 1 ? { bus: bus.end() } : {}), report: (error, what) => void reports.push(`${what}: ${(error as Error).stack ?? String(error)}`), ...more,
  });
  const nodes: Stair[] = [];
  for (let i = 0; i < count; i++) nodes.push(await open());
  const devices: Device[] = [];
  const orgs = { ehime: fresh(), seiyo: fresh(), saijo: fresh(), iyo: fresh(), hiroshima: fresh() };
  const groupC = fresh();

  const as = async (actor: Actor, deed: Deed<any, any>, input: unknown, id = fresh()): Promise<Id> => {
    const answer = await nodes[0]!.submit(actor, { id, name: deed.deed, input });
    expect(answer, `${deed.deed} as ${actor.role}`).toMatchObject({ ok: true });
    return id;
  };
  const organizations = [
    { id: orgs.ehime, code: '380008', name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '県', kind: 'prefecture' },
    { id: orgs.seiyo, code: '382141', name: '西予市', kana: 'せいよし', romaji: 'Seiyo', short: '西予', kind: 'city' },
    { id: orgs.saijo, code: '382060', name: '西条市', kana: 'さいじょうし', romaji: 'Saijo', short: '西条', kind: 'city' },
    { id: orgs.iyo, code: '382108', name: '伊予市', kana: 'いよし', romaji: 'Iyo', short: '伊予', kind: 'city' },
    { id: orgs.hiroshima, code: '340006', name: '広島県', kana: 'ひろしまけん', romaji: 'Hiroshima', short: '広島', kind: 'outside' },
  ] as const;
  for (const organization of organizations) await as(systemActor, addOrganization, organization);
  const people = {
    hanako: { name: '渡部 花子', kana: 'わたなべ はなこ', org: orgs.ehime, role: 'administrator', post: { title: '防災局 課長', duty: 'headquarters', rank: 30 } },
    taro: { name: '兵頭 太郎', kana: 'ひょうどう たろう', org: orgs.seiyo, role: 'member', post: { title: '副市長', duty: 'deputyHead', rank: 10 } },
    aoi: { name: '越智 葵', kana: 'おち あおい', org: orgs.saijo, role: 'member', post: { title: '危機管理課 係長', duty: 'disaster', rank: 40 } },
    ken: { name: '向井 健', kana: 'むかい けん', org: orgs.iyo, role: 'member', post: { title: '総務課 人事係', duty: 'personnel', rank: 50 } },
    mika: { name: '佐々木 美香', kana: 'ささき みか', org: orgs.hiroshima, role: 'guest' },
  } as const;
  const cast = {} as Record<CastName, Actor>;
  for (const name of castNames) {
    const who = people[name];
    const id = fresh();
    await as(systemActor, addPerson, { ...who, id, phones: [], ...('post' in who ? { post: { ...who.post, id: fresh() } } : {}) });
    cast[name] = { person: id, org: who.org, role: who.role };
  }
  await as(systemActor, openRoom, { id: groupC, kind: 'group', name: 'グループC', short: 'C', orgs: [orgs.ehime, orgs.seiyo, orgs.saijo, orgs.iyo], people: [] });

  const deviceOf = (actor: Actor, dice?: Dice, node = 0): Device => device({
    house, stair: () => nodes[node]!, actor, now: clock.now, ...(dice ? { dice } : {}),
    asServer: () => actorOf(nodes[node]!, actor.person), made: (one) => void devices.push(one),
  });
  return {
    get stair() { return nodes[0]!; },
    databaseUrl: database.url, nodes, bus, reports, clock, cast, orgs, groupC, deviceOf,
    device: (who, dice) => deviceOf(cast[who], dice),
    does: (who, deed, input, id) => as(who === 'system' ? systemActor : cast[who], deed, input, id),
    async plans() {
      const { seiyo, saijo, iyo } = orgs;
      const row = (affected: Id, supporters: Id[], assumed: boolean) => ({ affected, supporters: supporters.map((org) => ({ org, assumed })) });
      await as(cast.hanako, revisePlan, {
        seen: 0, name: '2018年度', from: '2018-04-01',
        rows: [row(seiyo, [saijo, iyo], false), row(saijo, [iyo, seiyo], true), row(iyo, [saijo, seiyo], true)],
      });
    },
    async flood(affected = [orgs.seiyo], { drill = false, name = '平成30年7月豪雨' } = {}) {
      const id = fresh();
      await as(cast.hanako, openIncident, { id, name, kind: 'flood', drill, affected: [...affected] });
      return id;
    },
    async restart(node = 0) {
      nodes[node]!.halt();
      nodes[node] = await open();
    },
    async everyoneAgrees() {
      const live = devices.filter((d) => d.isOn());
      for (const d of live) {
        const wasBad = Object.values(d.wire.faults).some((chance) => chance > 0);
        d.wire.faults = { lose: 0, double: 0, hold: 0 };
        d.wire.mend();
        // What a bad wire swallowed is asked for again on the next connection.
        if (wasBad) d.wire.cut();
      }
      let found: string[] = [];
      await until(async () => {
        for (const node of nodes) await node.sweep();
        for (const node of nodes) await node.marks.flush();
        for (const d of live) d.end.line.hurry();
        for (const d of live) await d.end.line.settled();
        found = await disagreements(house, database.pool, nodes, live);
        return found.length === 0;
      }, 'everyone to agree', 20_000).catch((error: Error) => void (found.length === 0 && found.push(error.message)));
      expect(found).toEqual([]);
    },
    async close() {
      for (const d of devices) if (d.isOn()) d.stop();
      for (const node of nodes) await node.close();
      await database.close();
    },
  };
}
