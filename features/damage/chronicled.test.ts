import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { expect, it } from 'vitest';
import { damageChronicled } from './chronicled.ts';
import type { DamageSheet, Report } from './sheet.ts';

it('K8 each report stands in the chronology with what was new in it: 未確認 is never 0, and what was not told is not there', () => {
  const report = (id: string, at: number, figures: Record<string, number | null>, texts: Report['words'] = []): Report => ({
    id, at, by: 'taro', org: 'seiyo', kind: 'short', form: 1, asOf: at, told: Object.entries(figures).map(([key, n]) => ({ key, n, confirmed: false, asOf: at })), words: texts,
  });
  const sheet: DamageSheet = { incident: 'i', drill: false, town: 'seiyo', reports: [report('a', 1, { dead: null, missing: 3, shelters: 1_200 }, [{ key: 'overview', text: '浸水' }]), report('b', 2, {})] };
  const names = { org: () => '西予市', person: () => '' };
  const told = damageChronicled(sheet);
  expect(told.map(({ key, at, kind, about, href, says }) => [key, at, kind, about, href, says(words('ja', japanese), names)])).toEqual([
    ['damage/a', 1, 'damage', ['seiyo'], '/damage/i/seiyo', '西予市 被害報告 第1報　死者 未確認、行方不明者 3人、避難所 1,200か所、浸水'],
    ['damage/b', 2, 'damage', ['seiyo'], '/damage/i/seiyo', `西予市 被害報告 第2報　${japanese['damage.noChange']}`],
  ]);
  expect(told[0]!.says(words('en', english), names)).toMatch(/^Damage report of 西予市, .*3, .*1,200, 浸水$/);
});
