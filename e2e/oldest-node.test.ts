import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** As a number that grows with the version. */
const version = (text: string): number => text.split('.').reduce((sum, part) => sum * 1_000 + Number(part), 0);

/** Since when there is a function of Node, by what its types say of it; from the beginning where they do not say. */
function since(module: string, name: string): string {
  const types = read(`node_modules/@types/node/${module}.d.ts`);
  const before = types.slice(0, types.search(new RegExp(`(function|const) ${name}\\b`)));
  const [, told] = /@since v([\d.]+)(?:(?!\*\/)[^])*\*\/\s*(?:export )?$/.exec(before.slice(before.lastIndexOf('/**'))) ?? [];
  return told ?? '0.0.0';
}

it('what npm starts is read by the oldest Node that we name: a fresh clone has no other yet', () => {
  const oldest = /"node": ">=([\d.]+)"/.exec(read('package.json'))![1]!;
  const named = readdirSync(join(root, 'scripts')).filter((file) => file.endsWith('.mjs')).flatMap((file) =>
    [...read(`scripts/${file}`).matchAll(/^import \{ ([^}]+) \} from 'node:(\w+)'/gm)].flatMap(([, names, module]) => names!.split(', ').map((name) => ({ file, module: module!, name }))));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ module, name }) => version(since(module, name)) > version(`${oldest}.0`))).toEqual([]);
  // The types do tell.
  expect([since('fs', 'globSync'), since('fs', 'existsSync'), since('os', 'networkInterfaces')]).toEqual(['22.0.0', '0.1.21', '0.6.0']);
});
