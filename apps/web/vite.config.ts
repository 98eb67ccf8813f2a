import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { pack } from './packs.ts';

/** What a device holds from the first moment: the stair, the kit that Home and Talk use, and what can become true. */
const together = new RegExp([
  'node_modules/(preact|dexie)/',
  'foundations/(kernel|sync|web|i18n)/(?!web/(?:forget|poll-wire)|use-sending).*\\.tsx?$',
  'foundations/ui/(Icon|Button|pressable|Page|Bar|Band|State|Tag|Count|Mark|RoomRow|OweRow|Section|EmptyNote|Loading|Tabs|Note|DrillFrame|Field)\\.tsx$',
  'features/(talk/(message|room|stickers|facts)|incident/(disaster|support-plan|facts)|directory/(organization|person|post|facts)|request/(dispatch-request|content|changes|sums|has-answered|number|facts))\\.ts$',
  'foundations/files/(stored-file|facts|harmless-name)\\.ts$',
  'features/request/(can-ask|web/(?:known|duties|words|just-sent|asked-again))\\.ts$', 'vite/preload-helper', 'rolldown/runtime', 'features/incident/web/names\\.ts$', 'features/talk/newest-line\\.ts$',
  'apps/web/(shapes|problem|features|house|shell/(kept-names|settings|settings-context|use-desk|me|me-context|newer-context|App|Boot|Bands|Navigation|Sparing|RoomPane|Logo|route|stair|others|ask-door|sentences))\\.tsx?$', 'virtual:sentences/ja/first',
  // What every screen stands in: one stream compresses better than two.
  'features/(talk|request|incident)/web/\\w+\\.web\\.ts$', 'features/(talk|request)/web/(owes|each-room)\\.ts$', 'features/(incident/web/IncidentBand|request/web/RequestStrip)\\.tsx$', 'features/account/web/(invitation-path|door)\\.ts$', 'features/congestion/(order|facts)\\.ts$', 'features/chase/card-noun\\.ts$',
].join('|'));

/** What a talk needs beside that. Cards come with all their sentences, behind the words of people. */
const talk = new RegExp([
  'features/talk/web/(TalkPage|TalkList|MessageRow|Journey|MessageWords|Attached|reading|runs|draft|use-\\w+|audience)\\.tsx?$',
  'features/talk/(answer|asked-to-read|react|on-message|talk)\\.ts$',
  'foundations/ui/(Bubble|JumpBar|UrgentNotice|AnswerButtons|ReadLine|FourNumbers)\\.tsx$',
  'foundations/files/web/(context|kept|preview)\\.web\\.ts$',
].join('|'));

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: { alias: [
    { find: 'zod/mini', replacement: join(import.meta.dirname, 'shapes.ts') },
    { find: './problem.ts', replacement: join(import.meta.dirname, 'problem.ts') },
    // Dexie's own entry is its old form in ES5, so that two copies can find each other; here there is one.
    { find: /^dexie$/, replacement: join(import.meta.dirname, '../../node_modules/dexie/dist/modern/dexie.min.mjs') },
  ] },
  plugins: [namesOnly(), sentences(), shellList(), compressed()],
  build: {
    target: 'es2022',
    // The content security policy lets nothing in that is not a file of ours.
    assetsInlineLimit: 0,
    // The page itself names what its first script will ask for: on a thin line each file that is only found out about is a
    // journey more. Later pages come in few files; there is nothing to fetch ahead.
    modulePreload: { polyfill: false, resolveDependencies: (_file, wanted, { hostType }) => (hostType === 'html' ? wanted : wanted.filter((one) => one.endsWith('.css'))) },
    rollupOptions: {
      // How long each plugin took is nothing that one who starts it can mend.
      checks: { pluginTimings: false },
      input: { index: 'apps/web/index.html', 'service-worker': 'apps/web/service-worker.ts' },
      output: {
        // Random letters do not compress, and the first script names eighty files: as few as tell any two versions of them apart.
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash:7].js'),
        chunkFileNames: 'assets/[name]-[hash:7].js',
        assetFileNames: 'assets/[name]-[hash:7][extname]',
        // What Home and Talk need travels as one: each file more pays for a head and its list of imports, and compresses worse. Home needs the talk's parts too.
        codeSplitting: { includeDependenciesRecursively: false, groups: [
          { name: 'first', test: new RegExp(`${together.source}|${talk.source}`) },
          // The first words wait for these alone: whoever else says something or writes fetches them with it, and parts nothing off.
          { name: 'TalkComposer', test: /features\/talk\/(?:web\/TalkComposer\.tsx|say\.ts|may-urgent\.ts)$|foundations\/ui\/Composer\.tsx$/ },
        ] },
      },
    },
  },
  server: {
    proxy: { '/api': { target: 'http://127.0.0.1:8080' }, '/line': { target: 'http://127.0.0.1:8080', ws: true }, '/files': 'http://127.0.0.1:8080', '/healthz': 'http://127.0.0.1:8080' },
  },
});

/**
 * A device needs of a shape only the names of its fields (see shapes.ts). What each field may hold is judged by the server:
 * its description, a kilobyte and a half before the first talk, does not travel.
 */
function namesOnly(): Plugin {
  interface Node { readonly type: string; readonly start: number; readonly end: number; readonly [more: string]: unknown }
  const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
  const withFields = /^(object|strictObject|looseObject|extend|omit|pick|partial)$/;
  /** The maker that a shape begins with: `string` of `z.string().check(…)`. */
  const makerOf = (node: Node): string | undefined => {
    const callee = node['callee'] as Node | undefined;
    const of = callee?.['object'] as (Node & { name?: string }) | undefined;
    return node.type !== 'CallExpression' || !of ? undefined : of.name === 'z' ? (callee!['property'] as { name: string }).name : makerOf(of);
  };
  /** What is rewritten in this part of a program: the fields of shapes, and shapes that have none. */
  function* spoken(node: Node): Generator<{ start: number; end: number; name: Node | undefined }> {
    const maker = makerOf(node);
    if (maker && withFields.test(maker)) {
      for (const field of ((node['arguments'] as Node[]).at(-1)?.['properties'] as Node[] | undefined) ?? []) if (field.type === 'Property') yield { start: field.start, end: field.end, name: field['key'] as Node };
      return;
    }
    if (maker) return yield { start: node.start, end: node.end, name: undefined };
    for (const part of Object.values(node)) for (const inner of [part].flat()) if (isNode(inner)) yield* spoken(inner);
  }
  return {
    name: 'names-only',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      if (!id.endsWith('.ts') || !code.includes('zod/mini') && !code.includes('/shapes.ts')) return undefined;
      const found = [...spoken(this.parse(code) as unknown as Node)].toSorted((a, b) => b.start - a.start);
      const shortened = (text: string, { start, end, name }: (typeof found)[number]): string => `${text.slice(0, start)}${name ? `${code.slice(name.start, name.end)}: ` : ''}z.any${text.slice(end)}`;
      return found.length === 0 ? undefined : { code: found.reduce(shortened, code), map: null };
    },
  };
}

/** What a page fetches by itself before the application is put onto the device: in a pack it would come twice. */
const fetchedAlone = /^(rest|TalkComposer|uploads|installed|TabTitle)-/;
/** Bytes of text in a pack: about 90 kB on the line, which a line that is cut may lose. */
const packSize = 400_000;

/** Puts what is small into packs, and tells the service worker which files make up this version. */
function shellList(): Plugin {
  return {
    name: 'shell-list',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      const worker = bundle['service-worker.js'];
      if (worker?.type !== 'chunk') throw new Error('the service worker was not built');
      if (worker.imports.length > 0) throw new Error(`the service worker must stand alone, but imports ${worker.imports.join(', ')}`);
      const read = (name: string): Buffer<ArrayBuffer> => readFileSync(join(dir!, name));
      const built = Object.keys(bundle).filter((name) => name.startsWith('assets/')).toSorted();
      const first = new Set([...withImports(bundle, Object.values(bundle).filter((file) => file.type === 'chunk' && file.isEntry).map(({ fileName }) => fileName))]);
      const isLoose = (name: string): boolean => first.has(name) || fetchedAlone.test(name.slice('assets/'.length)) || !/\.(js|css)$/.test(name);
      const packs: string[][] = [];
      let size = Infinity;
      // Sheets lie with sheets and a room's files together: what is alike compresses well.
      const order = (name: string): string => { const file = bundle[name]!; return file.type === 'chunk' ? `${file.moduleIds[0]}` : ''; };
      for (const name of built.filter((one) => !isLoose(one)).toSorted((a, b) => (order(a) < order(b) ? -1 : 1))) {
        if (size > packSize) size = packs.push([]) && 0;
        packs.at(-1)!.push(name);
        size += read(name).length;
      }
      const hash = createHash('sha256');
      for (const name of [...built, 'index.html']) hash.update(name).update(read(name));
      const shell = {
        version: hash.digest('hex').slice(0, 16),
        loose: ['/index.html', '/favicon.svg', '/icon.svg', '/manifest.webmanifest', ...built.filter(isLoose).map((name) => `/${name}`)],
        packs: packs.map((names) => {
          const bytes = pack(names.map((name) => ({ name: `/${name}`, bytes: read(name) })));
          const file = `assets/${createHash('sha256').update(bytes).digest('base64url').slice(0, 7)}.pack`;
          writeFileSync(join(dir!, file), bytes);
          return { file: `/${file}`, holds: names.map((name) => `/${name}`) };
        }),
      };
      writeFileSync(join(dir!, worker.fileName), worker.code.replace(/(["'`])__SHELL__\1/, JSON.stringify(shell)));
    },
  };
}

/** These files, and those that come with them before any of them runs. */
function* withImports(bundle: Rolldown.OutputBundle, names: readonly string[]): Generator<string> {
  for (const name of names) {
    const file = bundle[name];
    yield name;
    if (file?.type !== 'chunk') continue;
    yield* file.viteMetadata?.importedCss ?? [];
    yield* withImports(bundle, file.imports);
  }
}

/** Puts each text beside itself in the two compressions that browsers take. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: (config) => { folder = join(config.root, config.build.outDir); },
    closeBundle() {
      for (const file of globSync('**/*.{html,js,css,pack,svg,webmanifest}', { cwd: folder })) {
        const text = readFileSync(join(folder, file));
        // Shorter blocks fit a text better whose parts differ: which length is best shows when it is tried.
        const [smallest] = [5, 6, 7, 8, 9].map((memLevel) => gzipSync(text, { level: 9, memLevel })).toSorted((a, b) => a.length - b.length);
        writeFileSync(join(folder, `${file}.gz`), smallest!);
        writeFileSync(join(folder, `${file}.br`), brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }));
      }
    },
  };
}

/** Sentences of the frame. */
const always = /^(app(?!\.title)|nav(?!\.board)|line|home(?!\.(notWoken|events|noEvents)))\./;
/** The screens that come first. A sentence that one of these files names, or chooses as it runs, comes with them. */
const firstFiles = [
  'apps/web/shell/*.{ts,tsx}', 'features/talk/newest-line.ts', 'features/talk/web/*.{ts,tsx}', 'foundations/files/web/*.ts',
  'features/incident/web/{IncidentBand,names}.{ts,tsx}', 'features/request/web/{RequestStrip,owes,words,known,duties}.{ts,tsx}',
];
/** What only the server says never comes to a device. */
const serverSentences = /^(api|document|outside|push|notice)\./;

/** Parts the language files in three, so that the first screen does not wait for every refusal there is, nor any page for what explains it. */
function sentences(): Plugin {
  const name = /^virtual:sentences\/(ja|en)\/(first|rest|help)$/;
  return {
    name: 'sentences',
    resolveId: (id) => (name.test(id) ? `\0${id}` : undefined),
    load(id) {
      const found = name.exec(id.slice(1));
      if (!id.startsWith('\0') || !found) return undefined;
      const file = join(import.meta.dirname, `../../foundations/i18n/${found[1]}.json`);
      this.addWatchFile(file);
      const root = join(import.meta.dirname, '../..');
      const screens = firstFiles.flatMap((files) => globSync(files, { cwd: root })).filter((path) => !/HelloStep|SettingsPage|MorePage|TabTitle|LongWords|Refused|Events|Pins|RoomInfoPage|NewRoomPage|PeoplePicker|Sheet|help\.|\.test\./.test(path)).map((path) => readFileSync(join(root, path), 'utf8')).join('');
      const named = new Set([...screens.matchAll(/'([a-z]+(?:\.\w+)+)'/gi)].map((match) => match[1]));
      const begun = [...screens.matchAll(/`([a-z]+(?:\.\w+)*\.)\$\{/gi)].map((match) => match[1]!);
      const all = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
      const isFirst = (key: string): boolean => (always.test(key) && !key.startsWith('app.title')) || named.has(key) || begun.some((prefix) => key.startsWith(prefix));
      // What explains the screens comes when someone asks for it: no page waits for it.
      const partOf = (key: string): string => (key.startsWith('help.') ? 'help' : isFirst(key) ? 'first' : 'rest');
      const part = all.filter(([key]) => !serverSentences.test(key) && partOf(key) === found[2]);
      return `export default ${JSON.stringify(Object.fromEntries(part))}`;
    },
  };
}
