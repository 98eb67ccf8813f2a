import { builtIn, changesOf, damage, damageSheet, doubtsOf, figuresOf, report, setPopulations, sheetId, thePopulation, type Count, type DamageSheet } from '@noroshi/features/damage';
import { addOrganization, directory, organization, type Organization } from '@noroshi/features/directory';
import { incident, incidents, type Incident } from '@noroshi/features/incident';
import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { assemble } from '@noroshi/foundations/sync';
import { codeOf, freshId, Paper, personOf, systemActor } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { damageCsv, damageGeoJson } from './tables.ts';
import { firstWithin } from './totals.ts';
import { seenOf } from './web/sees.ts';
import { longestWords, readFigure, whatIsSaid, withBrought, type Entry } from './web/written.ts';
import { totalsOf } from './totals.ts';

const house = assemble([directory, incidents, damage]);

function flooded() {
  const paper = new Paper(house);
  const [ehime, seiyo, ozu, flood, drill] = [freshId(), freshId(), freshId(), freshId(), freshId()] as [Id, Id, Id, Id, Id];
  paper.do(systemActor, addOrganization, { id: ehime, code: '380008', name: '愛媛県', kana: '', romaji: 'Ehime', short: '県', kind: 'prefecture' });
  paper.do(systemActor, addOrganization, { id: seiyo, code: '382141', name: '西予市', kana: '', romaji: 'Seiyo', short: '西予', kind: 'city' });
  paper.do(systemActor, addOrganization, { id: ozu, code: '382078', name: '大洲市', kana: '', romaji: 'Ozu', short: '大洲', kind: 'city' });
  const event = (id: Id, isDrill: boolean): Incident => ({ id, name: '豪雨', kind: 'flood', drill: isDrill, openedAt: paper.now, openedBy: freshId(), affected: [seiyo, ozu], roles: [], headquarters: ehime, planVersion: '', planRevision: 1, revision: 1 });
  paper.put(incident.noun, flood, event(flood, false));
  paper.put(incident.noun, drill, event(drill, true));
  const told = (figures: Record<string, number | null>, more: object = {}) => Object.entries(figures).map(([key, n]) => ({ key, n, confirmed: false, asOf: paper.now, source: '消防', ...more }));
  const tells = (as: Actor, figures: Record<string, number | null>, more: Partial<Parameters<typeof report.then>[0]> = {}, incidentId = flood, town = seiyo) =>
    codeOf(paper.do(as, report, { incident: incidentId, town, kind: 'short', form: 1, sees: sheet(incidentId, town)?.reports.length ?? 0, asOf: paper.now, told: told(figures), ...more }));
  const sheet = (incidentId = flood, town = seiyo): DamageSheet | undefined => paper.get<DamageSheet>(damageSheet.noun, sheetId(incidentId, town));
  return { paper, ehime, seiyo, ozu, flood, drill, told, tells, sheet, taro: personOf('member', seiyo), hanako: personOf('member', ehime), guest: personOf('guest', seiyo), aoi: personOf('member', ozu), event };
}

describe('who reports', () => {
  it('D1 a town for itself, the prefecture for any, nobody else, and only while the incident is open', () => {
    const { paper, tells, sheet, taro, hanako, guest, aoi, flood, event, ehime } = flooded();
    expect(tells(guest, { dead: 0 })).toBe('damage.notForGuests');
    expect(tells(aoi, { dead: 0 })).toBe('damage.ownTownOnly');
    expect(tells(taro, { dead: 0 }, {}, freshId())).toBe('damage.notFound');
    expect(tells(taro, { dead: 0 }, {}, flood, ehime)).toBe('damage.notFound');
    expect(tells(taro, { dead: 0 })).toBe('ok');
    expect(tells(hanako, { dead: 1 })).toBe('ok');
    expect(sheet()!.reports.map(({ org }) => org)).toEqual([taro.org, hanako.org]);
    paper.put(incident.noun, flood, { ...event(flood, false), closedAt: paper.now });
    expect(tells(taro, { dead: 2 })).toBe('damage.incidentOver');
  });
});

describe('第n報', () => {
  it('D2 has a number and changes what it names; the rest stands with its own time, source and certainty', () => {
    const { paper, tells, sheet, taro } = flooded();
    const first = paper.now;
    expect(tells(taro, {})).toBe('damage.nothingSaid');
    expect(tells(taro, { dead: null, missing: 3, shelters: 5 })).toBe('ok');
    paper.now += 60_000;
    expect(tells(taro, { missing: 4, shelters: 5 }, { words: [{ key: 'overview', text: '浸水' }] })).toBe('ok');
    const { reports } = sheet()!;
    expect(reports).toHaveLength(2);
    const figures = figuresOf(reports);
    expect(figures.get('dead')).toMatchObject({ n: null, asOf: first, source: '消防', confirmed: false, rev: 1 });
    expect(figures.get('missing')).toMatchObject({ n: 4, asOf: paper.now, rev: 2 });
    expect(figures.has('slightlyHurt')).toBe(false);
    // The same number at a later hour is no change to underline.
    expect(changesOf(reports, 2).figures.map(({ key, before, after }) => [key, before?.n, after.n])).toEqual([['missing', 3, 4]]);
    expect(changesOf(reports, 2).words).toEqual([{ key: 'overview', before: undefined, after: '浸水' }]);
    expect(changesOf(reports, 1)).toEqual({ figures: [], words: [] });
  });

  it('D4 two at once both count; who says otherwise of a figure that a colleague has just changed looks again', () => {
    const { tells, sheet, taro } = flooded();
    tells(taro, { dead: 1, missing: 3 });
    expect(tells(taro, { missing: 5 }, { sees: 1 })).toBe('ok');
    expect(tells(taro, { dead: 2 }, { sees: 1 })).toBe('ok');
    expect(tells(taro, { missing: 6 }, { sees: 1 })).toBe('damage.changedMeanwhile');
    expect(tells(taro, { missing: 5 }, { sees: 1 })).toBe('ok');
    expect(tells(taro, { missing: 6 }, { sees: 99 })).toBe('damage.unknownReport');
    expect(figuresOf(sheet()!.reports).get('missing')!.n).toBe(5);
  });

  it('D5 asks of what is lower than before and of what is unusually large, and takes it once the writer is sure', () => {
    const { tells, taro } = flooded();
    expect(tells(taro, { dead: 100_000 })).toBe('damage.unusual');
    expect(tells(taro, { dead: 100_000 }, { sure: ['dead'] })).toBe('ok');
    expect(tells(taro, { dead: 3 })).toBe('damage.lower');
    expect(tells(taro, { dead: 3 }, { sure: ['missing'] })).toBe('damage.lower');
    expect(tells(taro, { dead: 3 }, { sure: ['dead'] })).toBe('ok');
    expect(tells(taro, { dead: null })).toBe('ok');
  });

  it('D13 asks of more people or households than live in the town, with both numbers, and of no town of which nobody has said it', () => {
    const { paper, tells, taro, hanako, aoi, flood, seiyo, ozu } = flooded();
    const day = new Date(paper.now).toISOString().slice(0, 10);
    const counted = (more: Partial<Count> = {}): Count => ({ town: seiyo, people: 90, households: 40, asOf: '2015-10-01', source: '国勢調査', ...more });
    expect(tells(taro, { missing: 91 })).toBe('ok');
    const boss: Actor = { ...hanako, role: 'administrator' };
    const sets = (as: Actor, counts: Count[]) => codeOf(paper.do(as, setPopulations, { counts }));
    expect([sets(taro, [counted()]), sets(hanako, [counted()])]).toEqual(['directory.notAllowed', 'directory.notAllowed']);
    expect(sets(boss, [counted({ town: hanako.org })])).toBe('damage.notFound');
    expect(sets(boss, [counted(), counted()])).toBe('damage.countedTwice');
    expect([sets(boss, [counted({ asOf: '2099-01-01' })]), sets(boss, [counted({ asOf: '2015-02-30' })]), sets(boss, [counted({ households: 91 })])]).toEqual(['damage.countedAhead', 'damage.countedAhead', 'damage.moreHouseholds']);
    expect(sets(boss, [counted({ asOf: day })])).toBe('ok');
    expect(sets(boss, [counted({ town: ozu, people: 1_000, households: undefined as never })])).toBe('ok');
    expect(sets(boss, [counted()])).toBe('ok');
    expect(paper.get(thePopulation(seiyo).noun, seiyo)).toMatchObject({ people: 90, asOf: '2015-10-01', source: '国勢調査', by: boss.person });
    // What stands was told before anybody knew: it is not asked again, and what is new is.
    expect(tells(taro, { missing: 91, dead: 0 })).toBe('ok');
    expect(tells(taro, { dead: 1 })).toBe('damage.peopleSum');
    expect(tells(taro, { dead: 92 })).toBe('damage.people');
    const refusal = paper.do(taro, report, { incident: flood, town: seiyo, kind: 'short', form: 1, sees: 2, asOf: paper.now, told: [{ key: 'dead', n: 92, confirmed: false, asOf: paper.now }] });
    expect(refusal).toMatchObject({ ok: false, params: { n: 92, before: 90, town: '西予市' } });
    // The prefecture that enters it for the town is asked the same.
    expect(tells(hanako, { dead: 92 })).toBe('damage.people');
    expect(tells(hanako, { dead: 92 }, { sure: ['dead'] })).toBe('ok');
    expect(tells(hanako, { evacuatedHouseholds: 41 }, { kind: 'long' })).toBe('damage.households');
    expect(tells(hanako, { shelters: 91, evacuees: 90 })).toBe('ok');
    // Of Ozu the households are not known.
    expect(tells(aoi, { evacuatedHouseholds: 900 }, { kind: 'long' }, flood, ozu)).toBe('ok');
  });

  it('D13 asks of the sum of a block, of people who are counted once, and asks it once', () => {
    const asks = (told: Record<string, number>, stands: Record<string, number> = {}, people = 100) =>
      [...doubtsOf(builtIn, Object.entries(told).map(([key, n]) => ({ key, n })), new Map(Object.entries(stands).map(([key, n]) => [key, { key, n, confirmed: false, asOf: 1 }])), { people, households: 50 })].map(([key, { why, than, sum }]) => [key, why, than, sum]);
    expect(asks({ dead: 60, missing: 40 })).toEqual([]);
    expect(asks({ dead: 60, missing: 41 })).toEqual([['dead', 'peopleSum', 100, 101]]);
    expect(asks({ missing: 41 }, { dead: 60 })).toEqual([['missing', 'peopleSum', 100, 101]]);
    // Who died of what came after is among the dead; alone it counts by itself.
    expect(asks({ dead: 60, deadRelated: 41 })).toEqual([]);
    expect(asks({ deadRelated: 60, missing: 41 })).toEqual([['deadRelated', 'peopleSum', 100, 101]]);
    // Whoever is hurt may be in a shelter: blocks are not added to each other, nor people to households.
    expect(asks({ seriouslyHurt: 60, evacuees: 60, evacuatedHouseholds: 45 })).toEqual([]);
    expect(asks({ 'destroyed.households': 30, 'halfDestroyed.households': 21 })).toEqual([['destroyed.households', 'householdsSum', 50, 51]]);
    // One that is too large by itself is the whole question; less than before is no news of it.
    expect(asks({ dead: 60, missing: 101 }, {}, 100)).toEqual([['missing', 'people', 100, undefined]]);
    expect(asks({ missing: 45 }, { dead: 60, missing: 50 })).toEqual([['missing', 'lower', 50, undefined]]);
  });

  it('D6 refuses what is no figure of the form', () => {
    const { tells, told, taro } = flooded();
    expect(tells(taro, { dead: 1.5 })).toBe('damage.wholeNumber');
    expect(tells(taro, { paddyLost: 1.5 })).toBe('ok');
    expect(tells(taro, { nonsense: 1 })).toBe('damage.unknownField');
    expect(tells(taro, {}, { told: [...told({ dead: 1 }), ...told({ dead: 2 })] })).toBe('damage.saidTwice');
    expect(tells(taro, { dead: 1 }, { form: 9 })).toBe('damage.unknownForm');
    expect(() => tells(taro, { dead: -1 })).toThrow(/too_small/);
  });
});

describe('the form is data', () => {
  it('names each figure once, and everything it names has a sentence in both languages', () => {
    for (const { fields, words } of [builtIn]) {
      expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
      const named = [...fields.flatMap(({ name, unit, block, means }) => [`field.${name}`, `unit.${unit}`, `block.${block}`, ...(means ? [`means.${means}`] : [])]), ...words.map(({ key }) => `words.${key}`)];
      for (const sentence of named) for (const dictionary of [japanese, english]) expect(dictionary, sentence).toHaveProperty([`damage.${sentence}`]);
    }
  });

  it('asks in the short form only for what the long one asks too', () => {
    expect(builtIn.fields.filter(({ forms: on }) => !on.includes('long'))).toEqual([]);
    expect(builtIn.fields.filter(({ forms: on }) => on.includes('short')).map(({ key }) => key)).toContain('dead');
  });
});

describe('sums', () => {
  it('D7 add what was said, never silence, and count who has reported and what is not known; a drill is in none of them', () => {
    const { tells, sheet, taro, aoi, flood, drill, seiyo, ozu } = flooded();
    expect(totalsOf(flood, [], [seiyo, ozu]).total('dead')).toEqual({ sum: undefined, told: 0, unknown: 0, unconfirmed: 0 });
    tells(taro, { dead: 2, missing: null });
    tells(taro, { dead: 50 }, {}, drill);
    const one = totalsOf(flood, [sheet()!, sheet(drill)!], [seiyo, ozu]);
    expect([one.reported, one.of, one.total('dead'), one.total('missing').sum]).toEqual([1, 2, { sum: 2, told: 1, unknown: 0, unconfirmed: 1 }, undefined]);
    tells(aoi, { dead: 0, missing: 4 }, {}, flood, ozu);
    const two = totalsOf(flood, [sheet()!, sheet(flood, ozu)!, sheet(drill)!], [seiyo, ozu]);
    expect([two.reported, two.total('dead').sum, two.total('missing')]).toEqual([2, 2, { sum: 4, told: 1, unknown: 1, unconfirmed: 1 }]);
  });

  it('D8 who is hit and silent for 30 minutes is 未報告 on the situation board, until it reports', () => {
    const { tells, sheet, taro, flood, event, seiyo, ozu } = flooded();
    const now = event(flood, false);
    expect(seenOf(now, [], now.openedAt + firstWithin - 1).sights).toEqual([]);
    expect(seenOf(now, [], now.openedAt + firstWithin).sights.map(({ org, state }) => [org, state])).toEqual([[seiyo, 'unreported'], [ozu, 'unreported']]);
    tells(taro, { dead: null, missing: 3 });
    const seen = seenOf(now, [sheet()!], now.openedAt + firstWithin);
    expect(seen.sights.map(({ org }) => org)).toEqual([ozu]);
    expect(seen.glances!.map(({ org, href }) => [org, href])).toEqual([[seiyo, `/damage/${flood}/${seiyo}`]]);
  });

  it('D7 on the wall the damage of all stands in short sayings, of those who are hit and who reported; where nobody reported there is nothing', () => {
    const { tells, sheet, taro, aoi, flood, drill, event, seiyo, ozu } = flooded();
    const now = { ...event(flood, false), affected: [seiyo] };
    expect(seenOf(now, [], now.openedAt)).not.toHaveProperty('overall');
    tells(taro, { dead: null, missing: 3 });
    tells(taro, { dead: 90 }, {}, drill);
    const says = (sheets: (DamageSheet | undefined)[]) => seenOf(now, sheets as DamageSheet[], now.openedAt).overall!.says(words('ja', japanese));
    expect(says([sheet()])).toEqual(['1/1市町が報告', '死者 未確認', '行方不明者 3']);
    tells(aoi, { dead: 2, 'destroyed.buildings': 1_234 }, {}, flood, ozu);
    expect(says([sheet(), sheet(flood, ozu), sheet(drill)])).toEqual(['2/2市町が報告', '死者 2（未確認 1）', '行方不明者 3', '全壊 1,234']);
  });
});

describe('what is typed', () => {
  const read = (text: string, state: Entry['state'] = 'open', parts = false) => readFigure({ text, state }, parts ? { parts } : {});

  it('D6 is understood as people type it, and what is wrong is named', () => {
    expect([read('１，２００'), read('0'), read('2.5', 'open', true), read('', 'unknown'), read('', '')]).toEqual([{ n: 1_200 }, { n: 0 }, { n: 2.5 }, { n: null }, undefined]);
    expect([read('約三'), read('−2'), read('2.5'), read(''), read('9'.repeat(15))]).toEqual([{ wrong: 'letters' }, { wrong: 'negative' }, { wrong: 'parts' }, { wrong: 'missing' }, { wrong: 'large' }]);
  });

  it('D13 asks on the device before it is sent', () => {
    const said = whatIsSaid(builtIn, new Map<string, Entry>([['evacuees', { text: '３５,３８９', state: 'open' }]]), new Map(), { asOf: 9, source: '' }, { people: 35_388 });
    expect([...said.doubts]).toEqual([['evacuees', { why: 'people', than: 35_388 }]]);
  });

  it('takes along what was begun in the talk: below what stands in the overview, once, and never more than there is room for', () => {
    const fields = [{ key: 'cause' }, { key: 'overview' }];
    const overview = (texts: Record<string, string>, stands: Record<string, string>, words: string, of = fields) => withBrought(new Map(Object.entries(texts)), new Map(Object.entries(stands)), of, { words, gone: [] }).get('overview');
    expect(overview({}, {}, '野村で浸水')).toBe('野村で浸水');
    expect(overview({}, { overview: '肱川が氾濫' }, '野村で浸水')).toBe('肱川が氾濫\n野村で浸水');
    expect(overview({ overview: '宇和で断水' }, { overview: '肱川が氾濫' }, '野村で浸水')).toBe('宇和で断水\n野村で浸水');
    expect(overview({ overview: '宇和で断水\n野村で浸水' }, {}, '野村で浸水')).toBe('宇和で断水\n野村で浸水');
    expect(overview({}, { overview: '肱川が氾濫' }, '')).toBeUndefined();
    expect(overview({}, {}, 'あ'.repeat(3_000))).toHaveLength(longestWords);
    expect(withBrought(new Map(), new Map(), [], { words: '野村で浸水', gone: [] })).toEqual(new Map());
  });

  it('D3 tells only what is new, with the time and source of this report, and asks where it is doubtful', () => {
    const stands = new Map([['dead', { key: 'dead', n: 5, confirmed: true, asOf: 1 }], ['missing', { key: 'missing', n: 2, confirmed: false, asOf: 1 }]]);
    const said = whatIsSaid(builtIn, new Map<string, Entry>([['dead', { text: '4', state: 'confirmed' }], ['missing', { text: '2', state: 'open' }], ['shelters', { text: 'abc', state: 'open' }], ['evacuees', { text: '', state: 'unknown' }]]), stands, { asOf: 9, source: '消防' });
    expect(said.told).toEqual([{ key: 'dead', n: 4, confirmed: true, asOf: 9, source: '消防' }, { key: 'evacuees', n: null, confirmed: false, asOf: 9, source: '消防' }]);
    expect([...said.wrong]).toEqual([['shelters', 'letters']]);
    expect([...said.doubts]).toEqual([['dead', { why: 'lower', than: 5 }]]);
  });
});

describe('what is written out', () => {
  it('D9 is every town in the form’s order, silence as 未報告 and 未確認 as 未確認, never 0, and a drill in every row', () => {
    const { paper, tells, sheet, taro, seiyo, ozu, flood, event } = flooded();
    expect(tells(taro, {}, { told: [{ key: 'dead', n: null, confirmed: false, asOf: paper.now }, { key: 'missing', n: 3, confirmed: true, asOf: paper.now, source: '=1+1,"消防"' }] })).toBe('ok');
    const town = (id: Id, more: Partial<Organization>): Organization => ({ ...paper.get<Organization>(organization.noun, id)!, ...more });
    const out = { incident: event(flood, false), towns: [town(ozu, {}), town(seiyo, { lat: 33.36, lon: 132.51 })], sheets: new Map([[seiyo, sheet()!]]) };
    const rows = damageCsv(out, words('ja', japanese)).slice(1).trimEnd().split('\r\n');
    expect(rows).toHaveLength(1 + 2 * builtIn.fields.length);
    const of = (name: string, item: string): string | undefined => rows.find((row) => row.includes(`,${name},`) && row.includes(`,${item},人,`))?.split(`,${item},人,`)[1];
    expect(of('西予市', '死者')).toMatch(/^,未確認,/);
    expect(of('西予市', '重傷者')).toBe(',未報告,,');
    expect(of('大洲市', '死者')).toBe(',未報告,,');
    // A source that a spreadsheet would take for a formula is words.
    expect(of('西予市', '行方不明者')).toMatch(/^3,確定,.*,"'=1\+1,""消防"""$/);
    expect(damageCsv({ ...out, incident: event(flood, true) }, words('ja', japanese)).split('\r\n').slice(1, -1).every((row) => row.startsWith('訓練,'))).toBe(true);
    const map = JSON.parse(damageGeoJson(out)) as { features: { geometry: unknown; properties: { name: string; figures: Record<string, { n: number | null }> } }[] };
    // Where a town lies is not known of Ozu here: it is not put anywhere.
    expect(map.features.map(({ properties }) => properties.name)).toEqual(['西予市']);
    expect(map.features[0]).toMatchObject({ geometry: { type: 'Point', coordinates: [132.51, 33.36] }, properties: { figures: { dead: { n: null }, missing: { n: 3, confirmed: true } } } });
    expect(Object.keys(map.features[0]!.properties.figures).toSorted()).toEqual(['dead', 'missing']);
  });
});
