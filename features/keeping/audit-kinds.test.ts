import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { words } from '@noroshi/foundations/i18n';
import { expect, it } from 'vitest';
import { house } from '../../apps/house.ts';
import { whats } from './audit.ts';
import { kindsOf, notesOf } from './audit-kinds.ts';
import { detailOf } from './audit-words.ts';

it('K12 each kind that the audit shows is one of the house, and has a sentence in both languages; no note is left out', () => {
  const kinds = Object.values(kindsOf).flat();
  expect(kinds.filter((kind) => !house.kinds.has(kind))).toEqual([]);
  // All that administrators decide on keeping.
  expect([...house.kinds.keys()].filter((kind) => kind.startsWith('keeping.') && !kinds.includes(kind))).toEqual(['keeping.begun', 'keeping.redacted']);
  expect(Object.values(notesOf).flat().toSorted()).toEqual([...whats].toSorted());
  for (const sentences of [japanese, english] as Record<string, string>[]) expect([...kinds, ...whats.map((what) => `audit.${what}`)].filter((kind) => !sentences[`audit.kind.${kind}`])).toEqual([]);
});

it('K12 what a line says beside its kind is said in words', () => {
  const ja = words('ja', japanese);
  expect(detailOf({ kind: 'directory.roleGiven', says: { role: 'manager' } }, ja)).toBe('組織管理者');
  expect(detailOf({ kind: 'keeping.termSet', says: { years: '0' } }, ja)).toBe('無期限');
  expect(detailOf({ kind: 'audit.auditRead', says: { note: 'signIn 越智 葵' } }, ja)).toBe('ログイン　越智　葵');
  expect(detailOf({ kind: 'audit.auditRead', says: { note: '越智' } }, ja)).toBe('越智');
});
