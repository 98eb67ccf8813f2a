import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { pack } from '../packs.ts';

/** What a page fetches by itself before the application is put onto the device: in a pack it would come twice. */
const fetchedAlone = /^(rest\d*|rooms|common|HomePage|RoomRows|TalkComposer|WeatherBands|uploads|installed|TabTitle)-/;
/** Bytes of text in a pack: about 9 kB on the line, a second of a thin one. Words wait behind two of them. */
const packSize = 30_000;

/** Puts what is small into packs, and tells the service worker which files make up this version. */
export function shellList(): Plugin {
  return {
    name: 'shell-list',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      const worker = bundle['service-worker.js'];
      if (worker?.type !== 'chunk') throw new Error('the service worker was not built');
      if (worker.imports.length > 0) throw new Error(`the service worker must stand alone, but imports ${worker.imports.join(', ')}`);
      const read = (name: string): Buffer<ArrayBuffer> => readFileSync(join(dir!, name));
      const built = Object.keys(bundle).filter((name) => name.startsWith('assets/')).toSorted();
      // What two files of a page need of each other one of them has not yet when it begins.
      for (const name of Object.keys(bundle)) for (const _ of withImports(bundle, [name]));
      const first = new Set([...withImports(bundle, Object.values(bundle).filter((file) => file.type === 'chunk' && file.isEntry).map(({ fileName }) => fileName))]);
      const isLoose = (name: string): boolean => first.has(name) || fetchedAlone.test(name.slice('assets/'.length)) || !/\.(js|css)$/.test(name);
      const packs: string[][] = [];
      let size = Infinity;
      // Sheets lie with sheets and a room's files together: what is alike compresses well.
      const order = (name: string): string => { const file = bundle[name]!; return file.type === 'chunk' ? `${file.moduleIds[0]}` : ''; };
      for (const name of built.filter((one) => !isLoose(one)).toSorted((a, b) => (order(a) < order(b) ? -1 : 1))) {
        if (size + read(name).length > packSize) size = packs.push([]) && 0;
        packs.at(-1)!.push(name);
        size += read(name).length;
      }
      const hash = createHash('sha256');
      for (const name of [...built, 'index.html']) hash.update(name).update(read(name));
      const shell = {
        version: hash.digest('hex').slice(0, 16),
        loose: ['/index.html', '/favicon.svg', '/icon.svg', '/manifest.webmanifest', ...built.filter(isLoose).map((name) => `/${name}`)],
        packs: spaced(packs, (names) => names.reduce((sum, name) => sum + read(name).length, 0) > packSize).map((names) => {
          const bytes = pack(names.map((name) => ({ name: `/${name}`, bytes: read(name) })));
          const file = `assets/${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.pack`;
          writeFileSync(join(dir!, file), bytes);
          return { file: `/${file}`, holds: names.map((name) => `/${name}`) };
        }),
      };
      writeFileSync(join(dir!, worker.fileName), worker.code.replace(/(["'`])__SHELL__\1/, JSON.stringify(shell)));
    },
  };
}

/** Those that are large are kept apart by the others: two that came together would stand before words for as long as four. */
function spaced<T>(all: readonly T[], isLarge: (one: T) => boolean): T[] {
  const { large = [], small = [] } = Object.groupBy(all, (one) => (isLarge(one) ? 'large' : 'small'));
  const every = Math.max(1, Math.floor(small.length / (large.length + 1)));
  return [...small.flatMap((one, i) => (i % every === 0 ? [...large.splice(0, 1), one] : [one])), ...large];
}

/**
 * These files, and those that come with them before any of them runs.
 * @throws where two files need each other first: then a module of one of them belongs into the other's group (vite.config.ts)
 */
function* withImports(bundle: Rolldown.OutputBundle, names: readonly string[], way: readonly string[] = []): Generator<string> {
  for (const name of names) {
    if (way.includes(name)) throw new Error(`built files need each other: ${[...way.slice(way.indexOf(name)), name].join(' → ')}`);
    const file = bundle[name];
    yield name;
    if (file?.type !== 'chunk') continue;
    yield* file.viteMetadata?.importedCss ?? [];
    yield* withImports(bundle, file.imports, [...way, name]);
  }
}
