import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { expect, it } from 'vitest';
import { house } from '../../../house.ts';

it('every deed that may wait on a device has a name there in both languages', () => {
  const deeds = [...house.deeds.values()].filter(({ system }) => !system).map(({ deed }) => `waits.${deed}`);
  expect(deeds.length).toBeGreaterThan(30);
  for (const sentences of [japanese, english]) expect(deeds.filter((key) => !(key in sentences))).toEqual([]);
});
