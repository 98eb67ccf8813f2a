import { codeOf, type PaperAnswer } from '@noroshi/foundations/testing';
import { pledges, refuses, requestOnPaper, type Stage, steps } from '@noroshi/e2e/request-on-paper';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { message, room } from '@noroshi/features/talk';
import { incident } from '@noroshi/features/incident';
import { roomStream } from '@noroshi/foundations/sync';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  accept, acknowledge, arrive, cancel, close, commit, consider, depart, escalate, predictedFor, recall, returnHome, revise, send, stateOf, sumsOf, takeOver, turnBack, withdraw,
  type Details,
} from './request.ts';
import { dutyOfOrg } from './web/duties.ts';
import { isDeserted } from './deserted.ts';

describe('a request', () => {
  it('R1 has a number by room, town and place, without holes, and another town or incident counts for itself', () => {
    const on = requestOnPaper();
    expect([on.asks(), on.asks(), on.asks()].map((asked) => on.now(asked).no)).toEqual(['C-西予-001', 'C-西予-002', 'C-西予-003']);
    const other = on.paper.id();
    on.paper.put(incident.noun, other, on.incidentOf({ id: other }));
    const answer = on.paper.do(on.cast.taro, send, { room: on.groupC, incident: other, lines: [{ duty: 'water', count: 2 }] });
    expect(answer.ok && on.now(answer.id).no).toBe('C-西予-001');
  });

  it('R2 is asked by the hit town, or by headquarters on its behalf, which is written down', () => {
    const on = requestOnPaper();
    const asks = (who: Actor, onBehalfOf?: Id) => on.paper.do(who, send, { room: on.groupC, incident: on.flood, ...(onBehalfOf ? { onBehalfOf } : {}), lines: [{ duty: 'shelter', count: 3 }] });
    expect(codeOf(asks(on.cast.aoi))).toBe('request.notHit');
    expect(codeOf(asks(on.cast.aoi, on.orgs.seiyo))).toBe('request.onlyAsker');
    expect(codeOf(asks(on.cast.mika))).toBe('request.notForGuests');
    const answer = asks(on.cast.hanako, on.orgs.seiyo);
    expect(answer.ok && on.now(answer.id)).toMatchObject({ org: on.orgs.seiyo, onBehalf: true, by: on.cast.hanako.person });
    expect(on.told()).toEqual(['request.sentOnBehalf']);
  });

  it('R3 is asked where its supporters listen: in the room of its role, open, and while the incident lasts', () => {
    const on = requestOnPaper();
    const elsewhere = on.paper.id();
    on.paper.put(room.noun, elsewhere, { id: elsewhere, kind: 'all', name: '全体', short: '全', orgs: [], incidents: [], pins: [] }, roomStream(elsewhere));
    const ask = (where: Id) => codeOf(on.paper.do(on.cast.taro, send, { room: where, incident: on.flood, lines: [{ duty: 'shelter', count: 1 }] }));
    expect(ask(elsewhere)).toBe('request.otherRoom');
    on.paper.put(incident.noun, on.flood, on.incidentOf({ closedAt: 1 }));
    expect(ask(on.groupC)).toBe('request.incidentOver');
    on.paper.put(room.noun, on.groupC, { id: on.groupC, kind: 'group', name: 'グループC', short: 'C', orgs: [], incidents: [], pins: [], closedAt: 1 }, roomStream(on.groupC));
    expect(ask(on.groupC)).toBe('request.roomClosed');
  });

  it.each([
    ['no lines', { lines: [] }],
    ['nobody', { lines: [{ duty: 'shelter', count: 0 }] }],
    ['1,000 people', { lines: [{ duty: 'shelter', count: 1_000 }] }],
    ['10,000 people', { lines: [{ duty: 'shelter', count: 10_000 }] }],
    ['half a person', { lines: [{ duty: 'shelter', count: 1.5 }] }],
    ['a duty nobody knows', { lines: [{ duty: 'dancing', count: 1 }] }],
    ['a field nobody knows', { lines: [{ duty: 'shelter', count: 1, colour: 'red' }] }],
    ['a day that is none', { lines: [{ duty: 'shelter', count: 1, waves: [{ from: '2018-13-01', to: '2018-13-02' }] }] }],
    ['a clock of four minutes', { lines: [{ duty: 'shelter', count: 1 }], clockMinutes: 4 }],
    ['a clock of a day', { lines: [{ duty: 'shelter', count: 1 }], clockMinutes: 1440 }],
    ['twenty-one lines', { lines: Array.from({ length: 21 }, () => ({ duty: 'shelter', count: 1 })) }],
  ])('R4 is refused by its shape: %s', (_what, more) => {
    expect(send.input.safeParse({ room: requestOnPaper().groupC, incident: requestOnPaper().flood, ...more }).success).toBe(false);
  });

  it('R5 does not end before it starts, says what "other" is; a time that is past is no reason to lose a call for help', () => {
    const on = requestOnPaper();
    const ask = (line: object, details: object = {}) => codeOf(on.paper.do(on.cast.taro, send, { room: on.groupC, incident: on.flood, lines: [{ duty: 'shelter', count: 1, ...line }], details } as never));
    expect(ask({}, { startDate: '2018-07-10', endDate: '2018-07-09' })).toBe('request.endBeforeStart');
    expect(ask({ waves: [{ from: '2018-07-10', to: '2018-07-09' }] })).toBe('request.endBeforeStart');
    expect(ask({ waves: [{ from: '2018-07-10', to: '2018-07-17' }, { from: '2018-07-09', to: '2018-07-20' }] })).toBe('request.wavesOutOfOrder');
    expect(ask({ duty: 'other' })).toBe('request.sayWhatWork');
    expect(ask({}, { neededBy: on.paper.now - 3_600_000 })).toBe('ok');
  });
});

describe('what belongs to a request', () => {
  it('R7 may be a message of this room as its report of the damage: a person’s, that still stands', () => {
    const on = requestOnPaper();
    const told = (more: object = {}): Id => {
      const id = on.paper.id();
      on.paper.put(message.noun, id, { id, by: on.cast.taro.person, org: on.orgs.seiyo, at: 1, text: '床上浸水 約200棟', ...more }, roomStream(on.groupC));
      return id;
    };
    const ask = (damageReport: Id) => on.paper.do(on.cast.taro, send, { room: on.groupC, incident: on.flood, lines: [{ duty: 'shelter', count: 1 }], details: { damageReport } });
    expect(codeOf(ask(on.paper.id()))).toBe('request.reportNotHere');
    expect(codeOf(ask(told({ note: { line: 'incident.opened', params: {} } })))).toBe('request.reportNotHere');
    expect(codeOf(ask(told({ withdrawn: { by: on.cast.taro.person, at: 2 } })))).toBe('request.reportNotHere');
    const report = told();
    const answer = ask(report);
    expect(codeOf(answer)).toBe('ok');
    if (!answer.ok) return;
    // Taken back afterwards it stays named, and is no reason to refuse a revision of something else.
    on.paper.put(message.noun, report, { id: report, by: on.cast.taro.person, org: on.orgs.seiyo, at: 1, withdrawn: { by: on.cast.taro.person, at: 2 } }, roomStream(on.groupC));
    const revising = (details: Details) => codeOf(on.paper.do(on.cast.hanako, revise, { ...on.where(answer.id), sees: on.now(answer.id).rev, details }));
    expect(revising({ damageReport: report, reason: '浸水' })).toBe('ok');
    expect(revising({ damageReport: on.paper.id(), reason: '浸水' })).toBe('request.reportNotHere');
  });

  it('R8 are files: awaited once from whoever names them, and gone when a revision takes them out', () => {
    const on = requestOnPaper();
    const file = (name: string) => ({ file: on.paper.id(), kind: 'file' as const, name, size: 12, type: 'text/plain' });
    const [map, photo] = [file('地図.pdf'), file('浸水.jpg')];
    const answer = on.paper.do(on.cast.taro, send, { room: on.groupC, incident: on.flood, lines: [{ duty: 'shelter', count: 1 }], details: { files: [map] } });
    if (!answer.ok) throw new Error(answer.code);
    const of = (from: number) => on.paper.events.slice(from).filter((e) => e.kind.startsWith('file.')).map((e) => [e.kind, (e.body as { file: Id }).file, (e.body as { of: Id }).of, e.by]);
    expect(of(0)).toEqual([['file.awaited', map.file, answer.id, on.cast.taro.person]]);
    const before = on.paper.events.length;
    on.paper.do(on.cast.hanako, revise, { ...on.where(answer.id), sees: 1, details: { files: [map, photo] } });
    on.paper.do(on.cast.taro, revise, { ...on.where(answer.id), sees: 2, details: { files: [photo] } });
    expect(of(before)).toEqual([['file.awaited', photo.file, answer.id, on.cast.hanako.person], ['file.withdrawn', map.file, answer.id, on.cast.taro.person]]);
    expect(on.now(answer.id).revisions.at(-1)!.changes.map(({ field }) => field)).toEqual(['files']);
    expect(send.input.safeParse({ room: on.groupC, incident: on.flood, lines: [{ duty: 'shelter', count: 1 }], details: { files: Array.from({ length: 11 }, () => file('x')) } }).success).toBe(false);
  });
});

describe('第n報', () => {
  it('R10 marks what changed, field by field, old and new', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 12 }, { duty: 'houseSurvey', count: 3 }]);
    expect(codeOf(on.paper.do(on.cast.taro, revise, { ...on.where(asked), sees: 1, lines: [{ id: 2, duty: 'houseSurvey', count: 4 }, { duty: 'water', count: 2 }], details: { meetPlace: '西予市役所 本庁' } }))).toBe('ok');
    expect(on.now(asked).revisions.at(-1)).toMatchObject({
      rev: 2,
      changes: [{ line: 2, field: 'count', from: 3, to: 4 }, { line: 3, field: 'line', to: { id: 3, duty: 'water', count: 2 } }, { field: 'meetPlace', to: '西予市役所 本庁' }],
    });
    expect(on.now(asked).lines.map((l) => l.id)).toEqual([1, 2, 3]);
  });

  it('R11 names the revision it was written upon, and is refused where there is a newer one', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    const say = (sees: number, count: number) => on.paper.do(on.cast.taro, revise, { ...on.where(asked), sees, lines: [{ id: 1, duty: 'shelter', count }] });
    expect(codeOf(say(1, 14))).toBe('ok');
    expect(say(1, 15)).toEqual({ ok: false, code: 'request.revisedMeanwhile', params: { rev: 2 } });
    expect(codeOf(say(2, 14))).toBe('request.nothingChanged');
  });

  it('R12 never drops what was promised: a line no longer needed shows it as surplus', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    pledges(on, on.cast.aoi, asked, { 1: 10, 2: 4 });
    expect(codeOf(on.paper.do(on.cast.taro, revise, { ...on.where(asked), sees: 1, withdraw: [2] }))).toBe('ok');
    expect(on.sums(asked)).toEqual({ needed: 12, committed: 14, arrived: 0, home: 0, short: 2, surplus: 4 });
    expect(codeOf(on.paper.do(on.cast.taro, revise, { ...on.where(asked), sees: 2, withdraw: [1] }))).toBe('request.lastLine');
    expect(codeOf(pledges(on, on.cast.ken, asked, { 2: 1 }))).toBe('request.lineWithdrawn');
  });

  it('R12 nor what was promised for a wave that was cut: it is surplus and fills nothing, is taken back by 辞退, and nobody owes 受諾 for it', () => {
    const on = requestOnPaper();
    const waves = [{ from: '2018-07-07', to: '2018-07-14' }, { from: '2018-07-14', to: '2018-07-21' }];
    const asked = on.asks([{ duty: 'shelter', count: 6, waves }]);
    pledges(on, on.cast.aoi, asked, { 1: 6 });
    pledges(on, on.cast.ken, asked, { 1: 6 }, 2);
    const revises = (sees: number, more: object) => codeOf(on.paper.do(on.cast.taro, revise, { ...on.where(asked), sees, lines: [{ id: 1, duty: 'shelter', count: 6, ...more }] }));
    expect(revises(1, { waves: waves.slice(0, 1) })).toBe('ok');
    expect(on.sums(asked)).toEqual({ needed: 6, committed: 12, arrived: 0, home: 0, short: 0, surplus: 6 });
    // Only what was asked for is owed 受諾; a device that has not heard of the revision may name the rest with it.
    expect(dutyOfOrg(on.now(asked), on.orgs.seiyo)).toMatchObject({ owes: 'accept', count: 6 });
    const took = (org: Id, wave: number) => ({ line: 1, wave, org, sees: 1 });
    expect(codeOf(on.paper.do(on.cast.taro, accept, { ...on.where(asked), parts: [took(on.orgs.saijo, 1), took(on.orgs.iyo, 2)] }))).toBe('ok');
    expect(dutyOfOrg(on.now(asked), on.orgs.seiyo)).toBeUndefined();
    // The primary's people are called back: those of the cut wave were meant for other days.
    steps(on, on.cast.aoi, depart, asked, 6);
    steps(on, on.cast.aoi, recall, asked, 2);
    expect(on.sums(asked)).toMatchObject({ needed: 6, committed: 10, short: 2, surplus: 6 });
    pledges(on, on.cast.tomo, asked, { 1: 2 });
    // Fewer or none for the cut wave, but no more, and nobody new.
    expect(codeOf(pledges(on, on.cast.ken, asked, { 1: 7 }, 2))).toBe('request.waveNotFound');
    expect(codeOf(pledges(on, on.cast.tomo, asked, { 1: 1 }, 2))).toBe('request.waveNotFound');
    const part = { line: 1, wave: 2, sees: 1 };
    expect(codeOf(on.paper.do(on.cast.ken, consider, { ...on.where(asked), parts: [{ ...part, count: 1 }] }))).toBe('request.waveNotFound');
    expect(codeOf(pledges(on, on.cast.ken, asked, { 1: 4 }, 2))).toBe('ok');
    for (const [who, count] of [[on.cast.aoi, 4], [on.cast.tomo, 2]] as const) for (const deed of [arrive, returnHome]) steps(on, who, deed, asked, count);
    steps(on, on.cast.aoi, turnBack, asked, 2);
    expect(stateOf(on.now(asked))).toBe('filled');
    expect(isDeserted(on.now(asked), sumsOf(on.now(asked)).lines[0]!)).toBe(false);
    expect(codeOf(on.paper.do(on.cast.ken, withdraw, { ...on.where(asked), parts: [{ ...part, sees: 2 }], reason: 'other' }))).toBe('ok');
    expect(on.sums(asked)).toEqual({ needed: 6, committed: 6, arrived: 6, home: 6, short: 0, surplus: 0 });
    expect(stateOf(on.now(asked))).toBe('home');
  });
});

describe('answers', () => {
  it('R20 add up, line by line; what one line has too many does not fill another', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    pledges(on, on.cast.aoi, asked, { 1: 10 });
    pledges(on, on.cast.ken, asked, { 1: 5 });
    expect(sumsOf(on.now(asked)).lines).toMatchObject([{ needed: 12, committed: 15, short: 0, surplus: 3 }, { needed: 4, committed: 0, short: 4, surplus: 0 }]);
    expect(on.sums(asked)).toEqual({ needed: 16, committed: 15, arrived: 0, home: 0, short: 4, surplus: 3 });
  });

  it('R25 are one number per line, organization and wave; a change names the revision it saw', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    const say = (sees: number, count: number) => on.paper.do(on.cast.aoi, commit, { ...on.where(asked), parts: [{ line: 1, wave: 1, count, sees }] });
    expect(codeOf(say(0, 10))).toBe('ok');
    expect(say(0, 8)).toEqual({ ok: false, code: 'request.changedMeanwhile', params: { rev: 1, count: 10 } });
    expect(codeOf(say(1, 8))).toBe('ok');
    expect(on.sums(asked).committed).toBe(8);
    expect(on.now(asked).answers[`1/${on.orgs.saijo}/1`]).toMatchObject({ rev: 2, count: 8 });
  });

  it('R26 are given by any organization of the room for itself: with a role or unasked, but not by the asker or a guest', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    expect(codeOf(pledges(on, on.cast.uta, asked, { 1: 1 }))).toBe('ok');
    expect(codeOf(pledges(on, on.cast.hanako, asked, { 1: 1 }))).toBe('ok');
    expect(codeOf(pledges(on, on.cast.taro, asked, { 1: 1 }))).toBe('request.ownRequest');
    expect(codeOf(pledges(on, on.cast.mika, asked, { 1: 1 }))).toBe('request.notForGuests');
    expect(codeOf(on.paper.do(on.cast.mika, acknowledge, on.where(asked)))).toBe('request.notForGuests');
  });

  it('R34 say what they send and what they cannot in one breath: one deed, one line in the talk', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 12 }, { duty: 'houseSurvey', count: 4 }, { duty: 'shelter', count: 2 }]);
    const part = (line: number, sees = 0) => ({ line, wave: 1, sees });
    const say = (parts: { line: number; count: number; sees?: number }[], cannot: { line: number; wave: number; sees: number }[]) => on.paper.do(on.cast.aoi, commit, {
      ...on.where(asked), parts: parts.map(({ line, count, sees = 0 }) => ({ ...part(line, sees), count })), cannot: { parts: cannot, reason: 'noStaff', text: '班が出払い' },
    });
    expect(say([{ line: 1, count: 10 }], [part(1)])).toEqual({ ok: false, code: 'request.saidTwice', params: { line: 1 } });
    expect(say([{ line: 1, count: 10 }], [part(2, 7)])).toEqual({ ok: false, code: 'request.changedMeanwhile', params: { rev: 0, count: 0 } });
    expect(codeOf(say([{ line: 1, count: 10 }, { line: 3, count: 2 }], [part(2)]))).toBe('ok');
    expect(on.told()).toEqual(['request.sent', 'request.committed.cannot', 'request.passedOn.primary.answered.secondaries']);
    expect(on.now(asked).answers[`2/${on.orgs.saijo}/1`]).toMatchObject({ count: 0, declined: { reason: 'noStaff', text: '班が出払い' } });
    // What was committed before and is nothing now is 辞退, not 不可; still one line.
    expect(codeOf(say([{ line: 1, count: 9, sees: 1 }], [part(3, 1), part(2, 1)]))).toBe('ok');
    expect(on.paper.events.filter((e) => e.kind === 'talk.noted').map((e) => e.body).slice(3)).toMatchObject([{ line: 'request.recommitted.cannot', params: { count: 9, cannot: 2, short: 9 } }, { line: 'request.passedOn.primary.answered.secondaries' }]);
    expect(on.now(asked).answers[`3/${on.orgs.saijo}/1`]!.declined).toMatchObject({ withdrawn: true });
    expect(on.now(asked).answers[`2/${on.orgs.saijo}/1`]!.declined).not.toHaveProperty('withdrawn');
    // Who has left cannot be declined away.
    steps(on, on.cast.aoi, depart, asked, 3);
    expect(codeOf(on.paper.do(on.cast.aoi, withdraw, { ...on.where(asked), parts: [part(1, 2)], reason: 'ownDisaster' }))).toBe('request.alreadyDeparted');
    expect(codeOf(on.paper.do(on.cast.aoi, commit, { ...on.where(asked), parts: [{ ...part(2, 2), count: 1 }], cannot: { parts: [part(1, 2)], reason: 'ownDisaster' } }))).toBe('request.alreadyDeparted');
  });

  it('R34 are taken back together, where some had been committed and some not', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    pledges(on, on.cast.ken, asked, { 1: 3 });
    const before = on.told().length;
    expect(codeOf(on.paper.do(on.cast.ken, withdraw, { ...on.where(asked), parts: [{ line: 1, wave: 1, sees: 1 }, { line: 2, wave: 1, sees: 0 }], reason: 'ownDisaster' }))).toBe('ok');
    expect(on.told().slice(before)).toEqual(['request.withdrawn']);
    expect(Object.values(on.now(asked).answers).map((a) => a.declined?.withdrawn ?? false)).toEqual([true, false]);
  });

  it('R35 say who comes, with what and under which conditions; later all of it anew, or only what is added', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    const staff = [{ name: '村上 剛', section: '危機管理課', post: '係長', phone: '090-1234-5678', skills: ['carLicence' as const] }];
    const say = (sees: number, more: object) => on.paper.do(on.cast.aoi, commit, { ...on.where(asked), parts: [{ line: 1, wave: 1, count: 10, sees }], ...more });
    const pledge = () => on.now(asked).answers[`1/${on.orgs.saijo}/1`]!.pledge;
    say(0, { leader: '村上 剛', staff, vehicles: '2台', lodgingNeeded: true, cost: '約80万円', conditions: '夜間は2人以上で' });
    expect(pledge()).toEqual({ leader: '村上 剛', staff, vehicles: '2台', lodgingNeeded: true, cost: '約80万円', conditions: '夜間は2人以上で' });
    say(1, { vehicles: '3台' });
    expect(pledge()).toMatchObject({ leader: '村上 剛', vehicles: '3台' });
    // From a form that shows all of it, what is not there was taken out.
    say(2, { whole: true, leader: '越智 葵' });
    expect(pledge()).toEqual({ leader: '越智 葵' });
  });

  it('R27 whoever answers has received; a second 受領 says nothing new', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    expect(codeOf(on.paper.do(on.cast.tomo, acknowledge, on.where(asked)))).toBe('ok');
    expect(on.paper.do(on.cast.tomo, acknowledge, on.where(asked))).toMatchObject({ ok: true, events: [] });
    refuses(on, on.cast.ken, asked);
    expect(Object.keys(on.now(asked).receipts)).toEqual([on.orgs.tobe, on.orgs.iyo]);
  });

  it('R28 are accepted in the revision that was seen, and a change afterwards lets that lapse', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    pledges(on, on.cast.aoi, asked, { 1: 10 });
    const take = (who: Actor, sees: number) => codeOf(on.paper.do(who, accept, { ...on.where(asked), parts: [{ line: 1, wave: 1, org: on.orgs.saijo, sees }] }));
    expect(take(on.cast.aoi, 1)).toBe('request.onlyAsker');
    expect(take(on.cast.taro, 1)).toBe('ok');
    pledges(on, on.cast.aoi, asked, { 1: 9 });
    expect(take(on.cast.taro, 1)).toBe('request.changedMeanwhile');
    const answer = on.now(asked).answers[`1/${on.orgs.saijo}/1`]!;
    expect(answer.accepted!.rev === answer.rev).toBe(false);
  });

  it('R29 are taken back by 辞退, and the line lacks them again', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    pledges(on, on.cast.ken, asked, { 2: 4 });
    expect(codeOf(refuses(on, on.cast.ken, asked))).toBe('request.alreadyCommitted');
    expect(codeOf(on.paper.do(on.cast.ken, withdraw, { ...on.where(asked), parts: [{ line: 2, wave: 1, sees: 1 }], reason: 'ownDisaster' }))).toBe('ok');
    expect(on.sums(asked)).toMatchObject({ committed: 0, short: 16 });
    expect(codeOf(on.paper.do(on.cast.ken, withdraw, { ...on.where(asked), parts: [{ line: 2, wave: 1, sees: 2 }], reason: 'ownDisaster' }))).toBe('request.nothingCommitted');
  });
});

describe('what the secondaries see coming', () => {
  it('R30 is the whole need from the first minute, and then needed − committed − what the primary considers', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    const coming = (org: Id) => predictedFor(on.now(asked), org);
    expect(coming(on.orgs.iyo)).toMatchObject({ rest: 16, coming: 16 });
    on.paper.do(on.cast.aoi, consider, { ...on.where(asked), parts: [{ line: 1, wave: 1, count: 8, sees: 0 }] });
    expect(coming(on.orgs.iyo).lines.map((l) => l.coming)).toEqual([4, 4]);
    pledges(on, on.cast.aoi, asked, { 1: 10 });
    refuses(on, on.cast.aoi, asked);
    expect(coming(on.orgs.iyo).lines.map((l) => l.coming)).toEqual([2, 4]);
  });

  it('R31 is never negative, and R32 follows the plan: who comes later sees what those before it are not considering', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 12 }]);
    on.paper.do(on.cast.aoi, consider, { ...on.where(asked), parts: [{ line: 1, wave: 1, count: 500, sees: 0 }] });
    expect(predictedFor(on.now(asked), on.orgs.iyo)).toMatchObject({ rest: 0, coming: 0 });
    pledges(on, on.cast.aoi, asked, { 1: 6 });
    on.paper.do(on.cast.ken, consider, { ...on.where(asked), parts: [{ line: 1, wave: 1, count: 4, sees: 0 }] });
    expect(predictedFor(on.now(asked), on.orgs.iyo).coming).toBe(6);
    expect(predictedFor(on.now(asked), on.orgs.tobe).coming).toBe(2);
    expect(predictedFor(on.now(asked), on.orgs.saijo).coming).toBe(6);
  });

  it('R33 does not wait for a primary that considers beyond its time', () => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 12 }]);
    on.paper.do(on.cast.aoi, consider, { ...on.where(asked), parts: [{ line: 1, wave: 1, count: 12, sees: 0 }] });
    expect(predictedFor(on.now(asked), on.orgs.iyo).coming).toBe(0);
    on.paper.pass(30 * 60_000);
    expect(predictedFor(on.now(asked), on.orgs.iyo).coming).toBe(12);
  });
});

describe('every state against every deed', () => {
  type Does = (on: Stage, asked: Id) => PaperAnswer;
  const deeds: Record<string, Does> = {
    acknowledge: (on, asked) => on.paper.do(on.cast.ken, acknowledge, on.where(asked)),
    consider: (on, asked) => on.paper.do(on.cast.ken, consider, { ...on.where(asked), parts: [{ line: 1, wave: 1, count: 2, sees: on.now(asked).answers[`1/${on.orgs.iyo}/1`]?.rev ?? 0 }] }),
    commit: (on, asked) => pledges(on, on.cast.ken, asked, { 1: 6 }),
    decline: (on, asked) => refuses(on, on.cast.ken, asked, 1),
    withdraw: (on, asked) => on.paper.do(on.cast.aoi, withdraw, { ...on.where(asked), parts: [{ line: 1, wave: 1, sees: on.now(asked).answers[`1/${on.orgs.saijo}/1`]?.rev ?? 0 }], reason: 'other' }),
    accept: (on, asked) => on.paper.do(on.cast.taro, accept, { ...on.where(asked), parts: [{ line: 1, wave: 1, org: on.orgs.saijo, sees: on.now(asked).answers[`1/${on.orgs.saijo}/1`]?.rev ?? 0 }] }),
    depart: (on, asked) => steps(on, on.cast.aoi, depart, asked, 2),
    arrive: (on, asked) => steps(on, on.cast.aoi, arrive, asked, 2),
    revise: (on, asked) => on.paper.do(on.cast.taro, revise, { ...on.where(asked), sees: on.now(asked).rev, lines: [{ id: 1, duty: 'shelter', count: 7 }] }),
    takeOver: (on, asked) => on.paper.do(on.cast.hanako, takeOver, on.where(asked)),
    escalate: (on, asked) => on.paper.do(on.cast.taro, escalate, { ...on.where(asked), to: 'prefecture' }),
    cancel: (on, asked) => on.paper.do(on.cast.taro, cancel, on.where(asked)),
    close: (on, asked) => on.paper.do(on.cast.taro, close, on.where(asked)),
  };
  const reached: Record<string, (on: Stage, asked: Id) => void> = {
    sent: () => undefined,
    partly: (on, asked) => void pledges(on, on.cast.aoi, asked, { 1: 2 }),
    filled: (on, asked) => void pledges(on, on.cast.aoi, asked, { 1: 6 }),
    escalated: (on, asked) => { deeds['escalate']!(on, asked); },
    cancelled: (on, asked) => { pledges(on, on.cast.aoi, asked, { 1: 2 }); deeds['cancel']!(on, asked); },
    done: (on, asked) => { pledges(on, on.cast.aoi, asked, { 1: 2 }); deeds['close']!(on, asked); },
  };
  const over = { acknowledge: 0, consider: 0, commit: 0, decline: 0, withdraw: 0, accept: 0, depart: 0, revise: 0, takeOver: 0, escalate: 0, cancel: 0, close: 0 };
  const all = (code: string) => Object.fromEntries(Object.keys(over).map((deed) => [deed, code]));
  const nothing = { withdraw: 'request.nothingCommitted', accept: 'request.nothingToAccept', depart: 'request.nothingCommitted', arrive: 'request.nothingCommitted' };
  const refusals: Record<string, Record<string, string>> = {
    sent: nothing,
    partly: {},
    filled: { escalate: 'request.notShort', takeOver: 'request.nothingToTakeOver' },
    escalated: { ...nothing, escalate: 'request.alreadyEscalated' },
    // Who is out may still arrive and come home, whatever has become of the request.
    cancelled: all('request.alreadyCancelled'),
    done: all('request.alreadyDone'),
  };
  it.each(Object.keys(reached).flatMap((state) => Object.keys(deeds).map((deed) => [state, deed] as const)))('R41 %s: %s', (state, deed) => {
    const on = requestOnPaper();
    const asked = on.asks([{ duty: 'shelter', count: 6 }]);
    reached[state]!(on, asked);
    expect(stateOf(on.now(asked))).toBe(state);
    expect(codeOf(deeds[deed]!(on, asked))).toBe(refusals[state]![deed] ?? 'ok');
  });

  it('R42 a request or line that is not there is refused, in another room too', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    expect(codeOf(on.paper.do(on.cast.ken, acknowledge, { room: on.groupC, request: on.paper.id() }))).toBe('request.notFound');
    expect(codeOf(pledges(on, on.cast.ken, asked, { 9: 1 }))).toBe('request.lineNotFound');
    const elsewhere = on.paper.id();
    on.paper.put(room.noun, elsewhere, { id: elsewhere, kind: 'all', name: '全体', short: '全', orgs: [], incidents: [], pins: [] }, roomStream(elsewhere));
    expect(codeOf(on.paper.do(on.cast.ken, acknowledge, { room: elsewhere, request: asked }))).toBe('request.notFound');
  });

  it('R43 上申: the town to the prefecture, and only headquarters to the nation', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    expect(codeOf(on.paper.do(on.cast.taro, escalate, { ...on.where(asked), to: 'nation' }))).toBe('request.onlyHeadquarters');
    expect(codeOf(on.paper.do(on.cast.hanako, escalate, { ...on.where(asked), to: 'nation' }))).toBe('ok');
    pledges(on, on.cast.aoi, asked, { 1: 12, 2: 4 });
    expect(stateOf(on.now(asked))).toBe('filled');
  });

  it('R43 is headquarters’ to see to from then on, wherever the lines lie; and is taken up anew when the need rose since', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    const takesUp = () => codeOf(on.paper.do(on.cast.taro, escalate, { ...on.where(asked), to: 'prefecture' }));
    expect(dutyOfOrg(on.now(asked), on.orgs.ehime)).toBeUndefined();
    expect([takesUp(), takesUp()]).toEqual(['ok', 'request.alreadyEscalated']);
    expect(dutyOfOrg(on.now(asked), on.orgs.ehime)).toMatchObject({ owes: 'stepIn', count: 16 });
    expect(dutyOfOrg(on.now(asked), on.orgs.ehime)).not.toHaveProperty('due');
    // The primary owes its answer as before.
    expect(dutyOfOrg(on.now(asked), on.orgs.saijo)).toMatchObject({ owes: 'answer', count: 16 });
    on.paper.pass(60_000);
    on.paper.do(on.cast.taro, revise, { ...on.where(asked), sees: on.now(asked).rev, lines: [{ id: 1, duty: 'shelter', count: 20 }, { id: 2, duty: 'houseSurvey', count: 4 }] });
    expect([takesUp(), takesUp()]).toEqual(['ok', 'request.alreadyEscalated']);
    pledges(on, on.cast.aoi, asked, { 1: 20, 2: 4 });
    expect(dutyOfOrg(on.now(asked), on.orgs.ehime)).toBeUndefined();
  });
});

describe('the talk', () => {
  it('hears that someone is looking, once, and again when it looks for more', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    const looks = (sees: number, count: number) => on.paper.do(on.cast.ken, consider, { ...on.where(asked), parts: [{ line: 1, wave: 1, count, sees }] });
    looks(0, 3);
    looks(1, 3);
    looks(2, 5);
    expect(on.paper.events.filter((e) => e.kind === 'talk.noted').map((e) => e.body).slice(1)).toMatchObject([
      { line: 'request.considered', params: { org: '伊予市', count: 3 } }, { line: 'request.considered', params: { count: 5 } },
    ]);
  });

  it('has a sentence, in both languages, for every line that it may hear and every refusal', () => {
    const files = globSync('*.ts', { cwd: import.meta.dirname }).filter((file) => !file.endsWith('.test.ts')).map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8')).join('');
    const refusals = [...files.matchAll(/refused\('(request\.\w+)'/g)].map((found) => `refusal.${found[1]}`);
    const steps = [...files.matchAll(/line: '(\w+)'/g)].map((found) => `note.request.${found[1]}`);
    const passing = ['primary.late.secondaries', 'primary.late.headquarters', 'primary.answered.secondaries', 'primary.answered.headquarters', 'secondaries.late.headquarters', 'secondaries.answered.headquarters', 'reopened', 'wave'].map((line) => `note.request.passedOn.${line}`);
    const told = ['sent', 'sentOnBehalf', 'revised', 'committed', 'committed.filled', 'committed.surplus', 'recommitted', 'recommitted.filled', 'recommitted.surplus', 'declined', 'withdrawn', 'considered', 'committed.cannot', 'recommitted.cannot', 'committed.ahead', 'committed.ahead.cannot', 'recommitted.ahead', 'recommitted.ahead.cannot', 'considered.ahead', 'followed', 'takenOver', 'cancelled', 'done', 'escalated.prefecture', 'escalated.nation'].map((line) => `note.request.${line}`);
    expect(refusals.length).toBeGreaterThan(25);
    expect(steps.length).toBeGreaterThan(5);
    for (const sentences of [japanese, english]) expect([...refusals, ...steps, ...passing, ...told].filter((key) => !(key in sentences))).toEqual([]);
  });

  it('R57 and the history has a sentence for everything that may happen, 引き取り too', () => {
    const read = (file: string): string => readFileSync(`${import.meta.dirname}/${file}`, 'utf8');
    const did = [.../readonly did: ([^;]+);/.exec(read('dispatch-request.ts'))![1]!.matchAll(/'(\w+)'/g)].map((found) => found[1]!);
    const cases = new Set([...read('web/History.tsx').matchAll(/case '(\w+)'/g)].map((found) => found[1]!));
    expect(did.length).toBeGreaterThan(10);
    for (const sentences of [japanese, english]) expect(did.filter((one) => !cases.has(one) && !(`request.state.${one}` in sentences))).toEqual([]);
  });
});
