// npm test: types, lint and all tests, summed up in the last line. Ends with 1 when anything failed or nothing ran.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, pinnedNode, root, say } from './house.mjs';

let passed = 0;
let failed = 0;
let finished = false;
// Whatever stops us on the way (nothing to install from, an error of our own, a signal), the last line says how it stands.
process.on('exit', () => {
  if (!finished) console.log(`${passed} passed, ${failed + 1} failed`);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

ensureInstalled();
const node = pinnedNode();
if (Number(process.versions.node.split('.')[0]) < 24 && node !== process.execPath) {
  // An old Node was enough to fetch the pinned one, which does the rest.
  const again = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  // It has said its last line itself, unless it was killed.
  finished = again.status !== null;
  process.exit(again.status ?? 1);
}

/** Someone else may be installing something at this moment. */
const patient = '-o DPkg::Lock::Timeout=120';
const filters = process.argv.slice(2);

// What installs itself does so while the other tests run: only the stories need it.
const browser = bringBrowser();
for (const project of ['pure', 'server', 'web', 'worker', 'tests']) check(`types: ${project}`, 'typescript/bin/tsc', ['-p', `tsconfig.${project}.json`]);
check('lint', 'oxlint/bin/oxlint', []);
const ran = runTests('unit', 'pg', 'flow');
await browser;
if (ran + runTests('browser', 'alone') === 0) failed += 1;

finished = true;
if (passed + failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function check(name, program, args) {
  const run = spawnSync(node, [join(root, 'node_modules', program), ...args], { cwd: root, stdio: 'inherit' });
  if (run.error) say(run.error.message);
  if (run.status === 0) passed += 1;
  else failed += 1;
  console.log(`${run.status === 0 ? '✓' : '✗'} ${name}`);
}

/** Runs the tests of these projects and counts them. @returns how many there were */
function runTests(...projects) {
  const folder = mkdtempSync(join(tmpdir(), 'noroshi-results-'));
  const file = join(folder, 'results.json');
  try {
    const run = spawnSync(
      node,
      [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...projects.flatMap((project) => ['--project', project]), ...(filters.length > 0 ? ['--passWithNoTests'] : []), ...filters],
      { cwd: root, stdio: 'inherit' },
    );
    const results = resultsIn(file);
    const there = (results?.numPassedTests ?? 0) + (results?.numFailedTests ?? 0);
    // A file that could not even be loaded has no failed test in it, but is a failure.
    const unloaded = (results?.testResults ?? []).filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed')).length;
    let lost = (results?.numFailedTests ?? 0) + unloaded;
    // An error outside all tests, or none that ran, must not pass for success. A name that was asked for may be in the other half.
    if (lost === 0 && (run.status !== 0 || (there === 0 && filters.length === 0))) lost = 1;
    passed += results?.numPassedTests ?? 0;
    failed += lost;
    const skipped = (results?.numPendingTests ?? 0) + (results?.numTodoTests ?? 0);
    if (skipped > 0) console.log(`${skipped} skipped (they need root, or another system)`);
    return there + lost;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the runner has written down; nothing when it ended before, or in the middle of it. */
function resultsIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Stories need Chromium and a Japanese font. Where we may install them, that begins here and goes on beside the tests that need neither; elsewhere we say how. */
async function bringBrowser() {
  if (process.platform !== 'linux') return;
  const missing = [
    ...(['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some(existsSync) ? [] : ['chromium']),
    ...(existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') || spawnSync('fc-list', [':lang=ja'], { encoding: 'utf8' }).stdout?.trim() ? [] : ['fonts-noto-cjk']),
  ];
  // Calls of more than four go through these; where they cannot be had, that part of the story says that it did not run.
  const callServers = ['janus', 'coturn'].filter((name) => !existsSync(`/usr/bin/${name === 'coturn' ? 'turnserver' : name}`));
  // The engine of an iPhone, and a screen for it; where it cannot be had, its stories say that they did not run.
  const webKit = ['webkit2gtk-driver', 'xvfb'].filter((name) => !existsSync(`/usr/bin/${name === 'xvfb' ? 'Xvfb' : 'WebKitWebDriver'}`));
  // The same engine without windows: most stories need no more and are done in it sooner. Where there is none, they do without.
  const lighter = existsSync('/usr/bin/chromium-headless-shell') ? [] : ['chromium-headless-shell'];
  if (process.getuid() !== 0 || !existsSync('/usr/bin/apt-get')) {
    if (callServers.length > 0) say(`Calls of more than four are not tried without ${callServers.join(' and ')}: on Debian, run "apt-get install ${callServers.join(' ')}" as root.`);
    if (webKit.length > 0) say(`The engine of an iPhone is not tried without ${webKit.join(' and ')}: on Debian, run "apt-get install ${webKit.join(' ')}" as root.`);
    if (missing.length > 0) say(`The stories in a browser need ${missing.join(' and ')}: on Debian, run "apt-get install ${missing.join(' ')}" as root.`);
    return;
  }
  const wanted = [...missing, ...lighter, ...callServers, ...webKit];
  if (wanted.length === 0) return;
  say(`Installing ${wanted.join(' and ')} for the stories in a browser …`);
  // Each by itself, since one may be there and another not; in one child, which goes on while we wait for the tests.
  const installing = spawn('sh', ['-c', `apt-get ${patient} update -q; for one in ${wanted.join(' ')}; do apt-get ${patient} install -q -y --no-install-recommends $one; done`], {
    stdio: ['ignore', 'ignore', missing.length > 0 ? 'inherit' : 'ignore'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  await new Promise((done) => installing.on('close', done).on('error', done));
  const installed = (one) => spawnSync('dpkg', ['-s', one], { stdio: 'ignore' }).status === 0;
  if (!missing.every(installed)) say('apt-get install failed; the stories in a browser may fail for it.');
  if (!callServers.every(installed)) say('There is no Janus or coturn to install here; calls of more than four are not tried.');
  if (!webKit.every(installed)) say('There is no WebKit to install here; the engine of an iPhone is not tried.');
  if (!lighter.every(installed)) say('There is no chromium-headless-shell to install here; the stories take longer without it.');
}
