import { chronology, enter, entry, instruction, move, type Entry, type Instruction } from '@noroshi/features/chronology';
import { addOrganization, addPerson, directory } from '@noroshi/features/directory';
import { incident, incidents, type Incident } from '@noroshi/features/incident';
import { message, room, talk, type Message } from '@noroshi/features/talk';
import type { Chronicled } from '@noroshi/foundations/chronicled';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { assemble } from '@noroshi/foundations/sync';
import { codeOf, freshId, Paper, personOf, systemActor } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { timeDoubt } from './time-doubt.ts';
import { chronologyRows, type Row } from './rows.ts';
import { filterOf, filterQuery, isShown, type Filter } from './filter.ts';

const house = assemble([directory, talk, incidents, chronology]);
const minute = 60_000;
const hour = 60 * minute;
const ja = words('ja', japanese);

function flooded() {
  const paper = new Paper(house);
  const [ehime, seiyo, saijo, imabari, flood, drill] = [freshId(), freshId(), freshId(), freshId(), freshId(), freshId()] as [Id, Id, Id, Id, Id, Id];
  for (const [id, name, short, kind, code] of [[ehime, '愛媛県', '県', 'prefecture', '380008'], [seiyo, '西予市', '西予', 'city', '382141'], [saijo, '西条市', '西条', 'city', '382060'], [imabari, '今治市', '今治', 'city', '382027']] as const) {
    paper.do(systemActor, addOrganization, { id, code, name, kana: '', romaji: '', short, kind });
  }
  const event = (id: Id, isDrill: boolean, more: Partial<Incident> = {}): Incident => ({
    id, name: '豪雨', kind: 'flood', drill: isDrill, openedAt: paper.now, openedBy: freshId(), affected: [seiyo], headquarters: ehime, planVersion: '', planRevision: 1, revision: 1,
    roles: [{ affected: seiyo, primary: saijo, secondaries: [], assumed: false, room: freshId() }], ...more,
  });
  paper.put(incident.noun, flood, event(flood, false));
  paper.put(incident.noun, drill, event(drill, true));
  paper.now += 3 * hour;
  const said = (more: Partial<Parameters<typeof enter.then>[0]> = {}) => ({ incident: flood, kind: 'report' as const, on: paper.now, content: '野村支所から電話', channel: 'phone' as const, ...more });
  const enters = (as: Actor, more: Partial<Parameters<typeof enter.then>[0]> = {}) => paper.do(as, enter, said(more));
  const wrote = (as: Actor, more: Partial<Parameters<typeof enter.then>[0]> = {}): Id => {
    const answer = enters(as, more);
    if (!answer.ok) throw new Error(answer.code);
    return answer.id;
  };
  const the = (id: Id): Entry => paper.get<Entry>(entry.noun, id)!;
  const order = (id: Id): Instruction => paper.get<Instruction>(instruction.noun, id)!;
  return { paper, ehime, seiyo, saijo, imabari, flood, drill, event, enters, wrote, the, order, hanako: personOf('member', ehime), taro: personOf('member', seiyo), aoi: personOf('member', saijo), stranger: personOf('member', imabari), guest: personOf('guest', seiyo) };
}

describe('who keeps the chronology', () => {
  it('K1 the prefecture, who is hit and who helps; nobody without a part, and no guest', () => {
    const { enters, hanako, taro, aoi, stranger, guest } = flooded();
    expect([hanako, taro, aoi, stranger, guest].map((who) => codeOf(enters(who)))).toEqual(['ok', 'ok', 'ok', 'chronology.noPart', 'chronology.notForGuests']);
    expect(codeOf(enters(hanako, { incident: freshId() }))).toBe('chronology.notFound');
    expect(codeOf(enters(hanako, { town: freshId() }))).toBe('chronology.notFound');
  });

  it('K1 numbers are counted in the order of the stream, for each incident; a line keeps when it happened and when it was entered', () => {
    const { paper, wrote, the, hanako, taro, drill } = flooded();
    const first = wrote(hanako, { on: paper.now - hour });
    const ofDrill = wrote(hanako, { incident: drill });
    paper.now += minute;
    const second = wrote(taro, {});
    expect([first, ofDrill, second].map((id) => [the(id).no, the(id).drill])).toEqual([[1, false], [1, true], [2, false]]);
    expect([the(first).on, the(first).at, the(second).at]).toEqual([paper.now - minute - hour, paper.now - minute, paper.now]);
  });

  it('K1 takes a line from a message one may read: of a drill for a drill, of a real talk for a real disaster', () => {
    const { paper, enters, wrote, the, hanako, flood, drill } = flooded();
    const [real, twin, words] = [freshId(), freshId(), freshId()];
    paper.put(room.noun, real, { id: real });
    paper.put(room.noun, twin, { id: twin, drill });
    paper.put(message.noun, words, { text: '堤防が切れそうです' } as Message);
    const from = (place: Id, said = words) => ({ source: { room: place, message: said } });
    expect(the(wrote(hanako, from(real))).source).toEqual({ room: real, message: words });
    expect(codeOf(enters(hanako, { ...from(twin), incident: flood }))).toBe('chronology.otherDrill');
    expect(codeOf(enters(hanako, { ...from(real), incident: drill }))).toBe('chronology.otherDrill');
    expect(codeOf(enters(hanako, { ...from(twin), incident: drill }))).toBe('ok');
    // Its correction has the same source, though whoever writes it may not read that talk and does not name it.
    expect(the(wrote(hanako, { corrects: wrote(hanako, from(real)) })).source).toEqual({ room: real, message: words });
    // What one may not read is not handed to the rule: it is as if there were none.
    expect(codeOf(enters(hanako, from(real, freshId())))).toBe('chronology.notFound');
    expect(codeOf(enters(hanako, from(freshId())))).toBe('chronology.notFound');
  });
});

describe('when it happened', () => {
  it('K2 is asked where it lies ahead or before the opening, and refused where it cannot be', () => {
    const now = 100 * 24 * hour;
    const at = (on: number) => timeDoubt(on, now - 5 * hour, now);
    expect([now, now - 5 * hour, now + minute].map(at)).toEqual([undefined, undefined, undefined]);
    expect([now - 5 * hour - minute + 1, now - 5 * hour - minute].map(at)).toEqual([undefined, 'before']);
    expect([now + 3 * minute, now + 24 * hour, now + 24 * hour + 1].map(at)).toEqual(['future', 'future', 'tooLate']);
    expect([now - 6 * hour, now - 5 * hour - 60 * 24 * hour, now - 5 * hour - 60 * 24 * hour - 1].map(at)).toEqual(['before', 'before', 'tooEarly']);
    const { paper, enters, hanako } = flooded();
    for (const [more, code] of [[10 * minute, 'future'], [-4 * hour, 'before'], [25 * hour, 'tooLate'], [-61 * 24 * hour, 'tooEarly']] as const) {
      expect(codeOf(enters(hanako, { on: paper.now + more }))).toBe(`chronology.${code}`);
      expect(codeOf(enters(hanako, { on: paper.now + more, sure: true }))).toBe(code.startsWith('too') ? `chronology.${code}` : 'ok');
    }
  });
});

describe('corrections', () => {
  it('K3 are new lines that point at the old, which stays as it was and points at them; once only, by who wrote it or the prefecture', () => {
    const { enters, wrote, the, hanako, taro, aoi, flood, drill } = flooded();
    const old = wrote(taro, { content: '3人' });
    expect(codeOf(enters(aoi, { corrects: old }))).toBe('chronology.othersEntry');
    expect(codeOf(enters(hanako, { corrects: old, incident: drill }))).toBe('chronology.notFound');
    expect(codeOf(enters(hanako, { corrects: freshId() }))).toBe('chronology.notFound');
    const better = wrote(hanako, { content: '5人', corrects: old });
    expect([the(old).content, the(old).corrected, the(better).corrects]).toEqual(['3人', { entry: better, no: 2 }, { entry: old, no: 1 }]);
    const again = enters(taro, { corrects: old });
    expect(again).toMatchObject({ code: 'chronology.correctedAlready', params: { no: 1, by: 2 } });
    expect(the(wrote(hanako, { corrects: better, incident: flood })).corrects).toEqual({ entry: better, no: 2 });
  });
});

describe('指示', () => {
  it('K4 names who has to do it and is due no earlier than it was given; a town instructs its own people', () => {
    const { paper, enters, hanako, taro, seiyo, saijo, event, flood } = flooded();
    const [ofSeiyo, gone] = [freshId(), freshId()];
    for (const id of [ofSeiyo, gone]) paper.do(systemActor, addPerson, { id, org: seiyo, role: 'member', name: '三好', kana: '', phones: [] });
    const gives = (as: Actor, order: object | undefined, kind: 'order' | 'report' = 'order') => codeOf(enters(as, { kind, ...(order ? { order } : {}) } as never));
    expect(gives(hanako, undefined)).toBe('chronology.orderNeedsOwner');
    expect(gives(hanako, { owner: seiyo }, 'report')).toBe('chronology.orderNeedsOwner');
    expect(gives(hanako, { owner: saijo, person: ofSeiyo })).toBe('chronology.notTheirs');
    expect(gives(hanako, { owner: seiyo, due: paper.now - 60_000 })).toBe('chronology.dueBefore');
    expect(gives(taro, { owner: saijo })).toBe('chronology.ownPeopleOnly');
    expect(gives(hanako, { owner: freshId() })).toBe('chronology.ownPeopleOnly');
    expect(gives(taro, { owner: seiyo, person: ofSeiyo, due: paper.now })).toBe('ok');
    // Of what is over a report may still be written, but nobody is told to do anything.
    paper.put(incident.noun, flood, event(flood, false, { openedAt: paper.now - hour, closedAt: paper.now }));
    expect([gives(hanako, { owner: seiyo }), gives(hanako, undefined, 'report')]).toEqual(['chronology.incidentOver', 'ok']);
  });

  it('K5 is moved by who is told and by the prefecture, called off by who gave it; each step keeps who and when, and nobody undoes one unseen', () => {
    const { paper, wrote, order, hanako, taro, aoi, guest, seiyo, flood } = flooded();
    const id = wrote(hanako, { kind: 'order', content: '給水車を回す', order: { owner: seiyo, due: paper.now + hour } });
    const moves = (as: Actor, state: Instruction['state'], sees: number, word?: string) => codeOf(paper.do(as, move, { incident: flood, entry: id, state, sees, ...(word ? { word } : {}) }));
    expect([moves(guest, 'begun', 0), moves(aoi, 'begun', 0), moves(taro, 'cancelled', 0), moves(taro, 'open', 0)]).toEqual(['chronology.notForGuests', 'chronology.notYourOrder', 'chronology.onlyGiverCancels', 'chronology.sameState']);
    paper.now += minute;
    expect(moves(taro, 'begun', 0, '2台')).toBe('ok');
    expect(moves(hanako, 'cancelled', 0)).toBe('chronology.changedMeanwhile');
    expect(moves(hanako, 'cancelled', 1)).toBe('ok');
    expect(order(id)).toMatchObject({ state: 'cancelled', steps: [{ state: 'begun', at: paper.now, by: taro.person, org: seiyo, word: '2台' }, { state: 'cancelled', by: hanako.person }] });
  });

  it('K3 goes on in its correction as far as it had come, and asks nothing in its old place', () => {
    const { paper, wrote, order, the, hanako, taro, seiyo, flood } = flooded();
    const old = wrote(hanako, { kind: 'order', content: '給水車2台', order: { owner: seiyo } });
    paper.do(taro, move, { incident: flood, entry: old, state: 'begun', sees: 0 });
    const better = wrote(hanako, { kind: 'order', content: '給水車3台', order: { owner: seiyo }, corrects: old });
    expect([order(old).replaced, order(better).state, order(better).steps]).toEqual([true, 'begun', []]);
    expect(codeOf(paper.do(taro, move, { incident: flood, entry: old, state: 'done', sees: 1 }))).toBe('chronology.correctedAlready');
    expect(the(old).corrected?.no).toBe(2);
  });
});

describe('the ordered rows', () => {
  function told() {
    const made = flooded();
    const { paper, wrote, the, order, hanako, taro, seiyo, saijo, flood, drill } = made;
    const start = paper.now;
    paper.do(systemActor, addPerson, { id: taro.person, org: seiyo, role: 'member', name: '太郎', kana: '', phones: [] });
    const late = wrote(hanako, { content: 'あとから届いたFAX12', on: start - hour, from: '野村支所', to: '危機管理課', place: '野村町', unit: '総務班', town: seiyo });
    const due = wrote(hanako, { kind: 'order', content: '給水車を回す', order: { owner: seiyo, person: taro.person, due: start + hour } });
    const ofDrill = wrote(hanako, { incident: drill, content: '訓練の記録' });
    const deed: Chronicled = { key: 'request/x/0', at: start - 30 * minute, by: taro.person, org: seiyo, about: [saijo], kind: 'request', says: ({ t }, names) => `${names.org(seiyo)}${t('request.did.sent')}`, href: '/request/x' };
    const names = { org: (id: Id) => (id === seiyo ? '西予市' : id === made.ehime ? '愛媛県' : ''), person: (id: Id) => (id === hanako.person ? '花子' : id === taro.person ? '太郎' : '') };
    const all = { incident: flood, entries: [ofDrill, due, late].map(the), instructions: new Map([[due, order(due)]]), deeds: [deed] };
    return { ...made, start, late, due, all, rows: (at = start, by?: 'entry'): Row[] => chronologyRows(all, ja, names, at, by) };
  }

  it('K6 stand by when it happened or by when it was entered, what the house did among what people wrote; nothing of a drill in a real one', () => {
    const { rows, late, due, start } = told();
    expect(rows().map(({ key }) => key)).toEqual([late, 'request/x/0', due]);
    expect(rows(start, 'entry').map(({ key }) => key)).toEqual(['request/x/0', late, due]);
    expect(rows()[0]).toMatchObject({ no: 1, from: '野村支所', to: '危機管理課', place: '野村町', unit: '総務班', channel: '電話', recorder: '愛媛県 花子' });
    expect(rows()[1]).toMatchObject({ content: '西予市要請を送信', from: '西予市 太郎', href: '/request/x' });
    expect(rows()[1]).not.toHaveProperty('no');
  });

  it('K5 an instruction that is past its time says so, until it is done', () => {
    const { rows, start, due, all } = told();
    const order = (at: number) => rows(at).find(({ key }) => key === due)!.order!;
    expect([order(start + hour).overdue, order(start + hour + 1).overdue, order(start).owner]).toEqual([false, true, '西予市 太郎']);
    all.instructions.set(due, { ...all.instructions.get(due)!, state: 'done' });
    expect(order(start + hour + 1)).toMatchObject({ overdue: false, open: false });
  });

  it('K6 are filtered by town, kind, person, time, words and what is not done; the address says the same as the filter', () => {
    const { rows, seiyo, saijo, taro, start, late, due } = told();
    const shown = (filter: Filter): string[] => rows().filter((row) => isShown(row, filter)).map(({ key }) => key);
    expect(shown({ town: saijo })).toEqual(['request/x/0']);
    expect(shown({ town: seiyo })).toEqual([late, 'request/x/0', due]);
    expect(shown({ kind: 'order' })).toEqual([due]);
    expect(shown({ person: taro.person })).toEqual(['request/x/0', due]);
    expect(shown({ from: start - 40 * minute, to: start - minute })).toEqual(['request/x/0']);
    // A minute is meant to its end.
    expect(shown({ to: start - 30 * minute - 59_999 })).toEqual([late, 'request/x/0']);
    expect([shown({ q: 'ｆａｘ１２' }), shown({ q: 'ない言葉' })]).toEqual([[late], []]);
    expect(shown({ q: '野村　総務' })).toEqual([late]);
    expect(shown({ only: 'written' })).toEqual([late, due]);
    expect(shown({ only: 'open' })).toEqual([due]);
    const filter: Filter = { town: seiyo, kind: 'order', person: taro.person, from: 5, to: 9, q: 'あ ＆', only: 'open', order: 'entry' };
    expect(filterOf(new URLSearchParams(filterQuery(filter)))).toEqual(filter);
    expect(filterOf(new URLSearchParams('?kind=nonsense&from=x&only=&order=up'))).toEqual({});
    expect(filterQuery({})).toBe('');
  });
});
