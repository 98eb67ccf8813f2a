import { codeOf } from '@noroshi/foundations/testing';
import { pledges, refuses, requestOnPaper, steps } from '@noroshi/e2e/request-on-paper';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { incident } from '@noroshi/features/incident';
import { describe, expect, it } from 'vitest';
import { acknowledge, arrive, consider, escalate, followPlan, returnHome, revise, stateOf, takeOver, withdraw } from './request.ts';
import { dutyOfOrg } from './web/duties.ts';
import { waitingFor } from './web/waiting.ts';

describe('the clock', () => {
  const minute = 60_000;

  it('R50 runs from sending and stops when every line is committed or declined; considering and 受領 do not stop it', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    on.paper.do(on.cast.aoi, acknowledge, on.where(asked));
    on.paper.do(on.cast.aoi, consider, { ...on.where(asked), parts: [{ line: 1, wave: 1, count: 12, sees: 0 }, { line: 2, wave: 1, count: 4, sees: 0 }] });
    on.paper.pass(29 * minute);
    expect(on.told()).toEqual(['request.sent', 'request.considered']);
    on.paper.pass(minute);
    expect(on.lastTold()).toMatchObject({ line: 'request.passedOn.primary.late.secondaries', params: { rest: 16, minutes: 30, primary: '西条市' } });
    expect(on.now(asked).stages['1']).toMatchObject({ tier: 'secondaries', due: on.paper.now + 30 * minute });
  });

  it('R51 a line on which the primary has given its last word goes on at once with what is short; the others wait', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    refuses(on, on.cast.aoi, asked);
    expect(on.lastTold()).toMatchObject({ line: 'request.passedOn.primary.answered.secondaries', params: { rest: 4 } });
    expect(on.now(asked).stages).toMatchObject({ 1: { tier: 'primary' }, 2: { tier: 'secondaries' } });
    pledges(on, on.cast.aoi, asked, { 1: 10 });
    expect(on.lastTold()).toMatchObject({ line: 'request.passedOn.primary.answered.secondaries', params: { rest: 2 } });
    on.paper.pass(29 * minute);
    expect(on.told().filter((line) => line.includes('late'))).toEqual([]);
  });

  it('a primary that commits everything stops it for good', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    pledges(on, on.cast.aoi, asked, { 1: 12, 2: 4 });
    on.paper.pass(24 * 60 * minute);
    expect(on.told()).toEqual(['request.sent', 'request.committed.filled']);
    expect(stateOf(on.now(asked))).toBe('filled');
  });

  it('R52 goes on to headquarters when the secondaries are late too, or have all answered, and no further by itself', () => {
    const late = requestOnPaper();
    late.asks([{ duty: 'shelter', count: 6 }], 10);
    late.paper.pass(24 * 60 * minute);
    expect(late.told()).toEqual(['request.sent', 'request.passedOn.primary.late.secondaries', 'request.passedOn.secondaries.late.headquarters']);
    const answered = requestOnPaper();
    const asked = answered.asks([{ duty: 'shelter', count: 6 }]);
    for (const who of [answered.cast.aoi, answered.cast.ken, answered.cast.tomo]) refuses(answered, who, asked, 1);
    expect(answered.told().slice(-1)).toEqual(['request.passedOn.secondaries.answered.headquarters']);
    const alone = requestOnPaper([]);
    alone.asks([{ duty: 'shelter', count: 6 }]);
    alone.paper.pass(30 * minute);
    expect(alone.told().slice(-1)).toEqual(['request.passedOn.primary.late.headquarters']);
  });

  it('R53 a line that is short again gives the secondaries a new clock', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 6 }]);
    refuses(on, on.cast.aoi, asked, 1);
    pledges(on, on.cast.ken, asked, { 1: 6 });
    on.paper.pass(2 * 60 * minute);
    on.paper.do(on.cast.ken, withdraw, { ...on.where(asked), parts: [{ line: 1, wave: 1, sees: 1 }], reason: 'ownDisaster' });
    expect(on.lastTold()).toMatchObject({ line: 'request.passedOn.reopened', params: { rest: 6 } });
    on.paper.pass(30 * minute);
    expect(on.lastTold().line).toBe('request.passedOn.secondaries.late.headquarters');
  });

  it('R54 a revision that asks for more begins again with the primary; one that asks for less, or for a further wave, does not', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 6 }]);
    pledges(on, on.cast.aoi, asked, { 1: 6 });
    on.paper.pass(60 * minute);
    const say = (sees: number, count: number) => on.paper.do(on.cast.taro, revise, { ...on.where(asked), sees, lines: [{ id: 1, duty: 'shelter', count }] });
    say(1, 9);
    expect(on.now(asked).stages['1']).toMatchObject({ tier: 'primary', due: on.paper.now + 30 * minute });
    on.paper.pass(30 * minute);
    expect(on.lastTold()).toMatchObject({ line: 'request.passedOn.primary.late.secondaries', params: { rest: 3 } });
    const before = on.now(asked).stages['1'];
    say(2, 8);
    expect(on.now(asked).stages['1']).toEqual(before);
    const waves = [{ from: '2018-07-07', to: '2018-07-14' }, { from: '2018-07-14', to: '2018-07-21' }];
    on.paper.do(on.cast.taro, revise, { ...on.where(asked), sees: 3, lines: [{ id: 1, duty: 'shelter', count: 8, waves }] });
    expect(on.now(asked).stages['1']).toEqual(before);
  });

  it('R54 the next wave, short when all of the one before are home, begins with the primary and the whole clock, whoever told of it', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 6, waves: [{ from: '2018-07-07', to: '2018-07-14' }, { from: '2018-07-14', to: '2018-07-21' }] }]);
    pledges(on, on.cast.aoi, asked, { 1: 6 });
    pledges(on, on.cast.ken, asked, { 1: 2 }, 2);
    steps(on, on.cast.taro, arrive, asked, 6, on.orgs.saijo);
    on.paper.pass(3 * 24 * 60 * minute);
    const before = on.told().length;
    steps(on, on.cast.taro, returnHome, asked, 6, on.orgs.saijo);
    expect(on.told().slice(before)).toEqual(['request.returned', 'request.passedOn.wave']);
    expect(on.lastTold()).toMatchObject({ params: { rest: 4, minutes: 30 } });
    expect(on.now(asked).stages['1']).toMatchObject({ tier: 'primary', since: on.paper.now, raised: on.paper.now, due: on.paper.now + 30 * minute });
    expect(dutyOfOrg(on.now(asked), on.orgs.saijo)).toMatchObject({ owes: 'answer', due: on.paper.now + 30 * minute, count: 4 });
    on.paper.pass(30 * minute);
    expect(on.lastTold()).toMatchObject({ line: 'request.passedOn.primary.late.secondaries', params: { rest: 4, primary: '西条市' } });
  });

  it('R51 names the primary whose time is up, also where another brought it to light', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 6 }]);
    pledges(on, on.cast.ken, asked, { 1: 6 });
    on.paper.pass(60 * minute);
    pledges(on, on.cast.ken, asked, { 1: 4 });
    on.paper.pass(0);
    expect(on.lastTold()).toMatchObject({ line: 'request.passedOn.primary.late.secondaries', params: { rest: 2, primary: '西条市' } });
  });

  it('R55 the next in order is asked with the whole clock when the primary is hit too', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 6 }]);
    on.paper.pass(20 * minute);
    on.paper.put(incident.noun, on.flood, on.incidentOf({ roles: [{ affected: on.orgs.seiyo, primary: on.orgs.iyo, secondaries: [on.orgs.tobe], assumed: true, room: on.groupC, succeeded: [{ from: on.orgs.saijo, because: 'hit' }] }] }));
    on.paper.do({ person: on.cast.hanako.person, org: on.orgs.ehime, role: 'system' }, followPlan, { room: on.groupC, incident: on.flood });
    expect(on.now(asked).supporters).toMatchObject({ primary: on.orgs.iyo, secondaries: [on.orgs.tobe] });
    on.paper.pass(29 * minute);
    expect(on.lastTold()).toMatchObject({ line: 'request.followed', params: { primary: '伊予市' } });
    on.paper.pass(minute);
    expect(on.lastTold()).toMatchObject({ line: 'request.passedOn.primary.late.secondaries', params: { primary: '伊予市' } });
  });
});

describe('a line that has gone on to the secondaries', () => {
  it.each([false, true])('R55 is asked of the new primary with the whole clock, unless it has answered (answered: %s)', (answered) => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 6 }]);
    refuses(on, on.cast.aoi, asked, 1);
    on.paper.pass(10 * 60_000);
    if (answered) refuses(on, on.cast.ken, asked, 1);
    on.paper.put(incident.noun, on.flood, on.incidentOf({ roles: [{ affected: on.orgs.seiyo, primary: on.orgs.iyo, secondaries: [], assumed: true, room: on.groupC, succeeded: [{ from: on.orgs.saijo, because: 'hit' }] }] }));
    on.paper.do({ person: on.cast.hanako.person, org: on.orgs.ehime, role: 'system' }, followPlan, { room: on.groupC, incident: on.flood });
    if (answered) return expect(on.now(asked).stages['1']).toMatchObject({ tier: 'secondaries' });
    const due = on.paper.now + 30 * 60_000;
    expect(on.now(asked).stages['1']).toMatchObject({ tier: 'primary', due });
    expect(dutyOfOrg(on.now(asked), on.orgs.iyo)).toMatchObject({ owes: 'answer', due, count: 6 });
    // Help unasked from outside is no answer of the primary: its time stays its own.
    pledges(on, on.cast.uta, asked, { 1: 1 });
    expect(on.now(asked).stages['1']).toMatchObject({ tier: 'primary', due });
    on.paper.pass(30 * 60_000);
    expect(on.lastTold()).toMatchObject({ line: 'request.passedOn.primary.late.headquarters', params: { rest: 5, primary: '伊予市' } });
  });
});

describe('引き取り', () => {
  it('R57 names who at headquarters sees to what is short; a colleague may take it on, and nobody else may', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    const takes = (who: Actor) => codeOf(on.paper.do(who, takeOver, on.where(asked)));
    expect(takes(on.cast.mika)).toBe('request.notForGuests');
    expect([takes(on.cast.taro), takes(on.cast.aoi)]).toEqual(['request.takeOverByHeadquarters', 'request.takeOverByHeadquarters']);
    expect(takes(on.cast.hanako)).toBe('ok');
    expect(on.now(asked).inHand).toMatchObject({ by: on.cast.hanako.person, org: on.orgs.ehime });
    expect(on.lastTold()).toMatchObject({ line: 'request.takenOver', params: { org: '愛媛県', short: 16 } });
    expect(takes(on.cast.hanako)).toBe('request.inYourHands');
    const colleague = { ...on.cast.hanako, person: on.paper.id() };
    expect(takes(colleague)).toBe('ok');
    expect(on.now(asked).inHand!.by).toBe(colleague.person);
    // It answers for nobody: the clock goes on, and the sums stand.
    on.paper.pass(30 * 60_000);
    expect(on.now(asked).stages['1']).toMatchObject({ tier: 'secondaries' });
  });
});

describe('what is owed', () => {
  it('I4 by the prefecture, where it is primary as well: first its own answer, then what falls to it as headquarters, until someone there sees to it', () => {
    const on = requestOnPaper([], 'ehime');
    const asked = on.asks([{ duty: 'shelter', count: 6 }]);
    const owed = () => dutyOfOrg(on.now(asked), on.orgs.ehime);
    const due = on.paper.now + 30 * 60_000;
    expect(owed()).toMatchObject({ owes: 'answer', due, count: 6 });
    pledges(on, on.cast.hanako, asked, { 1: 2 });
    expect(on.now(asked).stages['1']).toMatchObject({ tier: 'headquarters' });
    expect(owed()).toMatchObject({ owes: 'stepIn', count: 4 });
    expect(owed()).not.toHaveProperty('due');
    // Late, it owes its answer first.
    const late = on.asks([{ duty: 'shelter', count: 6 }]);
    on.paper.pass(30 * 60_000);
    expect(dutyOfOrg(on.now(late), on.orgs.ehime)).toMatchObject({ owes: 'answer', due: on.paper.now, count: 6 });
    expect(codeOf(on.paper.do(on.cast.hanako, escalate, { ...on.where(late), to: 'nation' }))).toBe('ok');
  });

  it('R56 the primary owes its word beyond its time, until every line is committed or declined', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    const owed = (org: Id) => dutyOfOrg(on.now(asked), org);
    on.paper.pass(30 * 60_000);
    const due = on.paper.now;
    expect(owed(on.orgs.saijo)).toMatchObject({ owes: 'answer', due, count: 16 });
    expect(waitingFor(on.now(asked))).toMatchObject([{ tier: 'primary', due, late: true }, { tier: 'secondaries', due: due + 30 * 60_000 }]);
    pledges(on, on.cast.aoi, asked, { 1: 10 });
    expect(owed(on.orgs.saijo)).toMatchObject({ owes: 'answer', due, count: 4 });
    on.paper.do(on.cast.aoi, consider, { ...on.where(asked), parts: [{ line: 2, wave: 1, count: 4, sees: 0 }] });
    expect(owed(on.orgs.saijo)).toMatchObject({ owes: 'answer', due, count: 4 });
    // Still so when the secondaries have let their time pass too, and it lies with headquarters.
    on.paper.pass(30 * 60_000);
    expect(owed(on.orgs.saijo)).toMatchObject({ owes: 'answer', due, count: 4 });
    refuses(on, on.cast.aoi, asked);
    expect(owed(on.orgs.saijo)).toBeUndefined();
    expect(waitingFor(on.now(asked))).toEqual([{ tier: 'headquarters' }]);
  });

  it('R56 who spoke in time owes nothing when a line goes on, and whatever somebody else has filled is owed by nobody', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    pledges(on, on.cast.aoi, asked, { 1: 10, 2: 4 });
    expect(on.now(asked).stages['1']).toMatchObject({ tier: 'secondaries' });
    expect(dutyOfOrg(on.now(asked), on.orgs.saijo)).toBeUndefined();
    const late = on.asks();
    on.paper.pass(30 * 60_000);
    pledges(on, on.cast.ken, late, { 1: 12, 2: 4 });
    expect(dutyOfOrg(on.now(late), on.orgs.saijo)).toBeUndefined();
  });
});
