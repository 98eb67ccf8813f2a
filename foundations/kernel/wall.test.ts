import { expect, it } from 'vitest';
import { fromLocal, toLocal } from './wall.ts';

it('D3 K2 an emptied time is none, and a time is the prefecture’s', () => {
  expect([fromLocal(''), fromLocal('2018-07'), fromLocal('2018-07-07T08:40'), toLocal(Date.UTC(2018, 6, 6, 23, 40))]).toEqual([undefined, undefined, Date.UTC(2018, 6, 6, 23, 40), '2018-07-07T08:40']);
});
