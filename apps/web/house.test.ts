import { expect, it } from 'vitest';
import { house as whole } from '../house.ts';
import { house as held } from './house.ts';

it('a device holds every kind of event and thing that there is', () => {
  expect([...held.kinds.keys()].toSorted()).toEqual([...whole.kinds.keys()].toSorted());
  expect([...held.nounByName.keys()].toSorted()).toEqual([...whole.nounByName.keys()].toSorted());
});
