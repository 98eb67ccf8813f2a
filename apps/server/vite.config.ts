import { dirname, join, relative } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

// What `npm start` runs: our own sources and the shapes' library in a few files instead of several hundred. A start reads and
// compiles each file it needs, which was nearly all of its time. Packages that are not plain modules, and whatever is read
// when it is first asked for, stay outside or in files of their own.

const out = join(import.meta.dirname, 'dist');

/** A module asks where it stands to find what lies beside it (a picture, a scenario, what a thread runs): it is told where its source stands. */
const whereSourcesStand: Plugin = {
  name: 'where-sources-stand',
  transform(code, id) {
    if (id.includes('/node_modules/') || !/\bimport\.meta\.(?:dirname|url)\b/.test(code)) return undefined;
    const folder = JSON.stringify(relative(out, dirname(id)).replaceAll('\\', '/'));
    const file = JSON.stringify(relative(out, id).replaceAll('\\', '/'));
    return {
      code: `import { join as joinedTo } from 'node:path';\n${code
        .replaceAll(/\bimport\.meta\.dirname\b/g, () => `joinedTo(import.meta.dirname, ${folder})`)
        .replaceAll(/\bimport\.meta\.url\b/g, () => `new URL(${file}, import.meta.url).href`)}`,
      map: null,
    };
  },
};

/** What a start reads: `main.ts` and all that it names, directly or not. */
let started: Set<string> | undefined;
/** Whether a start reads this module. What two parts share that are read later stays in a file of theirs. */
function isStarted(id: string, info: (id: string) => { readonly importedIds: readonly string[] } | null): boolean {
  if (!started) {
    started = new Set([join(import.meta.dirname, 'main.ts')]);
    // A set also goes through what is added on the way.
    for (const one of started) for (const next of info(one)?.importedIds ?? []) started.add(next);
  }
  return started.has(id);
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [whereSourcesStand],
  publicDir: false,
  ssr: { noExternal: [/^@noroshi\//, /^zod(\/|$)/, 'kysely'] },
  build: {
    // Not made small: where something fails, the stack names our functions.
    ssr: 'main.ts', outDir: 'dist', target: 'node22', minify: false, sourcemap: false, emptyOutDir: true,
    rolldownOptions: { output: {
      entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js',
      // What explains a function stands in its source.
      comments: { jsdoc: false },
      // One file for all that every start reads, sentences aside: each file more is a journey to the disk.
      codeSplitting: { includeDependenciesRecursively: false, groups: [{ debugName: 'start', name: (id, build) => (isStarted(id, (one) => build.getModuleInfo(one)) && !id.endsWith('.json') ? 'start' : null) }] },
    } },
  },
});
