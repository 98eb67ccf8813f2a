import { freshId } from '@noroshi/foundations/testing';
import { expect, it } from 'vitest';
import { numberLasts } from '../number.ts';
import { Numbers } from './numbers.server.ts';
import type { Session } from './sessions.server.ts';

it('C33 all who guess together are held to 300 wrong numbers in ten minutes, wherever they come from', () => {
  let now = 0;
  const session: Session = { id: freshId(), person: freshId(), device: 'PC', created: 0, seen: 0, expires: Infinity, ended: false };
  const numbers = new Numbers(() => now, ({ ended }) => !ended);
  const { number } = numbers.make(session);
  for (let i = 1; i <= 300; i++) expect(numbers.take(String((Number(number) + i) % 10 ** 8).padStart(8, '0'), undefined)).toMatchObject({ code: 'account.numberWrong' });
  expect(numbers.take(number, undefined)).toMatchObject({ code: 'account.slowDown', params: { seconds: numberLasts / 1000 } });
  now += numberLasts;
  expect(numbers.take(numbers.make(session).number, undefined)).toMatchObject({ by: session });
});

it('C30 a number that was given back, since something failed, can be taken again', () => {
  const session: Session = { id: freshId(), person: freshId(), device: 'PC', created: 0, seen: 0, expires: Infinity, ended: false };
  const numbers = new Numbers(() => 0, () => true);
  const { number } = numbers.make(session);
  const taken = numbers.take(number, undefined);
  expect(numbers.take(number, undefined)).toMatchObject({ code: 'account.numberWrong' });
  if ('giveBack' in taken) taken.giveBack();
  expect(numbers.take(number, undefined)).toMatchObject({ by: session });
});
