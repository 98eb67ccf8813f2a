import { codeOf } from '@noroshi/foundations/testing';
import { pledges, requestOnPaper, steps } from '@noroshi/e2e/request-on-paper';
import type { Id } from '@noroshi/foundations/kernel';
import { dayInJapan } from '@noroshi/features/incident';
import { describe, expect, it } from 'vitest';
import { arrive, close, consider, depart, handOver, recall, returnHome, send, stateOf, sumsOf, takeUp, turnBack } from './request.ts';
import { linesIn, otherWaves, wavesAhead } from './ahead.ts';
import { isDeserted } from './deserted.ts';

describe('a wave', () => {
  it('R60 goes out, arrives, works, hands over and comes home; 到着 are those who have come, and 帰任 says who is home again', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 6 }]);
    pledges(on, on.cast.aoi, asked, { 1: 6 });
    for (const [deed, count, arrived, home] of [[depart, 6, 0, 0], [arrive, 4, 4, 0], [arrive, 6, 6, 0], [takeUp, 6, 6, 0], [handOver, 6, 6, 0], [returnHome, 5, 6, 5], [returnHome, 6, 6, 6]] as const) {
      expect(codeOf(steps(on, on.cast.aoi, deed, asked, count))).toBe('ok');
      expect(on.sums(asked)).toMatchObject({ committed: 6, arrived, home, short: 0 });
    }
    expect(stateOf(on.now(asked))).toBe('done');
  });

  it('R44 that is home before its last day leaves the request neither filled nor done, until the asker says that it is', () => {
    const on = requestOnPaper();
    const asks = (endDate: string) => on.paper.do(on.cast.taro, send, { room: on.groupC, incident: on.flood, lines: [{ duty: 'shelter', count: 6 }], details: { endDate } });
    const served = (endDate: string): Id => {
      const asked = asks(endDate);
      if (!asked.ok) throw new Error(asked.code);
      pledges(on, on.cast.aoi, asked.id, { 1: 6 });
      for (const deed of [arrive, returnHome]) steps(on, on.cast.aoi, deed, asked.id, 6);
      return asked.id;
    };
    const day = (offset: number): string => dayInJapan(on.paper.now + offset * 86_400_000);
    expect(stateOf(on.now(served(day(0))))).toBe('done');
    const early = served(day(3));
    expect(stateOf(on.now(early))).toBe('home');
    expect(isDeserted(on.now(early), sumsOf(on.now(early)).lines[0]!)).toBe(true);
    expect(codeOf(on.paper.do(on.cast.taro, close, on.where(early)))).toBe('ok');
    expect(stateOf(on.now(early))).toBe('done');
  });

  it('R44 of which some are home and others yet to leave, a line is not deserted', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 6 }]);
    pledges(on, on.cast.aoi, asked, { 1: 4 });
    pledges(on, on.cast.ken, asked, { 1: 2 });
    for (const deed of [arrive, returnHome]) steps(on, on.cast.aoi, deed, asked, 4);
    expect(on.sums(asked)).toEqual({ needed: 6, committed: 6, arrived: 4, home: 4, short: 0, surplus: 0 });
    expect(stateOf(on.now(asked))).toBe('filled');
    expect(isDeserted(on.now(asked), sumsOf(on.now(asked)).lines[0]!)).toBe(false);
  });

  it('R61 is never more than was committed, nor fewer than have gone further', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 6 }]);
    expect(codeOf(steps(on, on.cast.aoi, depart, asked, 1))).toBe('request.nothingCommitted');
    pledges(on, on.cast.aoi, asked, { 1: 4 });
    expect(steps(on, on.cast.aoi, depart, asked, 5)).toEqual({ ok: false, code: 'request.moreThanCommitted', params: { committed: 4 } });
    expect(codeOf(steps(on, on.cast.aoi, takeUp, asked, 1))).toBe('request.notArrived');
    expect(codeOf(steps(on, on.cast.aoi, arrive, asked, 3))).toBe('ok');
    expect(on.now(asked).answers[`1/${on.orgs.saijo}/1`]!.moves).toMatchObject({ departed: 3, arrived: 3 });
    expect(codeOf(steps(on, on.cast.aoi, depart, asked, 2))).toBe('request.furtherAlready');
    expect(codeOf(pledges(on, on.cast.aoi, asked, { 1: 2 }))).toBe('request.alreadyDeparted');
    expect(codeOf(pledges(on, on.cast.aoi, asked, { 1: 3 }))).toBe('ok');
  });

  it('R62 who is called back, or turned back, is missing again; the line is asked for anew', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 6 }]);
    pledges(on, on.cast.aoi, asked, { 1: 6 });
    steps(on, on.cast.aoi, depart, asked, 6);
    steps(on, on.cast.aoi, arrive, asked, 4);
    expect(codeOf(steps(on, on.cast.aoi, turnBack, asked, 3))).toBe('request.notOnTheWay');
    expect(codeOf(steps(on, on.cast.aoi, turnBack, asked, 2))).toBe('ok');
    expect(on.sums(asked)).toEqual({ needed: 6, committed: 4, arrived: 4, home: 0, short: 2, surplus: 0 });
    expect(on.lastTold().line).toBe('request.passedOn.primary.answered.secondaries');
    expect(codeOf(steps(on, on.cast.taro, recall, asked, 6, on.orgs.saijo))).toBe('ok');
    expect(on.sums(asked)).toMatchObject({ committed: 0, arrived: 4 });
    expect(codeOf(steps(on, on.cast.taro, recall, asked, 7, on.orgs.saijo))).toBe('request.nobodyToRecall');
    steps(on, on.cast.aoi, returnHome, asked, 4);
    expect(on.sums(asked)).toMatchObject({ committed: 0, arrived: 0, home: 0, short: 6 });
  });

  it('R63 overlaps the one before; the next is in view when all of the one before are home', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 2, waves: [{ from: '2018-07-07', to: '2018-07-14' }, { from: '2018-07-14', to: '2018-07-21' }] }]);
    pledges(on, on.cast.aoi, asked, { 1: 2 });
    pledges(on, on.cast.ken, asked, { 1: 2 }, 2);
    steps(on, on.cast.aoi, arrive, asked, 2);
    steps(on, on.cast.ken, arrive, asked, 2, on.orgs.iyo, 1, 2);
    expect(sumsOf(on.now(asked)).lines[0]).toMatchObject({ wave: 1, arrived: 2 });
    steps(on, on.cast.aoi, handOver, asked, 2);
    steps(on, on.cast.aoi, returnHome, asked, 2);
    expect(sumsOf(on.now(asked)).lines[0]).toMatchObject({ wave: 2, committed: 2, arrived: 2 });
    expect(codeOf(pledges(on, on.cast.aoi, asked, { 1: 1 }, 3))).toBe('request.waveNotFound');
  });

  it('R63 can be answered ahead of its time: the talk says for which it is and what that one lacks, and today stays as it is', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 4, waves: [{ from: '2018-07-07', to: '2018-07-14' }, { from: '2018-07-14', to: '2018-07-21' }] }, { duty: 'houseSurvey', count: 2 }]);
    pledges(on, on.cast.ken, asked, { 1: 3 }, 2);
    expect(on.lastTold()).toMatchObject({ line: 'request.committed.ahead', params: { org: '伊予市', wave: 2, count: 3, short: 1 } });
    expect(on.sums(asked)).toMatchObject({ committed: 0, short: 6 });
    pledges(on, on.cast.ken, asked, { 1: 4 }, 2);
    expect(on.lastTold()).toMatchObject({ line: 'request.recommitted.ahead', params: { wave: 2, count: 4, short: 0 } });
    on.paper.do(on.cast.aoi, consider, { ...on.where(asked), parts: [{ line: 1, wave: 2, count: 1, sees: 0 }] });
    expect(on.lastTold()).toMatchObject({ line: 'request.considered.ahead', params: { wave: 2, count: 1 } });
    // Of the wave it is in, the talk speaks as ever.
    pledges(on, on.cast.aoi, asked, { 1: 4, 2: 2 });
    expect(on.told()).toContain('request.committed.filled');
    expect([otherWaves(on.now(asked)), wavesAhead(on.now(asked))]).toEqual([[2], [2]]);
    expect(linesIn(on.now(asked), 2)).toMatchObject([{ wave: 2, committed: 4, short: 0 }]);
    steps(on, on.cast.aoi, arrive, asked, 4);
    steps(on, on.cast.aoi, returnHome, asked, 4);
    // What has been can be looked at, and is answered no more.
    expect([otherWaves(on.now(asked)), wavesAhead(on.now(asked))]).toEqual([[1], []]);
  });

  it('R64 is told of by the supporter, the asker and headquarters, and by nobody else', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    pledges(on, on.cast.aoi, asked, { 1: 6 });
    expect(codeOf(steps(on, on.cast.ken, arrive, asked, 1, on.orgs.saijo))).toBe('request.notYours');
    expect(codeOf(steps(on, on.cast.taro, arrive, asked, 1, on.orgs.saijo))).toBe('ok');
    expect(codeOf(steps(on, on.cast.hanako, arrive, asked, 2, on.orgs.saijo))).toBe('ok');
    expect(codeOf(steps(on, on.cast.mika, arrive, asked, 3, on.orgs.saijo))).toBe('request.notForGuests');
  });
});
