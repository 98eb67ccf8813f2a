import type { Id } from '@noroshi/foundations/kernel';
import { freshId } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import type { Act } from './acts.ts';
import type { Given } from './drill-run.ts';
import type { Inject } from './scenario.ts';
import { coverageOf, scoreOf, type Reading, type Seen, type ToRead } from './score.ts';

const minute = 60_000;
const at = Date.UTC(2026, 8, 1, 0, 0);
const [seiyo, saijo, iyo] = [freshId(), freshId(), freshId()] as [Id, Id, Id];
const room = freshId();

const inject = (no: string, more: Partial<Inject>): Inject => ({ no, minute: 0, where: { as: 'hit', n: 1 }, from: '気象台', text: no, act: 'answer', by: { as: 'org', id: seiyo }, within: 10, ...more });
const given = (minutes: number, message = freshId(), within = 10): Given => ({ at: at + minutes * minute, clock: minutes, messages: [{ room, message }], due: at + (minutes + within) * minute });
const act = (what: Act['act'], minutes: number, org: Id, more: Partial<Act> = {}): Act => ({ act: what, at: at + minutes * minute, org, by: freshId(), stream: `r:${room}`, ...more });
const seen = (more: Partial<Seen> & { injects?: Inject[]; given?: Record<string, Given>; hinted?: Record<string, number>; rated?: NonNullable<Seen['run']>['rated'] }): Seen => {
  const { injects = [], given: came = {}, hinted = {}, rated = {}, ...rest } = more;
  return {
    incident: { id: freshId(), name: '訓練', openedAt: at, closedAt: at + 120 * minute }, now: at + 200 * minute, messages: [], acts: [], requests: [],
    run: { injects, given: came, skipped: {}, hinted, rated }, orgsOf: ({ by }) => (by?.as === 'secondary' ? [saijo, iyo] : by?.id ? [by.id] : []), ...rest,
  };
};
const tasks = (of: Seen): [string, string | undefined, number | undefined][] => scoreOf(of).tasks.map(({ no, rating, doneAt }) => [no, rating, doneAt === undefined ? undefined : (doneAt - at) / minute]);

describe('an act', () => {
  it('G11 is P in time, S late, M after a hint, U not at all, and nothing while its time runs', () => {
    const injects = ['1', '2', '3', '4'].map((no) => inject(no, {}));
    const come = Object.fromEntries(injects.map(({ no }) => [no, given(0)]));
    const says = (no: string, minutes: number, org = seiyo): Act => act('answer', minutes, org, { message: come[no]!.messages[0]!.message });
    const acts = [says('1', 5, saijo), says('1', 9), says('1', 11), says('3', 8), says('2', 12)].toSorted((a, b) => a.at - b.at);
    const all = { injects, given: come, acts, hinted: { 3: at + 6 * minute } };
    expect(tasks(seen(all))).toEqual([['1', 'P', 9], ['2', 'S', 12], ['3', 'M', 8], ['4', 'U', undefined]]);
    expect(scoreOf(seen(all))).toMatchObject({ points: 52.5, counts: { P: 1, S: 1, M: 1, U: 1 } });
    // Four minutes in, nothing of it is decided but what was done.
    const running = seen({ ...all, incident: { id: freshId(), name: '訓練', openedAt: at }, now: at + 9 * minute });
    expect(tasks(running)).toEqual([['1', 'P', 9], ['2', undefined, undefined], ['3', 'M', 8], ['4', undefined, undefined]]);
    // Nor does what came after the end count.
    expect(tasks(seen({ ...all, incident: { id: freshId(), name: '訓練', openedAt: at, closedAt: at + 8.5 * minute } }))).toEqual([['1', 'U', undefined], ['2', 'U', undefined], ['3', 'M', 8], ['4', 'U', undefined]]);
  });

  it('G11 counts in its talk and of its people alone, and only what came after it was given', () => {
    const who = freshId();
    const injects = [inject('1', { act: 'say' }), inject('2', { act: 'request' }), inject('3', { act: 'report' }), inject('4', { act: 'decide', by: { as: 'secondary', n: 1 } }), inject('5', { act: 'say', by: { as: 'person', id: who } })];
    const come = Object.fromEntries(injects.map(({ no }) => [no, given(10)]));
    const elsewhere = { stream: `r:${freshId()}` };
    const acts = [act('say', 9, seiyo), act('say', 12, seiyo, elsewhere), act('request', 13, seiyo, elsewhere), act('report', 14, seiyo, { stream: 'w' }), act('decide', 15, saijo), act('say', 16, seiyo), act('decide', 17, iyo), act('say', 18, seiyo, { by: who })];
    expect(tasks(seen({ injects, given: come, acts, orgsOf: ({ by }) => (by?.as === 'secondary' ? [saijo, iyo] : [seiyo]) }))).toEqual([['1', 'P', 16], ['2', 'U', undefined], ['3', 'P', 14], ['4', 'P', 17], ['5', 'P', 18]]);
    const [, , , four] = scoreOf(seen({ injects, given: come, acts: acts.filter(({ org }) => org !== iyo) })).tasks;
    expect([four!.rating, four!.missing]).toEqual(['U', [iyo]]);
  });

  it('G11 weighs as its file says, and an evaluator’s word goes before what was worked out', () => {
    const injects = [inject('1', { weight: 3 }), inject('2', {})];
    const come = { 1: given(0), 2: given(0) };
    const none = seen({ injects, given: come });
    expect(scoreOf(none).points).toBe(0);
    const told = scoreOf(seen({ injects, given: come, rated: { 1: { rating: 'P', why: '無線で答えた', by: freshId(), at } } }));
    expect([told.points, told.tasks[0]]).toMatchObject([75, { found: 'U', rating: 'P', why: '無線で答えた' }]);
    // What was not played in is asked of nobody.
    expect(scoreOf(seen({ injects, given: { 1: given(0) } })).tasks).toHaveLength(1);
    expect(scoreOf(seen({ injects }))).not.toHaveProperty('points');
  });

  it('G9 reading can be what is expected', () => {
    const come = given(0);
    const reading = (org: Id, minutes?: number): Reading => ({ person: freshId(), org, way: 'screen', ...(minutes === undefined ? {} : { at: at + minutes * minute }) });
    const messages: ToRead[] = [{ message: come.messages[0]!.message, at, org: iyo, urgent: true, readings: [reading(seiyo, 7), reading(seiyo, 4), reading(saijo)] }];
    expect(tasks(seen({ injects: [inject('1', { act: 'read' }), inject('2', { act: 'read', by: { as: 'org', id: saijo } })], given: { 1: come, 2: come }, messages }))).toEqual([['1', 'P', 4], ['2', 'U', undefined]]);
  });
});

describe('reading', () => {
  it('G9 after so many minutes so many had read; what was younger at the end says nothing of those minutes', () => {
    const read = [[0, 1], [0, 6], [0, 31], [0, undefined], [50, 52]].map(([sent, after]) => ({ person: freshId(), org: seiyo, way: 'push' as const, sent: at + sent! * minute, at: after === undefined ? undefined : at + after * minute }));
    expect(coverageOf(read, at + 60 * minute)).toEqual({
      asked: 5, never: 1, after: [{ read: 2, of: 5 }, { read: 2, of: 4 }, { read: 2, of: 4 }, { read: 3, of: 4 }],
      half: 2 * minute, most: 31 * minute, all: 31 * minute,
    });
    expect(coverageOf([], at)).toEqual({ asked: 0, never: 0, after: [0, 0, 0, 0].map(() => ({ read: 0, of: 0 })) });
  });

  it('G9 is told for each organization, with the way by which people were reached, and how soon it answered', () => {
    const message = freshId();
    const messages: ToRead[] = [{
      message, at, org: iyo, urgent: true,
      readings: [{ person: freshId(), org: seiyo, way: 'push', at: at + minute }, { person: freshId(), org: seiyo, way: 'phone', at: at + 20 * minute }, { person: freshId(), org: saijo, way: 'never' }, { person: freshId(), org: iyo, way: 'screen', at }],
    }];
    const { towns, ways, coverage } = scoreOf(seen({ messages, acts: [act('answer', 4, seiyo, { message }), act('answer', 6, seiyo, { message })] }));
    expect(ways).toEqual({ push: { n: 1, half: minute }, phone: { n: 1, half: 20 * minute }, never: { n: 1 }, screen: { n: 1, half: 0 } });
    expect(coverage.asked).toBe(4);
    expect(towns.map(({ org, urgent, answered, answer, ways: by }) => [org, urgent, answered, answer, by])).toEqual([
      [seiyo, 1, 1, 4 * minute, { push: { n: 1, half: minute }, phone: { n: 1, half: 20 * minute } }], [saijo, 1, 0, undefined, { never: { n: 1 } }], [iyo, 0, 0, undefined, { screen: { n: 1, half: 0 } }],
    ]);
  });
});
