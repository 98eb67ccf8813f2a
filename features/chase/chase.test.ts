import { cardIdOf, cardState, chooseCaller, climbers, isClimbing, isWanted, phoneCard, usualLadder, type Colleague, type PhoneCard } from '@noroshi/features/chase';
import { askedRequest, type DispatchRequest } from '@noroshi/features/request';
import { askedMessage, message, said, type Message } from '@noroshi/features/talk';
import { roomStream, type Event } from '@noroshi/foundations/sync';
import { describe, expect, it } from 'vitest';
import { givenBack, rang, taken } from './card.ts';
import { ladderShape } from './step.ts';
import { stepOutOfOrder } from './usual-ladder.ts';
import { dueAt } from './run.ts';

const minute = 60_000;
const words: Message = { id: 'm', by: 'hanako', org: 'ehime', at: 0, urgency: 'urgent', asks: 1, text: '状況を知らせてください' };
const taro = { person: 'taro', org: 'seiyo' };
const given = (answer: 'agreed' | 'considering' | 'cannot', at = 5): Message => ({ ...words, answers: { taro: [answer, at] } });

describe('what is owed to urgent words', () => {
  it('D1 an answer, by everyone but who said them; 了解 and 不可 end it, 検討中 puts it off, reading is no answer', () => {
    expect(askedMessage.stands(words, taro)).toBe('owes');
    expect(askedMessage.stands(words, { person: 'hanako', org: 'ehime' })).toBe('free');
    expect(askedMessage.stands(given('agreed'), taro)).toBe('free');
    expect(askedMessage.stands(given('cannot'), taro)).toBe('free');
    expect(askedMessage.stands(given('considering'), taro)).toEqual({ needsTime: 5 });
  });
  it('D1 nothing to words that are not urgent, or were taken back, or of which one was told by proxy', () => {
    const { urgency: _, ...plain } = words;
    expect(askedMessage.stands({ ...plain, urgency: 'important' }, taro)).toBe('free');
    expect(askedMessage.stands({ ...words, withdrawn: { by: 'hanako', at: 9 } }, taro)).toBe('free');
    expect(askedMessage.stands({ ...words, proxies: { taro: ['ken', 9] } }, taro)).toBe('free');
  });
  it('D1 60 minutes after 検討中 an answer is wanted again, and not before', () => {
    const stands = askedMessage.stands(given('considering', 0), taro);
    expect(isWanted(stands, 60 * minute - 1, 60)).toBe(false);
    expect(isWanted(stands, 60 * minute, 60)).toBe(true);
    expect(isWanted('owes', 0, 60)).toBe(true);
    expect(isWanted('free', 1e12, 60)).toBe(false);
  });
  it('D1 begins with urgent words and with them alone', () => {
    const event = (body: object): Event<any> => ({ stream: roomStream('r'), seq: 1, id: 'm', n: 0, kind: said.kind, at: 0, by: 'hanako', org: 'ehime', body });
    expect(askedMessage.begins(event({ text: 'a', urgency: 'urgent' }))).toEqual({ thing: 'm' });
    expect(askedMessage.begins(event({ text: 'a', urgency: 'important' }))).toBeUndefined();
    expect(askedMessage.begins(event({ text: 'a' }))).toBeUndefined();
  });
});

describe('what is owed to a request', () => {
  const still = { departed: 0, arrived: 0, active: 0, handedOver: 0, returned: 0, turnedBack: 0, recalled: 0, rev: 0, at: {} };
  const answer = (org: string, more: object) => ({ line: 1, org, wave: 1, rev: 1, count: 0, by: 'x', at: 10, pledge: {}, moves: still, ...more });
  const asked = (more: Partial<DispatchRequest> = {}): DispatchRequest => ({
    id: 'q', no: 'C-西予-001', room: 'r', incident: 'i', drill: false, org: 'seiyo', by: 'taro', at: 0, onBehalf: false, rev: 1,
    lines: [{ id: 1, duty: 'shelter', count: 6 }], details: {}, supporters: { primary: 'saijo', secondaries: ['iyo'], headquarters: 'ehime', assumed: false },
    clockMinutes: 30, revisions: [], receipts: {}, answers: {}, stages: { 1: { tier: 'primary', since: 0, due: 30 * minute, raised: 0 } }, log: [], escalations: [], ...more,
  } as DispatchRequest);
  const stands = (of: DispatchRequest, org: string) => askedRequest.stands(of, { person: 'p', org });

  it('D1 the primary owes its last word; a number or 不可 frees all its people, 受領 and 検討中 give time', () => {
    expect(stands(asked(), 'saijo')).toBe('owes');
    expect(stands(asked(), 'iyo')).toBe('free');
    expect(stands(asked(), 'seiyo')).toBe('free');
    expect(stands(asked({ answers: { a: answer('saijo', { count: 6 }) } } as never), 'saijo')).toBe('free');
    expect(stands(asked({ receipts: { saijo: { by: 'aoi', at: 3 } } }), 'saijo')).toEqual({ needsTime: 3 });
    expect(stands(asked({ closed: { as: 'cancelled', by: 'taro', org: 'seiyo', at: 9 } }), 'saijo')).toBe('free');
  });
  it('D1 once its time is up the secondaries owe an answer, and the primary still does', () => {
    const passed = asked({ stages: { 1: { tier: 'secondaries', since: 30 * minute, due: 60 * minute, raised: 0 } } });
    expect(stands(passed, 'iyo')).toBe('owes');
    expect(stands(passed, 'saijo')).toBe('owes');
    expect(stands(passed, 'ehime')).toBe('free');
  });
});

describe('what is owed to a request by headquarters', () => {
  const stage = { tier: 'headquarters', since: 60 * minute, raised: 0 };
  const fallen = (more: Partial<DispatchRequest> = {}): DispatchRequest => ({
    id: 'q', no: 'C-西予-001', room: 'r', incident: 'i', drill: false, org: 'seiyo', by: 'taro', at: 0, onBehalf: false, rev: 1,
    lines: [{ id: 1, duty: 'shelter', count: 6 }], details: {}, supporters: { primary: 'saijo', secondaries: ['iyo'], headquarters: 'ehime', assumed: false },
    clockMinutes: 30, revisions: [], receipts: {}, answers: {}, stages: { 1: stage }, log: [], escalations: [], ...more,
  } as DispatchRequest);
  const stands = (of: DispatchRequest) => askedRequest.stands(of, { person: 'hanako', org: 'ehime' });

  it('D5 what nobody filled, until someone there takes it on, it goes up to the nation, or a number is given', () => {
    expect(stands(fallen())).toBe('owes');
    expect(stands(fallen({ inHand: { by: 'hanako', org: 'ehime', at: 61 * minute } }))).toBe('free');
    expect(stands(fallen({ escalations: [{ to: 'nation', by: 'hanako', org: 'ehime', at: 61 * minute }] }))).toBe('free');
    // That the town asks the prefecture is no answer of the prefecture.
    expect(stands(fallen({ escalations: [{ to: 'prefecture', by: 'taro', org: 'seiyo', at: 61 * minute }] }))).toBe('owes');
    expect(stands(fallen({ receipts: { ehime: { by: 'hanako', at: 3 } } }))).toBe('owes');
    expect(stands(fallen({ receipts: { ehime: { by: 'hanako', at: 61 * minute } } }))).toEqual({ needsTime: 61 * minute });
  });
  it('D5 what the town took up to it, wherever it lies; not where the need rose since, nor what headquarters took up in its name', () => {
    const early = { ...stage, tier: 'secondaries', raised: 10 } as const;
    const up = (org: string, at: number) => ({ to: 'prefecture', by: 'x', org, at }) as const;
    expect(stands(fallen({ stages: { 1: early } }))).toBe('free');
    expect(stands(fallen({ stages: { 1: early }, escalations: [up('seiyo', 20)] }))).toBe('owes');
    expect(stands(fallen({ stages: { 1: early }, escalations: [up('seiyo', 5)] }))).toBe('free');
    expect(stands(fallen({ stages: { 1: early }, escalations: [up('ehime', 20)] }))).toBe('free');
    expect(stands(fallen({ stages: { 1: early }, escalations: [up('seiyo', 20)], inHand: { by: 'hanako', org: 'ehime', at: 30 } }))).toBe('free');
    expect(stands(fallen({ stages: { 1: early }, escalations: [up('seiyo', 20)], receipts: { ehime: { by: 'hanako', at: 30 } } }))).toEqual({ needsTime: 30 });
  });
  it('D5 anew, when the need rose after someone had taken it on', () => {
    expect(stands(fallen({ inHand: { by: 'hanako', org: 'ehime', at: 5 }, stages: { 1: { ...stage, tier: 'headquarters', raised: 10 } } }))).toBe('owes');
  });
  it('D5 whoever has become primary is asked from then on, whatever it said as a secondary', () => {
    const followed = fallen({
      supporters: { primary: 'iyo', secondaries: [], headquarters: 'ehime', assumed: false }, receipts: { iyo: { by: 'ken', at: 3 } },
      stages: { 1: { tier: 'primary', since: 9, raised: 0 } }, log: [{ did: 'followed', at: 9, by: 'system', org: 'system', to: 'iyo' }],
    });
    expect(askedRequest.stands(followed, { person: 'ken', org: 'iyo' })).toBe('owes');
  });
});

describe('the ladder', () => {
  it('D1 at once, after 3, 5, 10 and 15 minutes', () => {
    const run = { from: 1_000, steps: usualLadder.steps };
    expect(usualLadder.steps.map((_, step) => (dueAt(run, step, 1_000) - 1_000) / minute)).toEqual([0, 3, 5, 10, 15]);
  });
  it('D1 steps that are late keep their distance: nobody is told everything at once', () => {
    const run = { from: 0, steps: usualLadder.steps };
    const late = 40 * minute;
    expect(dueAt(run, 2, late)).toBe(late + 2 * minute);
    expect(dueAt(run, 3, late + 2 * minute)).toBe(late + 7 * minute);
  });
  it('D1 is over with its last step', () => {
    const tries = [{ step: 0, at: 0, people: [1] }];
    expect(isClimbing({ tries: [], steps: usualLadder.steps })).toBe(true);
    expect(isClimbing({ tries, steps: usualLadder.steps })).toBe(true);
    expect(isClimbing({ tries, steps: usualLadder.steps.slice(0, 1) })).toBe(false);
  });
  it('D1 has on it whoever was told last, and nobody any more when its next step stayed away', () => {
    const run = { people: [1, 2], from: 0, steps: usualLadder.steps, tries: [{ step: 0, at: 0, people: [2] }] };
    expect(climbers({ ...run, tries: [] }, 0)).toEqual([1, 2]);
    expect(climbers(run, 3 * minute)).toEqual([2]);
    expect(climbers(run, 5 * minute)).toEqual([]);
    expect(climbers({ ...run, from: 60 * minute, tries: [] }, 0)).toEqual([]);
  });
  it('D1 is in order of time, and has from one to eight steps', () => {
    expect(stepOutOfOrder(usualLadder.steps)).toBeUndefined();
    expect(stepOutOfOrder([{ after: 5, way: 'push' }, { after: 3, way: 'mail' }])).toBe(2);
    expect(ladderShape.safeParse({ steps: [], again: 60 }).success).toBe(false);
    expect(ladderShape.safeParse({ steps: Array.from({ length: 9 }, () => ({ after: 0, way: 'push' })), again: 60 }).success).toBe(false);
  });
});

describe('who is asked to ring', () => {
  const who = (person: string, more: Partial<Colleague> = {}): Colleague => ({ person, org: 'seiyo', headquarters: false, read: true, priority: false, online: false, busy: 0, rank: 50, ...more });
  const chosen = (...all: Colleague[]) => chooseCaller(taro, all)?.person;

  it('D1 a colleague of the same organization who has read it, never the one who is to be rung', () => {
    expect(chosen(who('taro'), who('rie', { read: false }), who('jun'), who('aoi', { org: 'saijo', priority: true }))).toBe('jun');
    expect(chosen(who('taro'), who('rie', { read: false }))).toBeUndefined();
  });
  it('D1 a priority line first, then who is in front of a device, then who has least to do', () => {
    expect(chosen(who('a', { online: true }), who('b', { priority: true }))).toBe('b');
    expect(chosen(who('a'), who('b', { online: true, busy: 3 }))).toBe('b');
    expect(chosen(who('a', { busy: 1 }), who('b'))).toBe('b');
  });
  it('D2 first whoever is to ring them about something else: one telephone, one caller', () => {
    expect(chosen(who('a', { priority: true }), who('b', { rings: new Set(['taro']), busy: 4 }), who('c', { rings: new Set(['hanako']) }))).toBe('b');
  });
  it('DR4 whoever is on duty before a priority line, then their deputy; but one caller for one telephone all the same', () => {
    expect(chosen(who('a', { priority: true }), who('b', { duty: 1 }), who('c', { duty: 2 }))).toBe('c');
    expect(chosen(who('a', { priority: true }), who('b', { duty: 1 }))).toBe('b');
    expect(chosen(who('a', { rings: new Set(['taro']) }), who('c', { duty: 2 }))).toBe('a');
    expect(chosen(who('c', { duty: 2, read: false }), who('a'))).toBe('a');
  });
  it('D7 nobody who is away is asked, nor who stands in: it is they who are rung', () => {
    expect(chosen(who('a', { priority: true, away: true }), who('b'))).toBe('b');
    expect(chooseCaller({ ...taro, standIn: 'a' }, [who('a', { priority: true }), who('b')])?.person).toBe('b');
    expect(chooseCaller({ ...taro, standIn: 'a' }, [who('a'), who('hanako', { org: 'ehime', headquarters: true })])?.person).toBe('hanako');
  });
  it('D1 where nobody there has read it, headquarters', () => {
    expect(chosen(who('rie', { read: false }), who('hanako', { org: 'ehime', headquarters: true }), who('aoi', { org: 'saijo' }))).toBe('hanako');
  });
});

describe('a card', () => {
  const card: PhoneCard = { id: cardIdOf('m', 'taro'), noun: 'message', thing: 'm', whom: 'taro', since: 0, turns: 0, calls: [] };
  const after = (kind: { kind: string }, now: PhoneCard, by: string, body: object = {}): PhoneCard =>
    phoneCard.folds.get(kind.kind)!.evolve(now, { stream: 'r:r', seq: 2, id: 'e', n: 0, kind: kind.kind, at: 7, by, org: 'seiyo', body: { card: card.id, ...body } })!;

  it('D2 is the same for the same person and thing, whoever makes it', () => {
    expect(cardIdOf('m', 'taro')).toBe(cardIdOf('m', 'taro'));
    expect(new Set([cardIdOf('m', 'taro'), cardIdOf('m', 'aoi'), cardIdOf('n', 'taro')]).size).toBe(3);
  });
  it('D2 is free again with a result, or given back; a call that another made does not take it from who holds it', () => {
    const held = after(taken, card, 'ken');
    expect(held).toMatchObject({ taken: { by: 'ken', at: 7 }, turns: 1 });
    expect(after(givenBack, held, 'ken').taken).toBeUndefined();
    expect(after(rang, held, 'ken', { result: 'noAnswer' }).taken).toBeUndefined();
    expect(after(rang, held, 'aoi', { result: 'noAnswer' })).toMatchObject({ taken: { by: 'ken' }, calls: [{ by: 'aoi', result: 'noAnswer' }] });
  });
  it('D2 told, told by proxy and out of reach are three states; a message that was left is none of them', () => {
    const calls = (...results: string[]): PhoneCard => results.reduce((now, result) => after(rang, now, 'ken', { result }), card);
    expect(cardState(card)).toBe('open');
    expect(cardState(calls('message'))).toBe('open');
    expect(cardState(calls('noAnswer', 'noAnswer'))).toBe('open');
    expect(cardState(calls('noAnswer', 'message', 'noAnswer'))).toBe('unreached');
    expect(cardState(calls('noAnswer', 'answered'))).toBe('told');
    expect(cardState(calls('noAnswer', 'noAnswer', 'noAnswer', 'proxy'))).toBe('proxy');
  });
  it('D2 told by proxy is neither read nor answered, and who answers later has answered', () => {
    const folds = (kind: string) => message.folds.get(kind)!;
    const proxied = folds('talk.toldByProxy').evolve(words, { stream: 'r:r', seq: 3, id: 'e', n: 0, kind: 'talk.toldByProxy', at: 7, by: 'ken', org: 'iyo', body: { message: 'm', person: 'taro' } }) as Message;
    expect(proxied.proxies).toEqual({ taro: ['ken', 7] });
    expect(proxied.answers).toBeUndefined();
    const answered = folds('talk.answered').evolve(proxied, { stream: 'r:r', seq: 4, id: 'f', n: 0, kind: 'talk.answered', at: 9, by: 'taro', org: 'seiyo', body: { message: 'm', answer: 'agreed' } }) as Message;
    expect(answered.answers).toEqual({ taro: ['agreed', 9] });
  });
});
