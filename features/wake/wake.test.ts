import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { derivedId } from '@noroshi/foundations/kernel';
import type { Member } from '@noroshi/foundations/sync';
import type { Message } from '@noroshi/features/talk';
import { describe, expect, it } from 'vitest';
import { isQuiet, says, whether } from './wake.ts';

const idOf = (name: string) => derivedId('00000000-0000-8000-8000-00000000cafe', name);
const aoi = { person: idOf('aoi'), org: idOf('saijo') };
/** A moment of a day at the prefecture's clock. */
const at = (hour: number, minute = 0): number => Date.UTC(2018, 6, 7, hour - 9, minute);
const night = { begins: 22 * 60, ends: 6 * 60 };

describe('quiet hours', () => {
  it('W10 pass midnight, begin with their first minute and end before their last', () => {
    expect([at(21, 59), at(22), at(23, 59), at(0), at(5, 59), at(6)].map((moment) => isQuiet(night, moment))).toEqual([false, true, true, true, true, false]);
    expect([at(11, 59), at(12), at(12, 59), at(13)].map((moment) => isQuiet({ begins: 720, ends: 780 }, moment))).toEqual([false, true, true, false]);
    expect(isQuiet(undefined, at(3))).toBe(false);
  });
});

describe('whether someone is woken', () => {
  const none = { muted: false, hours: undefined };
  const muted = { muted: true, hours: undefined };
  const asleep = { muted: false, hours: night };
  const both = { muted: true, hours: night };
  it.each([
    ['urgent', { urgency: 'urgent' }, 'heard', 'heard', 'heard', 'heard'],
    ['important', { urgency: 'important' }, 'heard', 'heard', 'silent', 'silent'],
    ['naming them', { mentions: [aoi.person] }, 'heard', 'heard', undefined, undefined],
    ['naming their organization', { mentionOrgs: [aoi.org] }, 'heard', 'heard', undefined, undefined],
    ['naming another', { mentions: [idOf('taro')] }, 'heard', undefined, undefined, undefined],
    ['all else', {}, 'heard', undefined, undefined, undefined],
  ] as const)('W9 W10 W11 by what is %s', (_what, message, free, inMuted, inHours, inBoth) => {
    expect([none, muted, asleep, both].map((wishes) => whether(message as Message, aoi, wishes, at(23)))).toEqual([free, inMuted, inHours, inBoth]);
  });
});

describe('what a push says', () => {
  const ja = words('ja', japanese);
  const by = { person: idOf('taro'), no: 1, stays: [], card: { name: '兵頭 太郎', org: idOf('seiyo'), orgName: '西予市', mark: '西予', post: '副市長', rank: 10 } } as Member;
  const message: Message = { id: idOf('m'), by: by.person, org: by.card.org, at: 0, text: '水が\n来ています' };
  const group = { name: 'グループC', kind: 'group' } as const;
  it('W3 where, by whom, and the first words, in the reader’s language', () => {
    expect(says(group, message, by, 0, ja)).toEqual({ title: 'グループC', body: '兵頭 太郎（西予市）：水が 来ています' });
    expect(says(group, { ...message, urgency: 'urgent' }, by, 2, ja)).toEqual({ title: '【緊急】グループC', body: '兵頭 太郎（西予市）：水が 来ています（ほか2件）' });
    expect(says(group, { ...message, urgency: 'important' }, by, 0, words('en', english)).title).toBe('[IMPORTANT] グループC');
    expect(says({ name: '越智 葵', kind: 'direct' }, message, by, 0, ja).title).toBe('兵頭 太郎');
    expect(says(group, { ...message, text: '', attachments: [{}] } as unknown as Message, by, 0, ja).body).toBe('兵頭 太郎（西予市）：添付があります');
    expect(says(group, { ...message, note: { line: 'incident.opened', params: { name: '豪雨', towns: '西予市' } } } as Message, by, 0, ja).body).toBe('災害「豪雨」を開きました。被災：西予市');
  });
  it('W4 【訓練】 before everything of a drill', () => {
    expect(says(group, { ...message, drill: true, urgency: 'urgent' }, by, 0, ja).title).toBe('【訓練】【緊急】グループC');
  });
});
