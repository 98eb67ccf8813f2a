// What has to be there before anything runs: the packages, the pinned Node, the built screens.
// Plain JavaScript without dependencies: on a fresh clone, the first to read this is whatever Node is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const packages = join(root, 'node_modules');
/** What one start has made for the next: never anything that is missed. */
const kept = join(packages, '.cache', 'noroshi');

/** Installs what the lock file names, unless it is there already. */
export function ensureInstalled() {
  const installed = join(packages, '.package-lock.json');
  // npm writes this list last, so an interrupted installation does not have it.
  const fresh = !existsSync(installed);
  if (!fresh && isCurrent(installed)) return;
  say('必要な部品を取り寄せています（初回は1〜2分かかります）… / Fetching what Noroshi needs (a minute or two the first time) …');
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const run = npm([fresh ? 'ci' : 'install', ...options]);
  if (run.status !== 0) fail('必要な部品を取り寄せられませんでした。理由は上のとおりです。 / npm could not install what Noroshi needs; its words are above.');
}

function isCurrent(installed) {
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const there = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, link, optional, peer }]) => {
    if (!path.startsWith('node_modules/')) return true;
    if (!there[path]) return Boolean(optional || peer);
    return link || there[path].version === version;
  });
}

function npm(args) {
  const own = process.env.npm_execpath;
  // The npm that called us is the one that works here.
  if (own && basename(own) === 'npm-cli.js') return spawnSync(process.execPath, [own, ...args], { cwd: root, stdio: 'inherit' });
  return spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}

/** The Node that came as a package, so that everyone runs the same; else the one that runs now, if it can. */
export function pinnedNode() {
  const here = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  for (const name of [`node-${here}`, `node-bin-${here}`]) {
    const node = join(packages, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    // It may be there and not run, such as on a system with another C library.
    if (existsSync(node) && spawnSync(node, ['--version']).status === 0) return node;
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major >= 24 || (major === 22 && minor >= 18)) return process.execPath;
  return fail(`狼煙に付いてくるNodeは ${here} では動きません。Node 24を入れて、もう一度お試しください。 / Noroshi brings its own Node for most systems, but not for ${here}. Install Node 24 and try again.`);
}

/** What a start runs and serves: the screens, and the server's own sources in a few files. Which sources either is made of. */
const built = {
  web: {
    says: '画面を組み立てています… / Building the screens …', failed: '画面を組み立てられませんでした。理由は上のとおりです。 / The screens could not be built; the reason is above.', whole: 'index.html',
    folders: ['apps/web', 'features', 'foundations'], leaves: (name) => name === 'server' || name.endsWith('.server.ts'),
  },
  server: {
    says: 'サーバーを組み立てています… / Building the server …', failed: 'サーバーを組み立てられませんでした。理由は上のとおりです。 / The server could not be built; the reason is above.', whole: 'main.js',
    folders: ['apps', 'features', 'foundations'], leaves: (name) => name === 'web' || name.endsWith('.web.ts') || name.endsWith('.tsx') || name.endsWith('.css'),
  },
};

/** Builds what a start needs, each unless it was built from exactly these sources. */
export function ensureBuilt(node) {
  for (const app of ['web', 'server']) ensureAppBuilt(node, app);
}

function ensureAppBuilt(node, app) {
  const { says, failed, whole } = built[app];
  const stamp = join(kept, app);
  const sources = hashOfSources(app);
  const place = join(root, 'apps', app, 'dist');
  if (existsSync(join(place, whole)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  say(says);
  // Beside, and put in place when it is whole: a server that runs, or another who builds, never meets half of it.
  const half = join(kept, `${app}-${process.pid}`);
  const run = spawnSync(node, [join(packages, 'vite', 'bin', 'vite.js'), 'build', `apps/${app}`, '--outDir', relative(join(root, 'apps', app), half), '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: root, stdio: 'inherit', env: { ...process.env, NODE_ENV: 'production' },
  });
  if (run.status !== 0) {
    rmSync(half, { recursive: true, force: true });
    fail(failed);
  }
  rmSync(place, { recursive: true, force: true });
  try {
    renameSync(half, place);
  } catch (error) {
    // Another who built at the same moment was quicker, with the same result.
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  writeFileSync(stamp, sources);
}

function hashOfSources(app) {
  const { folders, leaves } = built[app];
  const hash = createHash('sha256');
  const visit = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (['node_modules', 'dist'].includes(entry.name) || leaves(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
    }
  };
  for (const folder of folders) visit(folder);
  return hash.update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
}

/**
 * Runs a program in our place: it gets the terminal, our signals and the news of our end, and we end as it does.
 * Ctrl-C reaches it from the terminal as well; it knows to count the two as one.
 */
export function become(program, args) {
  // Of each start nine tenths were reading and compiling several hundred files: Node keeps the result here.
  // And a file that someone names is looked for where they stand; npm says where that is, without npm it is here.
  const env = { NODE_COMPILE_CACHE: join(kept, 'compiled'), INIT_CWD: process.cwd(), ...process.env };
  const child = spawn(program, args, { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(child, signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)));
  child.on('error', (error) => fail(error.message));
  // npm may be killed without a chance to tell us. Then we, or the shell between us, have another parent.
  if (process.env.npm_lifecycle_event) {
    const family = parents();
    setInterval(() => parents() !== family && stop(child, 'SIGTERM'), 1000).unref();
  }
}

/** Asks it to stop in order. On Windows a signal would be a murder; there it hears that we have hung up. */
function stop(child, signal) {
  if (process.platform !== 'win32') child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  else if (child.connected) child.disconnect();
}

function parents() {
  const parent = process.ppid;
  try {
    return `${parent} ${/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${parent}/status`, 'utf8'))?.[1]}`;
  } catch {
    return String(parent);
  }
}

/** Tells whoever waits. */
export function say(sentence) {
  console.log(sentence);
}

/** Ends with a sentence. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
