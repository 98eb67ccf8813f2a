import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import * as standIn from './shapes.ts';

const root = join(import.meta.dirname, '../..');

it('the stand-in for shapes knows every word of zod that a rule uses', () => {
  const used = new Set<string>();
  for (const file of globSync('{features,foundations}/**/*.ts', { cwd: root })) {
    if (/node_modules|\.test\.ts$|\/server\/|\.server\.ts$/.test(file)) continue;
    for (const found of readFileSync(join(root, file), 'utf8').matchAll(/\bz\.([a-z]\w*)\(/g)) used.add(found[1]!);
  }
  expect(used.size).toBeGreaterThan(10);
  expect([...used].filter((word) => !(word in standIn))).toEqual([]);
});

it('tells the same fields in the same order', () => {
  const make = (zod: any): string[] => Object.keys(zod.extend(zod.omit(zod.object({ b: zod.string(), a: zod.optional(zod.int()), c: zod.enum(['x']) }), { a: true }), { d: zod.array(zod.string().check(zod.maxLength(3))) }).def.shape);
  expect(make(standIn)).toEqual(make(z));
  expect(make(z)).toEqual(['b', 'c', 'd']);
});

it('R8 a record is checked on the device, where this stand-in finds everything well-formed: the check asks it nothing', () => {
  const files = globSync('features/record/proof/**/*.ts', { cwd: root });
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => /zod|\bsafeParse\b|\w+Shape\b/.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});
