import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { expect, it } from 'vitest';
import { hourOf } from './use-hours.ts';

it('an hour names its day whenever that is not today, at the clock of the prefecture', () => {
  const at = (text: string): number => Date.parse(`2018-07-${text}:00+09:00`);
  const says = hourOf(words('ja', japanese), at('07T23:50'));
  expect(says(at('07T06:00'))).toBe('06:00');
  expect(says(at('08T00:10'))).toBe('7月8日 00:10');
  expect(says(at('10T06:00'))).toBe('7月10日 06:00');
  expect(says(at('06T23:59'))).toBe('7月6日 23:59');
  expect(hourOf(words('en', english), at('07T08:00'))(at('10T06:00'))).toBe('10 Jul 06:00');
});
