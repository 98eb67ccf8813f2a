import { assemble, currentStay, eventKind, feature, fold, isCounted, joined, left, member, noun, touched, type Doc, type Event, type Member } from '@noroshi/foundations/sync';
import { smallHouse } from '@noroshi/foundations/testing';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';

const at = (seq: number, kind: string, body: object, more: Partial<Event> = {}): Event => ({ stream: 'r:x', seq, id: `id-${seq}`, n: 0, kind, at: seq, by: 'taro', org: 'seiyo', body, ...more });
const play = (events: readonly Event[], docs = new Map<string, Doc>()): Map<string, Doc> => {
  for (const event of events) for (const doc of fold(smallHouse.nouns, event, (of, id) => docs.get(`${of}/${id}`))) docs.set(`${doc.noun}/${doc.id}`, doc);
  return docs;
};
const card = { name: '太郎', org: 'seiyo', orgName: '西予市', mark: '西予', post: '', rank: 1 };

describe('folding events', () => {
  it('S02 folds each event once, however often it comes', () => {
    const events = [at(1, 'small.wrote', { text: '一' }), at(2, 'small.rewrote', { note: 'id-1', text: '二' }), at(3, 'small.rewrote', { note: 'id-1', text: '三' })];
    const once = play(events);
    expect(once.get('message/id-1')).toMatchObject({ born: 1, seq: 3, value: { text: '三', times: 2 } });
    expect(play([...events, ...events], play(events))).toEqual(once);
  });

  it('S03 never makes a thing anew that is there, and never from the middle', () => {
    const docs = play([at(1, 'small.wrote', { text: '本物' }), at(2, 'small.wrote', { text: '偽物' }, { id: 'id-1' })]);
    expect(docs.get('message/id-1')).toMatchObject({ seq: 1, value: { text: '本物' } });
    expect(play([at(5, 'small.rewrote', { note: 'not-here', text: '?' })]).size).toBe(0);
  });

  it('S04 never touches a thing of another stream', () => {
    const docs = play([at(1, 'small.wrote', { text: '一' }), at(9, 'small.rewrote', { note: 'id-1', text: '他所から' }, { stream: 'r:y' })]);
    expect(docs.get('message/id-1')).toMatchObject({ seq: 1, value: { text: '一' } });
  });

  it('S05 names what an event touches before it is folded', () => {
    expect(touched(smallHouse.nouns, at(2, 'small.liked', { note: 'id-1' }))).toEqual([{ noun: 'message', id: 'id-1' }]);
  });

  it('S06 gives a member a number for ever and an interval for each stay', () => {
    const docs = play([
      at(1, joined.kind, { person: 'taro', no: 3, card, history: true }),
      at(8, left.kind, { person: 'taro' }),
      at(20, joined.kind, { person: 'taro', no: 3, card, history: false }),
    ]);
    const who = docs.get('member/r:x/taro')!.value as Member;
    expect(who).toMatchObject({ no: 3, stays: [{ visibleFrom: 1, countedFrom: 2, until: 8 }, { visibleFrom: 20, countedFrom: 21 }] });
    expect(currentStay(who)).toEqual({ visibleFrom: 20, countedFrom: 21 });
    expect([1, 2, 8, 9, 20, 21].map((seq) => isCounted(who, seq))).toEqual([false, true, true, false, false, true]);
    expect(currentStay(undefined)).toBeUndefined();
    expect(member.always).toBe(true);
  });

  it('S07 a house refuses two rooms that claim the same name or number', () => {
    const one = eventKind('a.one', 10, z.object({}));
    expect(() => assemble([feature('a', { events: [one] }), feature('b', { events: [eventKind('b.two', 10, z.object({}))] })])).toThrow('10');
    expect(() => assemble([feature('a', { nouns: [noun('x')] }), feature('b', { nouns: [noun('x')] })])).toThrow('x');
  });
});
