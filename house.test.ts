import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

// The compiler keeps rules from touching a browser or a server. This keeps the rest of the house in order:
// who may know whom, and that one comes in by the door.

const root = import.meta.dirname;
const FLOORS = ['directory', 'account', 'talk', 'incident'];
const SERVER_ENTRIES = /^@noroshi\/foundations\/(database|jobs)$/;

type Import = { from: string; spec: string; to: string | undefined };

const files = globSync('{foundations,features,apps}/**/*.{ts,tsx}', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !/node_modules|\/dist\/|\.test\.tsx?$|^apps\/web\/(?:vite\.config|build\/)|^foundations\/testing\/|^foundations\/database\/testing/.test(file));

const entries = Object.fromEntries(
  ['foundations', 'features'].flatMap((name) => {
    const { exports } = JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8')) as { exports: Record<string, string> };
    return Object.entries(exports).map(([entry, file]) => [`@noroshi/${name}${entry.slice(1)}`, `${name}/${file.slice(2)}`]);
  }),
);

const importsOf = (from: string): Import[] =>
  [...readFileSync(join(root, from), 'utf8').matchAll(/^(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm)].map((found) => {
    const spec = (found[1] ?? found[2] ?? found[3])!;
    const to = spec.startsWith('.') ? relative(root, join(root, dirname(from), spec)).replaceAll('\\', '/') : entries[spec];
    return { from, spec, to };
  });
const imports = files.flatMap(importsOf);

/** `features/talk/web/Row.tsx` → `features/talk` */
const room = (file: string) => file.split('/').slice(0, 2).join('/');
const floor = (file: string) => {
  const at = FLOORS.indexOf(file.split('/')[1]!);
  return at < 0 ? FLOORS.length : at;
};
const world = (file: string) =>
  /\/server\/|\.server\.ts$/.test(file) ? 'server' : /\/web\/|\.web\.tsx?$|^foundations\/ui\//.test(file) ? 'web' : 'pure';

const breaking = (rule: (each: Import) => boolean) => imports.filter(rule).map(({ from, spec }) => `${from} imports ${spec}`);

/** Ways along imports that lead back to where they began: wherever there are any, at least one. */
function circlesIn(imported: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = [];
  const left = new Set<string>();
  const enter = (file: string, way: readonly string[]): void => {
    if (left.has(file)) return;
    if (way.includes(file)) return void circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
    for (const next of imported.get(file) ?? []) enter(next, [...way, file]);
    left.add(file);
  };
  for (const file of imported.keys()) enter(file, []);
  return circles;
}

describe('the house', () => {
  it('is really looked at', () => {
    expect(imports.length).toBeGreaterThan(20);
  });

  it('has foundations that know no feature, and neither they nor features know the roof', () => {
    expect(breaking(({ from, spec }) => from.startsWith('foundations/') && spec.startsWith('@noroshi/features'))).toEqual([]);
    expect(breaking(({ from, spec }) => !from.startsWith('apps/') && /^@noroshi\/(server|web|e2e)\b/.test(spec))).toEqual([]);
  });

  it('has features that know only the floors beneath them, never one beside them', () => {
    expect(breaking(({ from, to }) => from.startsWith('features/') && !!to?.startsWith('features/') && room(from) !== room(to) && floor(to) >= floor(from))).toEqual([]);
  });

  it('is entered by its doors: no import reaches past the entry of a room', () => {
    // What both halves of the roof share lies between them.
    const ridge = /^apps\/[^/]+\.ts$/;
    expect(breaking(({ from, spec, to }) => spec.startsWith('.') && !!to && room(from) !== room(to) && !(from.startsWith('apps/') && ridge.test(to)))).toEqual([]);
    expect(breaking(({ spec }) => /^@noroshi\/(foundations|features)\b/.test(spec) && !(spec in entries))).toEqual([]);
  });

  it('has no circles: what two files both need stands beneath them, types too', () => {
    expect(circlesIn(new Map([['a', ['b', 'c']], ['b', ['c']], ['c', ['d', 'b']], ['d', []]]))).toEqual(['b → c → b']);
    const all = globSync('{foundations,features,apps,bench,e2e}/**/*.{ts,tsx}', { cwd: root }).map((file) => file.replaceAll('\\', '/')).filter((file) => !/node_modules|\/dist\//.test(file));
    expect(circlesIn(new Map(all.map((file) => [file, importsOf(file).flatMap(({ to }) => to ?? [])])))).toEqual([]);
  });

  it('keeps browser and server apart, and rules free of both', () => {
    const inside = (file: string) => !file.startsWith('apps/');
    expect(breaking(({ from, to }) => inside(from) && !!to && world(to) !== 'pure' && world(from) !== world(to))).toEqual([]);
    expect(breaking(({ from, to }) => from.startsWith('apps/web/') && !!to && world(to) === 'server')).toEqual([]);
    expect(breaking(({ from, to }) => from.startsWith('apps/server/') && !!to && world(to) === 'web')).toEqual([]);
    expect(breaking(({ from, spec }) => world(from) !== 'server' && !from.startsWith('apps/server/') && (spec.startsWith('node:') || SERVER_ENTRIES.test(spec)))).toEqual([]);
  });

  it('has migrations that stand alone', () => {
    const migration = /^apps\/server\/migrations\/\d{4}-/;
    expect(breaking(({ from, spec }) => migration.test(from) && spec !== './migration.ts')).toEqual([]);
    const { length } = files.filter((file) => migration.test(file));
    const index = readFileSync(join(root, 'apps/server/migrations/index.ts'), 'utf8');
    expect(index.match(/import\('\.\/\d{4}-/g)?.length).toBe(length);
  });

  it('reads its settings in one place', () => {
    const outside = files.filter((file) => /process\.env\b/.test(readFileSync(join(root, file), 'utf8')));
    expect(outside.filter((file) => !['apps/server/main.ts', 'apps/server/backup.ts'].includes(file))).toEqual([]);
  });

  it('strings nothing together by hand on a screen: what stands between things, and around the word for a drill, is the language\'s', () => {
    const screens = files.filter((file) => file.endsWith('.tsx') || file.includes('/web/'));
    const strung = (file: string) => /[・【】]/.test(readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''));
    expect(screens.length).toBeGreaterThan(300);
    expect(screens.filter(strung)).toEqual([]);
    // Nor does anything else choose by the language what stands between.
    const chooses = files.filter((file) => /\? '[・、]' : ', '/.test(readFileSync(join(root, file), 'utf8')));
    expect(chooses).toEqual(['foundations/i18n/words.ts']);
  });

  it('names no import that is not there', () => {
    expect(breaking(({ to }) => to !== undefined && !/\?/.test(to) && !existsSync(join(root, to)))).toEqual([]);
  });

  it('can be installed on every system: the lock file knows each part that some other system needs', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { optionalDependencies?: object; resolved?: string }> };
    const parts = Object.values(packages).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}));
    expect(parts.filter((part) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${part}`)))).toEqual([]);
    expect(Object.values(packages).filter(({ resolved }) => resolved?.includes('://'))).toEqual([]);
  });
});
