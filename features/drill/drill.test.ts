import { addOrganization, addPerson, directory } from '@noroshi/features/directory';
import { closeIncident, incident, incidents, openIncident, revisePlan, type Incident } from '@noroshi/features/incident';
import { room, openRoom, talk, type Room } from '@noroshi/features/talk';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { assemble, memberId, type Deed, type Event, type Member } from '@noroshi/foundations/sync';
import { busyWith, codeOf, freshId, Paper, personOf, systemActor } from '@noroshi/foundations/testing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addPoint, beginDrill, deskStream, drillRun, drills, giveNow, hint, improvement, movePoint, pace, rate, realNow, skip, type DrillRun, type Improvement, type Inject,
} from '@noroshi/features/drill';
import type { Organization, Person } from '@noroshi/features/directory';
import { readScenario } from './read-scenario.ts';

const house = assemble([directory, talk, incidents, drills]);
const minute = 60_000;

/** Headquarters, three towns in one group, their plan, and a drill that hits the first. */
function opened() {
  const paper = new Paper(house);
  const names = { ehime: '愛媛県', seiyo: '西予市', saijo: '西条市', iyo: '伊予市' };
  const orgs = Object.fromEntries(Object.keys(names).map((name) => [name, freshId()])) as Record<keyof typeof names, Id>;
  const codes = { ehime: '380008', seiyo: '382141', saijo: '382060', iyo: '382108' };
  for (const [key, name] of Object.entries(names) as [keyof typeof names, string][]) {
    paper.do(systemActor, addOrganization, { id: orgs[key], code: codes[key], name, kana: '', romaji: key, short: name.slice(0, 2), kind: key === 'ehime' ? 'prefecture' : 'city' });
  }
  const [hanako, jiro, taro, aoi, ken] = [personOf('administrator', orgs.ehime), personOf('member', orgs.ehime), personOf('member', orgs.seiyo), personOf('member', orgs.saijo), personOf('member', orgs.iyo)];
  for (const [who, name] of [[hanako, '渡部 花子'], [jiro, '山田 次郎'], [taro, '兵頭 太郎'], [aoi, '越智 葵'], [ken, '向井 健']] as const) {
    paper.do(systemActor, addPerson, { id: who.person, org: who.org, name, kana: '', role: who.role as 'member', phones: [] });
  }
  const group = freshId();
  paper.do(systemActor, openRoom, { id: group, kind: 'group', name: 'グループC', short: 'C', orgs: Object.values(orgs), people: [] });
  const row = (affected: Id, supporters: Id[]) => ({ affected, supporters: supporters.map((org) => ({ org, assumed: false })) });
  paper.do(hanako, revisePlan, { seen: 0, name: '2018', from: '2018-04-01', rows: [row(orgs.seiyo, [orgs.saijo, orgs.iyo]), row(orgs.saijo, [orgs.iyo, orgs.seiyo]), row(orgs.iyo, [orgs.saijo, orgs.seiyo])] });
  const open = (drill: boolean): Id => {
    const id = freshId();
    expect(codeOf(paper.do(hanako, openIncident, { id, name: drill ? '秋の訓練' : '本物', kind: 'flood', drill, affected: [orgs.seiyo] }))).toBe('ok');
    return id;
  };
  const drill = open(true);
  /** Paper knows no seats: that which the desk would have given. */
  const seat = (who: Actor): void => {
    const member: Member = { no: 1, person: who.person, card: { name: '', org: who.org, orgName: '', mark: '', post: '', rank: 1 }, stays: [{ visibleFrom: 1, countedFrom: 1 }] };
    paper.put('member', memberId(deskStream(drill), who.person), member, deskStream(drill));
  };
  const inject = (no: string, minuteOf: number, more: Partial<Inject> = {}): Inject => ({ no, minute: minuteOf, where: { as: 'hit', n: 1 }, from: '気象台', text: '大雨です', ...more });
  const begin = (injects: readonly Inject[], more: object = {}, who: Actor = hanako): string => codeOf(paper.do(who, beginDrill, { incident: drill, name: '秋の訓練', kind: 'flood', injects: [...injects], controllers: [], ...more }));
  const run = (): DrillRun => paper.get<DrillRun>(drillRun.noun, drill)!;
  const start = (injects: readonly Inject[], speed = 1): void => {
    expect(begin(injects)).toBe('ok');
    seat(hanako);
    expect(codeOf(paper.do(hanako, pace, { incident: drill, rev: 1, running: true, speed }))).toBe('ok');
  };
  const played = (): [no: string, minutes: number][] => Object.entries(run().given).map(([no, { at }]): [string, number] => [no, (at - began) / minute]).toSorted((a, b) => a[1] - b[1]);
  const began = paper.now;
  return { paper, orgs, group, hanako, jiro, taro, aoi, ken, drill, open, seat, inject, begin, run, start, played };
}

const known = ({ paper, orgs, hanako, jiro, taro, aoi, ken, group }: ReturnType<typeof opened>) => ({
  organizations: Object.values(orgs).map((id) => paper.get<Organization>('organization', id)!), people: [hanako, jiro, taro, aoi, ken].map(({ person }) => paper.get<Person>('person', person)!), rooms: [paper.get<Room>(room.noun, group)!],
});
const head = '#名称,秋の訓練\n#災害,豪雨\n#被災,西予市\n番号,前提,分,宛先,発信者,区分,本文,期待,実施者,期限,配点,助言\n';

describe('a scenario as a file', () => {
  it('G2 is read as offices save it, in the field’s own words', () => {
    const here = opened();
    const { scenario, hit, problems } = readScenario(`${head}1,,0,被災1,気象台,緊急,"大雨特別警報\n{被災1}へ",回答,被災1の一次,５,2,受領を\n2,1,10,グループC,住民,,水が来た,被害報告,兵頭太郎,30,,\n3,,20,全体,県,通常,点検,既読,県,5,1,\n`, known(here));
    expect(problems).toEqual([]);
    expect([scenario!.name, scenario!.kind, hit]).toEqual(['秋の訓練', 'flood', [here.orgs.seiyo]]);
    expect(scenario!.injects).toEqual([
      { no: '1', minute: 0, where: { as: 'hit', n: 1 }, from: '気象台', text: '大雨特別警報\n{被災1}へ', urgent: 1, act: 'answer', by: { as: 'primary', n: 1 }, within: 5, weight: 2, hint: '受領を' },
      { no: '2', after: '1', minute: 10, where: { as: 'room', id: here.group }, from: '住民', text: '水が来た', act: 'report', by: { as: 'person', id: here.taro.person }, within: 30 },
      { no: '3', minute: 20, where: { as: 'everyone' }, from: '県', text: '点検', act: 'read', by: { as: 'headquarters' }, within: 5, weight: 1 },
    ]);
  });

  it('G15 the column 安否 says with what people are asked', () => {
    const told = readScenario(`${head.replace('助言', '助言,安否')}1,,0,被災1,気象台,通常,本文,,,,,,聞く\n2,,1,被災1,気象台,通常,本文,,,,,,\n3,,2,被災1,気象台,通常,本文,,,,,,たぶん\n`, known(opened()));
    expect(told.problems).toEqual([{ line: 7, code: 'asksUnknown', params: { column: '安否', word: 'たぶん' } }]);
    const read = readScenario(`${head.replace('助言', '助言,安否')}1,,0,被災1,気象台,通常,本文,,,,,,聞く\n2,,1,被災1,気象台,通常,本文,,,,,,\n`, known(opened()));
    expect(read.scenario!.injects.map(({ asks }) => asks)).toEqual([1, undefined]);
  });

  it('G2 names the line of everything that is wrong, all of it at once', () => {
    const told = readScenario(`${head}1,3,0,被災1,気象台,,始まり,,,,,\n2,1,5,被災1,気象台,,次,,,,,\n3,2,5,被災1,気象台,,輪,,,,,\n4,9,十分,天国,,至急,本文,踊る,田中一郎,0,101,\n4,,1,被災1,あ,,二度,回答,,,,\n5,,1,被災1,あ,,誰の,回答,被災1,,,\n`, known(opened()));
    expect(told.scenario).toBeUndefined();
    expect(told.problems.map(({ line, code }) => [line, code])).toEqual([
      [5, 'cycle'], [6, 'cycle'], [7, 'cycle'],
      [8, 'missing'], [8, 'urgencyUnknown'], [8, 'actUnknown'], [8, 'notANumber'], [8, 'notANumber'], [8, 'notANumber'], [8, 'talkUnknown'], [8, 'whoUnknown'], [8, 'afterUnknown'],
      [9, 'twice'], [9, 'actWithoutBy'], [9, 'actWithoutTime'], [10, 'actWithoutTime'],
    ]);
    expect(told.problems[0]!.params).toEqual({ no: '1', way: '1 → 3 → 2 → 1' });
    const codes = (text: string): [number, string][] => readScenario(text, known(opened())).problems.map(({ line, code }) => [line, code]);
    expect(codes('')).toEqual([[1, 'nameMissing'], [1, 'columns']]);
    expect(codes('#名称,あ\n#災害,祭り\n#被災,東京,西予市,西予市\n番号,分,宛先,発信者,本文\n')).toEqual([[2, 'kindUnknown'], [3, 'townUnknown'], [3, 'townTwice'], [4, 'nothing']]);
    expect(codes(`${head}1,,0,被災1,気象台,,"終わらない\n2,,1,被災1,あ,,い`)).toEqual([[5, 'quoteOpen']]);
    expect(codes(`${head}1,,0,被災1,気象台,,${'長'.repeat(2_001)},,,,,\n`)).toEqual([[5, 'tooLong']]);
    expect(codes(`${head}${Array.from({ length: 201 }, (_, i) => `${i},,1,被災1,あ,,い,,,,,\n`).join('')}`)).toEqual([[205, 'tooMany']]);
    expect(codes(`${head}${Array.from({ length: 30 }, (_, i) => `${i},,1,被災1,あ,,${'長'.repeat(1_900)},,,,,\n`).join('')}`)).toEqual([[26, 'tooMuch']]);
    expect(codes(`${head}1,,0,被災1,あ,,い,,,,,\n1,,0,被災1,あ,,い,,,,,\n2,8,0,被災1,あ,,い,,,,,\n`)).toEqual([[6, 'twice'], [7, 'afterUnknown']]);
  });

  it('G2 names the line also of what could be written and never played: a talk of nobody, everyone as who acts, a town beyond the numbers', () => {
    const codes = (text: string): [number, string][] => readScenario(`${head}${text}`, known(opened())).problems.map(({ line, code }) => [line, code]);
    const line = (where: string, by: string): string => `1,,0,${where},気象台,,本文,回答,${by},5,,\n`;
    for (const where of ['県', '被災1の一次', '被災21', '被災99']) expect([where, codes(line(where, '県'))]).toEqual([where, [[5, 'talkUnknown']]]);
    for (const by of ['全体', '被災21の一次']) expect([by, codes(line('被災1', by))]).toEqual([by, [[5, 'whoUnknown']]]);
    // ㍿ is four letters when it is written out.
    expect(codes('㍿㍿㍿㍿,,0,被災1,気象台,,本文,,,,,\n')).toEqual([[5, 'tooLong']]);
  });

  it('G2 is quick however long the file is, also where each of its lines waits for the one before', () => {
    const file = `${head}${Array.from({ length: 5_000 }, (_, i) => `${i + 1},${i || ''},1,被災1,あ,,い,,,,,\n`).join('')}`;
    expect(busyWith(() => expect(readScenario(file, known(opened())).problems.map(({ code }) => code)).toEqual(['tooMany']))).toBeLessThan(2_000);
  });

  it('G2 whatever the file lets through is small enough to be sent', () => {
    const long = (n: number): string => '長'.repeat(n);
    const rows = Array.from({ length: 200 }, (_, i) => `${long(9)}${100 + i},,1,被災1,${long(60)},緊急,${long(130)},被害報告,被災1の一次,10080,100,\n`);
    const { scenario, problems } = readScenario(`${head}${rows.join('')}`, known(opened()));
    expect(problems).toEqual([]);
    expect(new TextEncoder().encode(JSON.stringify(scenario)).length).toBeLessThan(190_000);
    expect(readScenario(`${head}${rows.map((row) => row.replace(long(130), long(150))).join('')}`, known(opened())).problems.map(({ code }) => code)).toEqual(['tooMuch']);
  });

  it('G3 those that come with the product are without fault, for the towns they name and for any others', () => {
    const folder = join(import.meta.dirname, 'scenarios');
    const files = readdirSync(folder);
    expect(files).toHaveLength(3);
    const here = opened();
    const more = ['宇和島市', '大洲市'].map((name) => ({ ...known(here).organizations[1]!, id: freshId(), name }));
    for (const file of files) {
      const { problems, scenario } = readScenario(readFileSync(join(folder, file), 'utf8'), { ...known(here), organizations: [...known(here).organizations, ...more] });
      expect([file, problems]).toEqual([file, []]);
      expect(scenario!.injects.filter(({ act }) => act).length, file).toBeGreaterThan(6);
    }
  });
});

describe('who begins', () => {
  it('G1 the prefecture, beside a drill that is open and has none; never in a real disaster, and beside a real one only when it is said', () => {
    const { paper, begin, inject, taro, hanako, open, drill, orgs } = opened();
    expect(begin([inject('1', 0)], {}, taro)).toBe('incident.drillByPrefecture');
    expect(begin([inject('1', 0)], {}, personOf('guest', orgs.ehime))).toBe('incident.notFound');
    const real = open(false);
    expect(begin([inject('1', 0)], { incident: real })).toBe('drill.notADrill');
    expect(begin([inject('1', 0)])).toBe('drill.realUnderWay');
    expect(begin([inject('1', 0)], { beside: true, controllers: [taro.person] })).toBe('drill.controllerUnknown');
    expect(begin([inject('1', 0)], { beside: true })).toBe('ok');
    expect(begin([inject('1', 0)], { beside: true })).toBe('drill.begunAlready');
    paper.do(hanako, closeIncident, { incident: drill, seen: 1 });
    expect(begin([inject('1', 0)], { beside: true })).toBe('incident.alreadyClosed');
  });

  it('G4 is refused where a part is nobody’s: a talk that the drill has not, a town or person that is not there, a circle', () => {
    const { begin, inject, orgs, paper } = opened();
    // A town that is in the house and in no talk of this drill.
    const away = freshId();
    paper.do(systemActor, addOrganization, { id: away, code: '382078', name: '大洲市', kana: '', romaji: 'ozu', short: '大洲', kind: 'city' });
    const act = { act: 'answer', within: 5 } as const;
    expect(begin([inject('1', 0, { where: { as: 'hit', n: 2 } })])).toBe('drill.noSuchTalk');
    expect(begin([inject('1', 0, { where: { as: 'room', id: freshId() } })])).toBe('drill.noSuchTalk');
    expect(begin([inject('1', 0, { ...act, by: { as: 'person', id: freshId() } })])).toBe('drill.noSuchPerson');
    expect(begin([inject('1', 0, { ...act, by: { as: 'primary', n: 3 } })])).toBe('drill.noSuchPart');
    expect(begin([inject('1', 0, { ...act, by: { as: 'org', id: freshId() } })])).toBe('drill.noSuchPart');
    expect(begin([inject('1', 0, { ...act, by: { as: 'org', id: away } })])).toBe('drill.notInTalk');
    expect(begin([inject('1', 0, { after: '2' }), inject('2', 0, { after: '1' })])).toBe('drill.cycle');
    expect(begin([inject('1', 0, { ...act, by: { as: 'org', id: orgs.iyo } })])).toBe('ok');
  });
});

describe('the clock', () => {
  it('G5 plays each in at its minute, once, and what follows another after that one; into the twin and not the permanent talk', () => {
    const { paper, start, inject, played, group, drill } = opened();
    start([inject('1', 0, { urgent: 1 }), inject('2', 10), inject('3', 5, { after: '2', where: { as: 'everyone' }, text: '{被災1}と{被災1の一次}と{被災1の二次}と{誰か}' })]);
    paper.pass(60 * minute);
    expect(played()).toEqual([['1', 0], ['2', 10], ['3', 15]]);
    const notes = paper.events.filter(({ kind, body }) => kind === 'talk.noted' && (body as { line: string }).line === 'drill.given') as Event<any>[];
    expect(notes).toHaveLength(3);
    expect(notes.map(({ body }) => [body.urgency, body.params.text])).toEqual([['urgent', '大雨です'], [undefined, '大雨です'], [undefined, '西予市と西条市と伊予市と{誰か}']]);
    expect(notes.every(({ stream, incident: of, drill: marked }) => stream !== `r:${group}` && of === drill && marked === true)).toBe(true);
    expect(paper.events.some(({ stream, kind }) => stream === `r:${group}` && kind !== 'talk.roomOpened')).toBe(false);
  });

  it('G5 stands and goes on, and runs faster; what was planned before a change does nothing', () => {
    const { paper, start, inject, played, run, drill, hanako } = opened();
    start([inject('1', 10, { act: 'answer', by: { as: 'hit', n: 1 }, within: 20 }), inject('2', 40)]);
    paper.pass(5 * minute);
    const does = (running: boolean, speed: number): string => codeOf(paper.do(hanako, pace, { incident: drill, rev: run().rev, running, speed }));
    expect(does(false, 1)).toBe('ok');
    paper.pass(60 * minute);
    expect(played()).toEqual([]);
    expect([does(false, 1), does(true, 10)]).toEqual(['drill.samePace', 'ok']);
    expect(codeOf(paper.do(hanako, pace, { incident: drill, rev: 1, running: false, speed: 1 }))).toBe('drill.changedSince');
    paper.pass(60 * minute);
    expect(played()).toEqual([['1', 65.5], ['2', 68.5]]);
    // Twenty minutes of a clock that runs ten times as fast are two.
    expect(run().given['1']!.due! - run().given['1']!.at).toBe(2 * minute);
  });

  it('G6 one is given before its time, or left out; what follows it comes all the same', () => {
    const { paper, start, inject, played, run, drill, hanako, taro } = opened();
    start([inject('1', 30), inject('2', 5, { after: '1' }), inject('3', 60), inject('4', 10, { after: '3' })]);
    paper.pass(2 * minute);
    expect(codeOf(paper.do(taro, giveNow, { incident: drill, rev: 2, no: '1' }))).toBe('drill.notFound');
    expect(codeOf(paper.do(hanako, giveNow, { incident: drill, rev: 2, no: '9' }))).toBe('drill.notFound');
    expect(codeOf(paper.do(hanako, giveNow, { incident: drill, rev: 2, no: '1' }))).toBe('ok');
    expect(codeOf(paper.do(hanako, giveNow, { incident: drill, rev: run().rev, no: '1' }))).toBe('drill.givenAlready');
    expect(codeOf(paper.do(hanako, skip, { incident: drill, rev: run().rev, no: '3' }))).toBe('ok');
    paper.pass(60 * minute);
    expect(played()).toEqual([['1', 2], ['2', 7], ['4', 12]]);
  });

  it('G7 a word of help stands in the same talk, once; what an evaluator saw goes before what was worked out', () => {
    const { paper, start, inject, run, drill, hanako, taro } = opened();
    start([inject('1', 0), inject('2', 60)]);
    paper.pass(minute);
    const does = <I extends { incident: Id }>(deed: Deed<I, any> & { deed: string }, input: Omit<I, 'incident'>, who = hanako): string => codeOf(paper.do(who, deed, { incident: drill, ...input } as I));
    expect([does(hint, { no: '2', text: '早い' }), does(hint, { no: '1', text: '{被災1}の方は' }), does(hint, { no: '1', text: '二度' }), does(hint, { no: '1', text: '私も' }, taro)]).toEqual(['drill.notGiven', 'ok', 'drill.hintedAlready', 'drill.notFound']);
    expect((paper.events.find(({ kind, body }) => kind === 'talk.noted' && (body as { line: string }).line === 'drill.hint') as Event<any>).body.params.text).toBe('西予市の方は');
    expect([does(rate, { no: '1', rating: 'P' }), does(rate, { no: '1', rating: 'P', why: '口頭でしていた' }), does(rate, { no: '2', rating: 'U', why: 'まだ' })]).toEqual(['drill.whyMissing', 'ok', 'drill.notGiven']);
    expect(run().rated['1']).toMatchObject({ rating: 'P', why: '口頭でしていた', by: hanako.person });
    expect([does(rate, { no: '1' }), run().rated]).toEqual(['ok', {}]);
  });
});

describe('the end', () => {
  it('G8 when it becomes real it ends in one step, everyone in its talks is woken, and nothing more is played in', () => {
    const { paper, start, inject, played, drill, jiro, taro, open } = opened();
    start([inject('1', 0), inject('2', 10)]);
    paper.pass(minute);
    const real = (who: Actor, of = drill): string => codeOf(paper.do(who, realNow, { incident: of, seen: 1 }));
    expect([real(taro), real(jiro, open(false)), real(jiro)]).toEqual(['incident.prefectureOnly', 'drill.notADrill', 'ok']);
    const twin = paper.get<Incident>(incident.noun, drill)!.roles[0]!.room;
    const told = (paper.events.filter(({ kind, stream }) => kind === 'talk.noted' && stream === `r:${twin}`) as Event<any>[]).map(({ body, drill: marked }) => [body.line, body.urgency, marked]);
    expect(told.slice(-2)).toEqual([['drill.real', 'urgent', true], ['incident.drillClosed', undefined, true]]);
    expect(paper.get<Room>(room.noun, twin)!.closedAt).toBe(paper.now);
    paper.pass(60 * minute);
    expect(played()).toEqual([['1', 0]]);
  });

  it('G13 what is to be mended has an owner and a time, and goes on after the drill', () => {
    const { paper, drill, hanako, taro, aoi, orgs, open } = opened();
    const point = { incident: drill, text: '電話番号を更新する', owner: orgs.seiyo, due: paper.now + 86_400_000 };
    expect(codeOf(paper.do(taro, addPoint, point))).toBe('incident.prefectureOnly');
    expect(codeOf(paper.do(hanako, addPoint, { ...point, incident: open(false) }))).toBe('drill.notADrill');
    expect(codeOf(paper.do(hanako, addPoint, { ...point, person: aoi.person }))).toBe('directory.personNotFound');
    paper.do(hanako, closeIncident, { incident: drill, seen: 1 });
    const made = paper.do(hanako, addPoint, { ...point, person: taro.person });
    const id = made.ok ? made.id : '';
    const move = (who: Actor, state: 'begun' | 'done' | 'cancelled', sees: number): string => codeOf(paper.do(who, movePoint, { incident: drill, point: id, state, sees }));
    expect([move(aoi, 'done', 0), move(taro, 'cancelled', 0), move(taro, 'begun', 0), move(taro, 'done', 0), move(hanako, 'done', 1)]).toEqual(['drill.notYourPoint', 'drill.notYourPoint', 'ok', 'drill.pointChanged', 'ok']);
    expect(paper.get<Improvement>(improvement.noun, id)).toMatchObject({ state: 'done', owner: orgs.seiyo, steps: [{ state: 'begun' }, { state: 'done' }] });
  });
});
