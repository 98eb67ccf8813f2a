import { join } from 'node:path';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed.ts';
import { namesOnly } from './build/names-only.ts';
import { sentences } from './build/sentences.ts';
import { shellList } from './build/shell-list.ts';

/** What a device holds from the first moment: the stair, the kit that Home and Talk use, and what can become true. */
const together = new RegExp([
  'node_modules/(preact|dexie)/',
  'foundations/(kernel|sync|web|i18n)/(?!web/(?:forget|poll-wire)|use-sending).*\\.tsx?$',
  'foundations/ui/(Icon|Button|pressable|Page|Bar|Band|State|Tag|Count|Mark|RoomRow|OweRow|Section|EmptyNote|Loading|Tabs|Note|DrillFrame|Field)\\.tsx$',
  'features/(talk/(message|room|stickers|facts)|incident/(disaster|support-plan|facts)|directory/(organization|person|post|facts)|request/(dispatch-request|content|changes|sums|has-answered|number|facts))\\.ts$',
  'foundations/files/(stored-file|facts|harmless-name)\\.ts$',
  'features/request/(can-ask|web/(?:known|duties|words|just-sent|asked-again))\\.ts$', 'vite/preload-helper', 'rolldown/runtime', 'features/incident/web/names\\.ts$', 'features/talk/newest-line\\.ts$',
  'apps/web/(shapes|problem|features|house|fold|shell/(kept-names|settings|settings-context|use-desk|me|me-context|newer-context|App|Boot|Bands|Navigation|Sparing|RoomPane|Logo|route|stair|others|ask-door|sentences))\\.tsx?$', 'virtual:sentences/ja/first',
  // What every screen stands in: one stream compresses better than two.
  'features/(talk|request|incident)/web/\\w+\\.web\\.ts$', 'features/(talk|request)/web/(owes|each-room)\\.ts$', 'features/(incident/web/IncidentBand|request/web/RequestStrip)\\.tsx$', 'features/account/web/(invitation-path|door)\\.ts$', 'features/congestion/(order|facts)\\.ts$', 'features/chase/card-noun\\.ts$',
].join('|'));

/** What a talk needs beside that. Cards come with all their sentences, behind the words of people. */
const talk = new RegExp([
  'features/talk/web/(TalkPage|TalkList|MessageRow|Journey|MessageWords|Written|Attached|reading|runs|draft|use-[\\w-]+|audience)\\.tsx?$',
  'features/talk/(answer|asked-to-read|react|on-message|talk)\\.ts$',
  'foundations/ui/(Bubble|JumpBar|UrgentNotice|AnswerButtons|ReadLine|FourNumbers)\\.tsx$',
  'foundations/files/web/(context|kept|preview)\\.web\\.ts$',
].join('|'));

/** What Home tells of the rooms behind it, and what they have made true: fetched when Home has been read. Each by itself was forty files, each with a journey, a head and a script of its own. */
const home = new RegExp([
  'apps/web/rooms\\.ts$', 'features/[\\w-]+/web/[\\w-]+\\.web\\.ts$',
  'features/(call/web/CallStrip|federation/web/SharedMark)\\.tsx$', 'features/[\\w-]+/web/Home(Note|Duty)\\.tsx$', 'features/(board|calendar|rota|survey)/(facts|web/known)\\.ts$',
  'features/board/(board-place|rich|content|board-post|comment|planned-post)\\.ts$', 'features/calendar/(local-time|recurrence|content|appointment|calendar-place|times)\\.ts$',
  'features/rota/roster\\.ts$', 'features/survey/(form|sheet|ballot|link|template|tally|ask)\\.ts$',
  'features/(wake/(device|web/(this-device|start))|federation/questions|directory/web/untold)\\.ts$',
].join('|'));

/** Small things that many rooms have in common, the first ones too. */
const common = /features\/(incident\/roles-for|talk\/open-room|directory\/(may-administer|questions|hand-over|web\/(book|sorted)))\.ts$|foundations\/redacts\/redacts\.ts$/;

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
          { name: 'rooms', test: home },
          { name: 'common', test: common },
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
