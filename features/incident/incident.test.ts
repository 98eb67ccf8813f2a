import { planFileShape, planFromFile } from '@noroshi/features/incident/plan-file';
import { checkPlan, planInForce, rolesFor, roleOf, roomOf, type Incident, type Plan, type PlanRow } from '@noroshi/features/incident';
import type { Organization } from '@noroshi/features/directory';
import type { Room } from '@noroshi/features/talk';
import { seeded } from '@noroshi/foundations/testing';
import { derivedId, type Id } from '@noroshi/foundations/kernel';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dutiesOf } from './duties-of.ts';
import { kilometres } from './distance.ts';

const file = JSON.parse(readFileSync(new URL('../../apps/server/demo/ehime.json', import.meta.url), 'utf8')) as {
  prefecture: { name: string; code: string };
  municipalities: { name: string; code: string; kind: 'city' | 'town'; lat: number; lon: number; short: string }[];
  counterpartGroups: { id: string; members: string[]; supportOnly: string[] }[];
  published: { affected: string; primary?: string[]; secondary?: string[]; supporters?: string[] }[];
};
const idOf = (name: string): Id => derivedId('ehime', name);
const organizations: Organization[] = [
  { ...file.prefecture, kind: 'prefecture' as const, short: '県', kana: '', romaji: '', id: idOf(file.prefecture.name) },
  ...file.municipalities.map((m) => ({ ...m, kana: '', romaji: '', id: idOf(m.name) })),
];
const prefecture = idOf('愛媛県');
const rooms: Room[] = file.counterpartGroups.map((g) => ({
  id: idOf(`group ${g.id}`), kind: 'group', name: `グループ${g.id}`, short: g.id, incidents: [], pins: [],
  orgs: [prefecture, ...[...g.members, ...g.supportOnly].map(idOf)], supportOnly: g.supportOnly.map(idOf),
}));
const ehime = planFromFile(planFileShape.parse(file), organizations)!;
const names = (ids: readonly Id[]): string[] => ids.map((id) => organizations.find((o) => o.id === id)!.name);
const roles = (...towns: string[]): ReturnType<typeof rolesFor> => rolesFor(towns.map(idOf), ehime.words, rooms, prefecture);

describe('the plan in the file of Ehime', () => {
  it('P1 holds: every town has supporters who sit in the room where it asks', () => {
    expect(ehime.unknown).toEqual([]);
    expect(checkPlan(ehime.words, organizations, rooms)).toEqual([]);
  });

  it('P2 marks all but the published pairs as assumed', () => {
    const published = file.published.map((p) => p.affected);
    for (const row of ehime.words.rows) {
      const [town] = names([row.affected]);
      expect(row.supporters.every((s) => s.assumed !== published.includes(town!)), town).toBe(true);
    }
    const [masaki] = roles('松前町');
    expect([names([masaki!.primary]), names(masaki!.secondaries), masaki!.assumed]).toEqual([['宇和島市'], ['松野町', '鬼北町', '愛南町'], false]);
  });

  it('P3 does not count on a neighbour within 20 km where it is assumed', () => {
    const at = (id: Id) => file.municipalities.find((m) => idOf(m.name) === id)!;
    for (const row of ehime.words.rows) {
      for (const s of row.supporters.filter((one) => one.assumed)) expect(kilometres(at(row.affected), at(s.org)), `${at(row.affected).name} ${at(s.org).name}`).toBeGreaterThanOrEqual(20);
    }
  });
});

describe('who helps whom', () => {
  it('R1 gives the first of the order as primary and the others as secondary, in the group where the town is not only a supporter', () => {
    const [seiyo] = roles('西予市');
    expect(names([seiyo!.primary])).toEqual(['西条市']);
    expect(names(seiyo!.secondaries)).toEqual(['伊予市', '砥部町', '伊方町', '松山市']);
    expect(seiyo).toMatchObject({ room: idOf('group C'), assumed: true });
    expect(seiyo).not.toHaveProperty('succeeded');
    expect(roles('松山市')[0]!.room).toBe(idOf('group A'));
  });

  it('R2 lets the next in order succeed where the primary is hit too, and says so', () => {
    const [seiyo, saijo] = roles('西予市', '西条市');
    expect(names([seiyo!.primary])).toEqual(['伊予市']);
    expect(seiyo!.succeeded).toEqual([{ from: idOf('西条市'), because: 'hit' }]);
    // The other way round Seiyo is hit too, and the next of Saijo's order comes in.
    expect(names([saijo!.primary])).toEqual(['八幡浜市']);
  });

  it('R3 hands over to the prefecture where all supporters are hit, or where the plan does not know the town', () => {
    const all = file.counterpartGroups.find((g) => g.id === 'C')!.members;
    const [seiyo] = roles('西予市', ...all.filter((town) => town !== '西予市'), '松山市');
    expect(seiyo).toMatchObject({ primary: prefecture, secondaries: [] });
    expect(names(seiyo!.succeeded!.map((s) => s.from))).toEqual(['西条市', '伊予市', '砥部町', '伊方町', '松山市']);
    expect(rolesFor([idOf('西予市')], undefined, rooms, prefecture)[0]).toEqual({ affected: idOf('西予市'), primary: prefecture, secondaries: [], assumed: false, room: idOf('group C') });
  });

  it('R4 holds for any plan and any towns that are hit', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const dice = seeded(seed);
      const towns = file.municipalities.map((m) => idOf(m.name));
      const shuffled = <T>(all: readonly T[]): T[] => all.map((one) => [dice.next(), one] as const).toSorted((a, b) => a[0] - b[0]).map(([, one]) => one);
      const rows: PlanRow[] = towns.filter(() => dice.chance(0.9)).map((affected) => ({
        affected, supporters: shuffled(towns.filter((t) => t !== affected)).slice(0, dice.below(7)).map((org) => ({ org, assumed: dice.chance(0.5) })),
      }));
      const hit = shuffled(towns).slice(0, 1 + dice.below(12));
      const given = rolesFor(hit, { rows }, rooms, prefecture);
      expect(given.map((r) => r.affected), `seed ${seed}`).toEqual(hit);
      for (const role of given) {
        const order = (rows.find((r) => r.affected === role.affected)?.supporters ?? []).map((s) => s.org);
        const helping = role.primary === prefecture ? [] : [role.primary, ...role.secondaries];
        // Nobody hit helps, nobody who is not hit is forgotten, and the plan's order stands.
        expect(helping, `seed ${seed}`).toEqual(order.filter((org) => !hit.includes(org)));
        // Who is named as succeeded is exactly who stood before the primary, and all of them are hit.
        const passed = (role.succeeded ?? []).map((s) => s.from);
        expect(passed, `seed ${seed}`).toEqual(helping.length > 0 ? order.slice(0, order.indexOf(role.primary)) : order);
        expect(passed.every((org) => hit.includes(org))).toBe(true);
        expect(role.room).toBe(roomOf(role.affected, rooms)!.id);
      }
      // One more town that is hit never gives another town back a supporter.
      const more = towns.find((t) => !hit.includes(t));
      if (more) {
        for (const role of rolesFor([...hit, more], { rows }, rooms, prefecture).slice(0, -1)) {
          const was = given.find((r) => r.affected === role.affected)!;
          expect([role.primary, ...role.secondaries].filter((org) => org !== prefecture)).toEqual([was.primary, ...was.secondaries].filter((org) => org !== more && org !== prefecture));
        }
      }
    }
  });

  it('R5 takes a town without a group to the room of all, and never to a drill or a closed room', () => {
    const all: Room = { ...rooms[0]!, id: idOf('all'), kind: 'all', name: '全体', orgs: organizations.map((o) => o.id) };
    const twin = { ...rooms[2]!, id: idOf('twin'), drill: idOf('drill') };
    const closed = { ...rooms[2]!, closedAt: 1 };
    expect(roomOf(idOf('西予市'), [twin, closed, all])!.id).toBe(all.id);
    expect(roomOf(idOf('西予市'), [twin, closed])).toBeUndefined();
  });
});

describe('checking a plan', () => {
  const seiyo = ehime.words.rows.find((r) => r.affected === idOf('西予市'))!;
  const withSeiyo = (supporters: PlanRow['supporters']): ReturnType<typeof checkPlan> =>
    checkPlan({ rows: ehime.words.rows.map((r) => (r === seiyo ? { ...r, supporters } : r)) }, organizations, rooms);
  const one = (org: Id) => ({ org, assumed: true });

  it.each([
    ['itself as supporter', [one(idOf('西予市'))], 'plan.supportsItself'],
    ['nobody', [], 'plan.noSupporter'],
    ['one twice', [one(idOf('西条市')), one(idOf('西条市'))], 'plan.supporterTwice'],
    ['one that the directory does not know', [one(derivedId('x', 'y'))], 'plan.unknownSupporter'],
    ['one of another group', [one(idOf('今治市'))], 'plan.outsideRoom'],
    ['the prefecture', [one(prefecture)], 'plan.prefectureSupports'],
  ])('C1 names %s', (_what, supporters, code) => {
    expect(withSeiyo(supporters)).toMatchObject([{ code, affected: idOf('西予市'), params: { town: '西予市' } }]);
  });

  it('C2 names every problem at once: a town left out, one twice, one that is none, a room without the prefecture', () => {
    const rows = [...ehime.words.rows.filter((r) => r !== seiyo), ehime.words.rows[0]!, { affected: prefecture, supporters: [] }];
    const deaf = rooms.map((r) => (r.short === 'B' ? { ...r, orgs: r.orgs.filter((o) => o !== prefecture) } : r));
    const codes = checkPlan({ rows }, organizations, deaf).map((p) => p.code);
    expect(codes.filter((c) => c === 'plan.headquartersOutside')).toHaveLength(7);
    expect(codes.filter((c) => c !== 'plan.headquartersOutside')).toEqual(['plan.townTwice', 'plan.notAMunicipality', 'plan.noSupporter']);
    expect(checkPlan({ rows: [] }, [], [])).toEqual([{ code: 'plan.noHeadquarters', params: {} }]);
  });

  it('C3 holds from its day on, and next year’s can be written before', () => {
    const version = (revision: number, from: string): Plan => ({ revision, name: from, from, rows: [], at: 0, by: prefecture });
    const versions = [version(1, '2018-04-01'), version(2, '2019-04-01'), version(3, '2018-04-01')];
    expect(planInForce(versions, '2019-03-31')!.revision).toBe(3);
    expect(planInForce(versions, '2019-04-01')!.revision).toBe(2);
    expect(planInForce(versions, '2017-01-01')!.revision).toBe(3);
    expect(planInForce([], '2019-04-01')).toBeUndefined();
  });
});

describe('what each rank has to do', () => {
  const of = (...towns: string[]): Incident => ({
    id: idOf('flood'), name: '平成30年7月豪雨', kind: 'flood', drill: false, openedAt: 0, openedBy: prefecture, affected: towns.map(idOf), roles: roles(...towns),
    headquarters: prefecture, planVersion: '2018年度', planRevision: 1, revision: 1,
  });
  it('D1 follows from its part', () => {
    const flood = of('西予市', '大洲市');
    expect(roleOf(flood, idOf('西予市'))).toBe('affected');
    expect(roleOf(flood, idOf('西条市'))).toBe('primary');
    expect(roleOf(flood, idOf('四国中央市'), idOf('西予市'))).toBe('none');
    expect(roleOf(flood, prefecture)).toBe('headquarters');
    expect(dutiesOf(flood, idOf('西予市')).map((d) => d.code)).toEqual(['reportDamage', 'askForStaff']);
    expect(dutiesOf(flood, idOf('西条市'))).toEqual([{ code: 'decide', towards: [idOf('西予市')] }]);
    expect(dutiesOf(flood, idOf('松山市'))).toEqual([{ code: 'prepare', towards: [idOf('西予市'), idOf('大洲市')] }]);
    expect(dutiesOf(flood, prefecture)).toEqual([{ code: 'watch', towards: flood.affected }]);
    expect(dutiesOf(flood, idOf('愛南町'))).toEqual([]);
    expect(dutiesOf({ ...flood, closedAt: 1 }, idOf('西予市'))).toEqual([]);
  });
  it('D2 gives the prefecture the decision where it has taken over', () => {
    const all = of(...file.municipalities.map((m) => m.name));
    expect(roleOf(all, prefecture)).toBe('primary');
    expect(dutiesOf(all, prefecture).map((d) => d.code)).toEqual(['decide', 'watch']);
  });
});
