import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { sabotages } from './sabotages.ts';

type Break = readonly [file: string, words: readonly (readonly [from: string, to: string])[]];
const broken = vi.hoisted(() => [] as Break[]);
// What a sabotage would break is written down here, and nothing is broken.
vi.mock(import('./breaks.ts'), () => ({ breaks: (...one: Break) => void broken.push(one) }));

it('finds each of its places exactly once in the house: one that broke nothing would pass for a checker that sees nothing', async () => {
  const root = join(import.meta.dirname, '../../..');
  const modules = globSync('*.ts', { cwd: import.meta.dirname }).filter((file) => !/^(breaks|sabotages)\.ts$|\.test\.ts$/.test(file));
  expect(modules.map((file) => file.replace('.ts', '')).toSorted()).toEqual(Object.keys(sabotages).toSorted());
  for (const file of modules) await import(join(import.meta.dirname, file));
  expect(broken.length).toBeGreaterThan(modules.length);
  expect(broken.flatMap(([file, words]) => words.map(([from]) => [file, from, readFileSync(join(root, file), 'utf8').split(from).length - 1] as const)).filter(([, , times]) => times !== 1)).toEqual([]);
});
