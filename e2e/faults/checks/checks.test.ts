import { house } from '@noroshi/server/features';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { fold, type Doc, type Event } from '@noroshi/foundations/sync';
import { describe, expect, it } from 'vitest';
import { pastLine } from '../acts/past.ts';
import { Findings } from '../outcome.ts';
import { roomChecks } from './rooms.ts';
import { viewOf, type Story, type View } from './story.ts';

// Each check of a room finds nothing in a story that is well, and finds what is wrong in one that is not.

const orgs = { ehime: 'ehime', seiyo: 'seiyo' };
const taro: Actor = { person: 'taro', org: 'seiyo', role: 'member' };
const aoi: Actor = { person: 'aoi', org: 'saijo', role: 'member' };
const makoto: Actor = { person: 'makoto', org: 'ehime', role: 'member' };

type Told = Partial<Event<any>> & Pick<Event<any>, 'kind' | 'body'>;
/** Something that happened, by Taro in a room unless it is said. */
const told = (kind: string, body: object, more: Partial<Event<any>> = {}): Told => ({ kind, body, ...more });

/** Numbers what happened, stream by stream, and folds it as the house does. */
function story(all: readonly Told[]): { events: Event<any>[]; docs: Doc[] } {
  const heads = new Map<string, number>();
  const docs = new Map<string, Doc>();
  const events = all.map((one, i): Event<any> => {
    const stream = one.stream ?? 'r:room';
    const seq = (heads.get(stream) ?? 0) + 1;
    heads.set(stream, seq);
    return { id: `command ${i}`, n: 0, at: i, by: taro.person, org: taro.org, drill: false, ...one, stream, seq };
  });
  for (const event of events) for (const doc of fold(house.nouns, event, (noun, id) => docs.get(`${noun}/${id}`))) docs.set(`${doc.noun}/${doc.id}`, doc);
  return { events, docs: [...docs.values()] };
}

/** What is found wrong where the tables, and these devices, hold what the events make. */
function found(all: readonly Told[], devices: readonly Actor[] = [], change: (docs: Doc[]) => Doc[] = (docs) => docs, stood: Story['stood'] = []): string[] {
  const { events, docs } = story(all);
  const views: View[] = [viewOf('in the tables', change(docs)), ...devices.map((who) => viewOf(`as ${who.person} has it`, change(docs), who))];
  const findings = new Findings();
  for (const check of roomChecks) check({ events, views, orgs, stood, now: 1_000_000 }, findings);
  return findings.words;
}

const changed = (noun: string, how: (value: any) => unknown) => (docs: Doc[]): Doc[] => docs.map((doc) => (doc.noun === noun ? { ...doc, value: how(doc.value) } : doc));

describe('surveys', () => {
  const asked = told('survey.asked', { id: 'sheet', survey: 'survey', org: 'seiyo', kind: 'safety', title: '' });
  const answers = (person: Id, come: string): Told => told('survey.answered', { sheet: 'sheet', person, values: { state: 'fine', come } });
  const well = [asked, answers('taro', 'yes'), answers('rie', 'no'), answers('taro', 'no'), told('survey.closed', { sheet: 'sheet' })];

  it('the sums are those of the answers that were taken', () => {
    expect(found(well, [taro])).toEqual([]);
    expect(found(well, [], changed('surveyAnswer', (now) => ({ ...now, said: now.said.slice(0, 1) }))).join()).toMatch(/^wrongSums: survey sheet in the tables/);
    expect(found(well, [], (docs) => docs.filter(({ id }) => id !== 'sheet/rie')).join()).toMatch(/^wrongSums: survey sheet/);
  });
  it('nothing is taken once it is over', () => expect(found([...well, answers('rie', 'yes')]).join()).toContain('an answer was taken of a survey that was over'));
  it('what was answered is on no device of another organization', () => expect(found(well, [aoi])).toEqual(['leaked: survey sheet of another organization is as aoi has it']));
  it('nor on one of headquarters before they came in to see it', () => {
    const comes = (by: Id): Told => told('stream.joined', { person: 'makoto', no: 9, card: {}, history: true }, { by });
    expect(found([...well, comes('makoto')], [makoto])).toEqual([]);
    for (const all of [well, [...well, comes('hanako')]]) expect(found(all, [makoto])).toEqual(['leaked: survey sheet of another organization is as makoto has it']);
  });
});

describe('rotas', () => {
  const month = { org: 'seiyo', month: '2026-12' };
  const set = told('rota.set', { ...month, shifts: [{ id: 1, from: 0, until: 1, person: 'taro' }, { id: 2, from: 1, until: 2, person: 'rie' }] }, { stream: 'w' });
  const asks = told('rota.swapAsked', { ...month, shift: 1, to: 'rie' }, { stream: 'w' });
  const takes = (by: Id): Told => told('rota.swapAnswered', { ...month, shift: 1, accepts: true }, { stream: 'w', by });

  it('a turn is held by exactly one, who was asked', () => {
    expect(found([set, asks, takes('rie')], [taro])).toEqual([]);
    expect(found([set, asks, takes('aoi')]).join()).toContain('aoi answers for a turn that rie was asked to take');
    expect(found([set, asks, takes('rie'), takes('rie')]).join()).toContain('that nobody was asked to take');
  });
  it('everywhere by the same', () => {
    const back = changed('roster', (now) => ({ ...now, shifts: now.shifts.map((one: object) => ({ ...one, person: 'taro' })) }));
    expect(found([set, asks, takes('rie')], [taro], back)).toHaveLength(2);
  });
});

describe('contacts', () => {
  const favoured = (of: Id, on = true): Told => told('contacts.favoured', { of, on }, { stream: 'p:taro' });
  const contact = { org: 'ehime', kind: 'other', name: '病院', kana: '' };
  const put = told('contacts.put', { id: 'contact', ...contact, phones: [{ kind: 'office', number: '0890-00-0001' }] }, { stream: 'w' });

  it('favourites are in the order in which they were taken, on their own devices alone', () => {
    const all = [favoured('aoi'), favoured('rie'), favoured('aoi'), favoured('rie', false)];
    expect(found(all, [taro])).toEqual([]);
    expect(found(all, [aoi])).toEqual(['leaked: the favourites of taro are as aoi has it']);
    expect(found(all, [taro], changed('favourites', () => ({ of: ['aoi', 'aoi'] })))).toHaveLength(2);
    expect(found(all, [taro], () => [])).toEqual(['wrongSums: the favourites of taro are not as taro has it']);
  });
  it('a contact is the one that was written last', () => {
    expect(found([put], [taro])).toEqual([]);
    expect(found([put], [], changed('contact', (now) => ({ ...now, rev: 2 }))).join()).toMatch(/^wrongSums: contact contact in the tables/);
  });
});

describe('calendars', () => {
  const set = told('calendar.set', { calendar: 'all', mark: 1 });
  const content = { id: 'meeting', title: '会議', start: '2026-12-01T09:00', end: '2026-12-01T10:00' };
  const put = told('calendar.put', content);
  const comes = (answer: string, on?: string): Told => told('calendar.answered', { appointment: 'meeting', answer, ...(on ? { on } : {}) });
  const out = told('calendar.takenOut', { appointment: 'meeting' });

  it('who comes adds up, and nothing happens to what was taken out', () => {
    expect(found([set, put, comes('yes'), comes('no', '2026-12-01T09:00'), comes('maybe'), out], [aoi])).toEqual([]);
    expect(found([set, put, comes('yes'), comes('no')], [], changed('appointment', (now) => ({ ...now, answers: { taro: ['yes', 0] } }))).join()).toMatch(/^wrongSums: appointment meeting/);
    expect(found([set, put, out, comes('yes')]).join()).toContain('calendar.answered of an appointment that was taken out');
  });
  it('one’s own is on nobody else’s device', () => {
    const own = told('calendar.set', { calendar: 'own', mark: 1, own: 'taro' });
    expect(found([own, put], [taro])).toEqual([]);
    expect(found([own, put], [aoi])).toEqual(['leaked: appointment meeting of taro is as aoi has it']);
  });
  it('what is private has its words at the desk alone', () => {
    const words = told('calendar.worded', { appointment: 'meeting', title: '会議' }, { stream: 'r:desk' });
    const shut = told('calendar.put', { ...content, title: '', private: true });
    expect(found([set, shut, words], [taro])).toEqual([]);
    expect(found([set, shut, words], [aoi])).toEqual(['leaked: the words of the private appointment meeting are as aoi has it']);
    expect(found([set, told('calendar.put', { ...content, private: true })])).toEqual(['leaked: the words of the private appointment meeting lie open in the tables']);
  });
});

describe('boards', () => {
  const content = { title: '知らせ', category: 'all', body: [], comments: false, must: { due: 9_000_000, answers: ['了解', '欠席'] } };
  const planned = told('board.planned', { id: 'notice', board: 'room', due: 0, ...content }, { stream: 'r:desk' });
  const posted = told('board.posted', { id: 'notice', ...content });
  const presses = (answer: number): Told => told('board.answered', { post: 'notice', answer });
  const over = told('board.planOver', { plan: 'notice', how: 'posted' }, { stream: 'r:desk' });

  it('what was planned is posted once and in time, and lies at the desk alone', () => {
    expect(found([planned, posted, over], [taro])).toEqual([]);
    expect(found([planned])).toEqual(['lost: the notice notice was to be posted 1000 s ago']);
    expect(found([planned, posted, told('board.posted', { id: 'notice', ...content })]).join()).toContain('duplicated: the notice notice was posted 2 times');
    expect(found([planned, posted, over], [aoi])).toEqual(['leaked: the notice notice, which is at the desk, is as aoi has it']);
  });
  it('what was pressed adds up', () => {
    expect(found([posted, presses(0), presses(1)], [aoi])).toEqual([]);
    expect(found([posted, presses(0), presses(1)], [], changed('boardPost', (now) => ({ ...now, answers: { taro: [0, 0] } }))).join()).toMatch(/^wrongSums: the answers to the notice/);
  });
});

describe('damage and chronology', () => {
  const more = { stream: 'w', incident: 'flood' };
  const reports = (n: number): Told => told('damage.reported', { town: 'seiyo', kind: 'short', form: 1, asOf: 0, told: [{ key: 'dead', n, confirmed: true, asOf: 0 }], words: [] }, more);
  const enters = (no: number, id: Id): Told => told('chronology.entered', { no, kind: 'order', on: 0, content: '開設', channel: 'phone' }, { ...more, id });
  const corrects = (entry: Id, no: number, id: Id): Told => told('chronology.corrected', { entry, no }, { ...more, id });
  const instructs = told('chronology.instructed', { owner: 'seiyo' }, { ...more, id: 'first' });
  const moves = told('chronology.moved', { entry: 'first', state: 'done' }, more);

  it('what was told last stands', () => {
    expect(found([reports(1), reports(3)], [aoi])).toEqual([]);
    expect(found([reports(1), reports(3)], [], changed('damageSheet', (now) => ({ ...now, reports: now.reports.toReversed() }))).join()).toMatch(/^wrongSums: the damage of flood\/seiyo/);
  });
  it('entries count without a gap, and are corrected once', () => {
    const well = [enters(1, 'first'), enters(2, 'second'), corrects('first', 2, 'second')];
    expect(found(well, [aoi])).toEqual([]);
    expect(found([enters(1, 'first'), enters(3, 'second')])).toEqual(['wrongSums: w 2: entry 2 of the chronology bears the number 3']);
    expect(found([...well, enters(3, 'third'), corrects('first', 3, 'third')]).join()).toContain('the entry first is corrected a second time');
    expect(found(well, [], changed('chronicleEntry', ({ corrected: _gone, ...now }) => now)).join()).toContain('entry 1 in the tables is not corrected');
  });
  it('an instruction is as far as was said', () => {
    const well = [enters(1, 'first'), instructs, moves];
    expect(found(well, [aoi])).toEqual([]);
    expect(found(well, [], changed('instruction', (now) => ({ ...now, state: 'open' }))).join()).toContain('the instruction first in the tables is open after 1, by hand done after 1');
  });
});

describe('telephones', () => {
  const card = told('chase.carded', { id: 'card', noun: 'message', thing: 'message', whom: 'aoi', since: 0 });
  const takes = (by: Id): Told => told('chase.taken', { card: 'card' }, { by });
  const rings = (by: Id): Told => told('chase.rang', { card: 'card', result: 'noAnswer' }, { by });

  it('nobody takes a card that another holds', () => {
    expect(found([card, takes('taro'), rings('taro'), takes('rie')], [taro])).toEqual([]);
    expect(found([card, takes('taro'), takes('rie')]).join()).toContain('rie takes the card card, which taro holds');
    expect(found([card, takes('taro'), rings('rie')], [], changed('phoneCard', ({ taken: _free, ...now }) => now)).join()).toMatch(/^wrongSums: the card card in the tables/);
  });
});

describe('calls', () => {
  const begins = told('call.started', { id: 'call', kind: 'meet' });
  const comes = (person: Id): Told => told('call.joined', { call: 'call', person });
  const goes = (person: Id, more: Partial<Event<any>> = {}, lost?: 1): Told => told('call.left', { call: 'call', person, ...(lost ? { lost } : {}) }, more);
  const ends = told('call.ended', { call: 'call' });

  it('who comes was not in it, who goes was, and nobody is in one that is over', () => {
    expect(found([begins, comes('taro'), comes('aoi'), goes('taro'), comes('taro'), ends], [taro])).toEqual([]);
    expect(found([begins, comes('taro'), comes('taro')]).join()).toContain('taro comes into a call in which they are');
    expect(found([begins, goes('taro')]).join()).toContain('taro leaves a call in which they are not');
    expect(found([begins, comes('taro'), ends, comes('aoi')]).join()).toContain('call.joined of a call that is over');
    expect(found([begins, comes('taro')], [], changed('call', (now) => ({ ...now, visits: [] }))).join()).toMatch(/^wrongSums: the call call in the tables/);
  });
  it('nobody is taken for lost whose line stands', () => {
    const lost = [begins, comes('taro'), goes('taro', { at: 30_000 }, 1), ends];
    const stood = (until: number): Story['stood'] => [{ person: 'taro', call: 'call', from: 0, until }];
    expect(found(lost, [], undefined, stood(10_000))).toEqual([]);
    expect(found(lost, [], undefined, stood(60_000))).toEqual(['lost: taro, whose line stands, was taken for lost at r:room 3']);
  });
});

describe('the past', () => {
  const { text, ...head } = pastLine(1);
  const begun = told('past.begun', { id: 'past', source: 'talk', name: 'talk.txt', sha256: '0', size: 1, lines: 2, pages: 2, left: 0, from: 0, to: 1 });
  const page = (no: number): Told => told('past.page', { past: 'past', page: no, heads: [{ ...head, n: no + 1 }], w0: { text: no === 0 ? text : pastLine(no + 1).text } });
  const done = told('past.done', { past: 'past' });

  it('what was brought is whole when all of its lines are here, each once and in order', () => {
    expect(found([begun, page(0), page(1), done])).toEqual([]);
    expect(found([begun, page(0), done])).toEqual(['wrongSums: of past, which is whole, 1 of 2 lines are here']);
    expect(found([begun, page(1)]).join()).toContain('misordered: line 1 of what was brought as past is 2');
  });
  it('pages lie in the tables alone', () => expect(found([begun, page(0)], [taro])).toEqual(['leaked: pages of what was brought are as taro has it']));
});
