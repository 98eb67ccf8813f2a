import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const sources = globSync('{foundations,features,apps}/**/*.{ts,tsx}', { cwd: root }).filter((file) => !/node_modules|foundations[\\/]testing[\\/]|[\\/]dist[\\/]|\.test\.tsx?$/.test(file));

describe('a refusal', () => {
  it('has a sentence in both languages, wherever in the house it is made', () => {
    const codes = sources.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/refused\('([\w.]+)'|\bcode: '([\w]+\.[\w.]+)'/g)].map((found) => ({ file, code: found[1] ?? found[2]! })));
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.filter(({ code }) => !(`refusal.${code}` in japanese) || !(`refusal.${code}` in english))).toEqual([]);
  });

  it('fills the same gaps in both languages', () => {
    const gaps = (sentence: string): string[] => [...new Set([...sentence.matchAll(/\{(\w+)/g)].map((found) => found[1]!))].sort();
    const keys = (Object.keys(japanese) as (keyof typeof japanese)[]).filter((key) => key.startsWith('refusal.'));
    expect(keys.filter((key) => gaps(japanese[key]).join() !== gaps(english[key]).join())).toEqual([]);
  });
});
