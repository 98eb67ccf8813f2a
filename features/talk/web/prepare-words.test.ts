import { expect, it } from 'vitest';
import { emptyDraft } from './draft.ts';
import { isSaid } from './prepare-words.ts';

it('words that a form brought along leave the composer when all of them were sent, and not where more stands there now', () => {
  const left = (text: string, brought: string, said: readonly string[]): boolean => isSaid({ ...emptyDraft, text }, brought, said);
  expect(left('野村で浸水\n', '野村で浸水', ['肱川が氾濫\n野村で浸水'])).toBe(true);
  // The form had an older draft, or no room for all of them; they were rewritten there; another line came to stand here.
  expect(left('野村で浸水', '野村で浸水', ['肱川が氾濫'])).toBe(false);
  expect(left('あ'.repeat(3_000), 'あ'.repeat(3_000), ['あ'.repeat(2_000)])).toBe(false);
  expect(left('野村で浸水', '野村で浸水', [])).toBe(false);
  expect(left('野村で浸水。宇和も', '野村で浸水', ['野村で浸水'])).toBe(false);
  expect(left('', '', ['野村で浸水'])).toBe(false);
  // A subject and what stands below it, without the spaces around them.
  expect(left('連絡会議 \n\n議題は受援計画', '連絡会議 \n\n議題は受援計画', ['連絡会議\n議題は受援計画', '議題は受援計画'])).toBe(true);
  expect(left('連絡会議\n議題は受援計画', '連絡会議\n議題は受援計画', ['連絡会議\n', ''])).toBe(false);
});
