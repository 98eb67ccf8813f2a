import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { expect, it } from 'vitest';
import { cardChronicled } from './chronicled.ts';
import type { PhoneCard } from './card.ts';

it('K8 each call stands in the chronology with what became of it, as whose it was', () => {
  const card = { id: 'c', noun: 'message', thing: 'm', whom: 'taro', since: 0, turns: 2, calls: [{ by: 'ken', at: 5, result: 'noAnswer', word: '移動中' }, { by: 'ken', at: 9, result: 'answered' }] } as PhoneCard;
  const names = { org: (id: string) => (id === 'seiyo' ? '西予市' : ''), person: (id: string) => (id === 'taro' ? '太郎' : '') };
  const told = cardChronicled(card, (id) => (id === 'taro' ? 'seiyo' : 'iyo'));
  expect(told.map(({ at, org, about, kind, href, says }) => [at, org, about, kind, href, says(words('ja', japanese), names)])).toEqual([
    [5, 'iyo', ['seiyo'], 'report', '/chase/c', '西予市 太郎へ電話　不通「移動中」'],
    [9, 'iyo', ['seiyo'], 'report', '/chase/c', '西予市 太郎へ電話　出た'],
  ]);
});
