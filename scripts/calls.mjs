// npm run calls: Janus (more than four in a call) and coturn (devices that cannot reach each other), beside a Noroshi that runs here.
// npm run demo:calls: the same, and the demo with them.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { fail, root, say } from './house.mjs';

const args = process.argv.slice(2);
const given = (name, otherwise) => (args.includes(name) ? args[args.indexOf(name) + 1] : otherwise);
const folder = resolve(given('--folder', join(root, 'data/calls')));
// Janus sends and hears on no loopback address. Beside it nothing leaves this machine where all are on it.
const address = given('--address', process.env.NOROSHI_CALLS_ADDRESS ?? Object.values(networkInterfaces()).flat().find(({ family, internal }) => family === 'IPv4' && !internal)?.address);
const publicAddress = given('--public', address);

const programs = { janus: '/usr/bin/janus', coturn: '/usr/bin/turnserver' };
const missing = Object.keys(programs).filter((name) => !existsSync(programs[name]));
if (missing.length > 0) fail(`5人以上の通話にはJanusが、直接つながらない端末にはcoturnが要ります。Debianでは root で apt-get install ${missing.join(' ')} を行ってください。 / Calls of more than four need Janus, and devices that cannot reach each other coturn: on Debian, run "apt-get install ${missing.join(' ')}" as root.`);
if (!address) fail('この機械には自分だけのアドレスしかなく、Janusが使えません。--address か NOROSHI_CALLS_ADDRESS でアドレスを指定してください。 / This machine has no address but its own loopback, and Janus needs one: name it with --address or NOROSHI_CALLS_ADDRESS.');

const [janusPort, turnPort] = [await freePort(), Number(given('--turn-port', await freePort()))];
const [key, secret] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')];
writeSettings();

const running = [];
// Whatever stops us, also that one of them has ended by itself: nothing stays behind that nobody can find to stop.
process.on('exit', () => { for (const child of running) child.kill(); });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0));
process.on('disconnect', () => process.exit(0));
running.push(
  start('janus', ['-F', join(folder, 'janus'), '-C', join(folder, 'janus/janus.jcfg')]),
  start('coturn', ['-c', join(folder, 'turnserver.conf')]),
);
await Promise.all([listens('127.0.0.1', janusPort), listens(address, turnPort)]);

const settings = {
  NOROSHI_TURN_URLS: `turn:${publicAddress}:${turnPort}?transport=udp,turn:${publicAddress}:${turnPort}?transport=tcp`, NOROSHI_TURN_SECRET: secret,
  NOROSHI_JANUS_URL: `ws://127.0.0.1:${janusPort}`, NOROSHI_JANUS_KEY: key,
};
const file = join(folder, 'settings.env');
writeFileSync(file, Object.entries(settings).map(([name, value]) => `${name}="${value}"\n`).join(''), { mode: 0o600 });
say(`Janus と coturn が動いています。設定はここにあります / Janus and coturn are running. The settings are in ${file}\n`);
process.send?.(settings);
if (args.includes('--demo')) {
  const demo = spawn(process.execPath, [join(root, 'scripts/run.mjs'), '--demo', ...args.filter((one) => one === '--fresh')], { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { ...process.env, ...settings } });
  running.push(demo);
  demo.on('exit', (code) => process.exit(code ?? 1));
}

/** What the two are told. Of Janus nothing is loaded but its rooms and its WebSocket, and only this machine speaks to it. */
function writeSettings() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'janus'), { recursive: true, mode: 0o700 });
  const homes = ['', ...readdirSync('/usr/lib')].map((name) => join('/usr/lib', name, 'janus'));
  for (const [kind, name] of [['plugins', 'videoroom'], ['transports', 'websockets']]) {
    const library = homes.map((home) => join(home, kind, `libjanus_${name}.so`)).find(existsSync);
    if (!library) fail(`Janusはありますが、その ${name} がありません。 / Janus is here, but not its ${name}.`);
    mkdirSync(join(folder, kind));
    symlinkSync(library, join(folder, kind, `libjanus_${name}.so`));
  }
  for (const kind of ['events', 'loggers']) mkdirSync(join(folder, kind));
  const put = (name, text) => writeFileSync(join(folder, name), text, { mode: 0o600 });
  put('janus/janus.jcfg', `general: {
  configs_folder = "${folder}/janus"
  plugins_folder = "${folder}/plugins"
  transports_folder = "${folder}/transports"
  events_folder = "${folder}/events"
  loggers_folder = "${folder}/loggers"
  debug_level = 3
  session_timeout = 60
}
media: { rtp_port_range = "${given('--media-ports', '20000-20999')}" ipv6 = false }
nat: { ice_enforce_list = "${address}" ice_lite = true ice_tcp = false ${publicAddress === address ? '' : `nat_1_1_mapping = "${publicAddress}"`} }
`);
  put('janus/janus.plugin.videoroom.jcfg', `general: { admin_key = "${key}" }\n`);
  put('janus/janus.transport.websockets.jcfg', `general: { json = "compact" ws = true ws_ip = "127.0.0.1" ws_port = ${janusPort} wss = false }\nadmin: { admin_ws = false }\n`);
  put('turnserver.conf', [
    `listening-ip=${address}`, `listening-port=${turnPort}`, `relay-ip=${address}`, ...(publicAddress === address ? [] : [`external-ip=${publicAddress}/${address}`]),
    'min-port=21000', 'max-port=21999', 'fingerprint', 'use-auth-secret', `static-auth-secret=${secret}`, 'realm=noroshi', 'no-tls', 'no-dtls', 'no-cli', 'no-multicast-peers',
    // Whoever is in a call reaches through it the relay's own address, and no other: two devices meet from relay to relay, and Janus is there too. Ports
    // it cannot tell apart: what else listens for UDP at that address is closed in docs/operating.md.
    'no-tcp-relay', 'denied-peer-ip=0.0.0.0-255.255.255.255', 'denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', `allowed-peer-ip=${address}`,
    // The relay counts by person, who may be in a call with three devices: in one of eight each of them takes up to 24 places.
    'user-quota=72', 'total-quota=960', 'log-file=stdout', 'simple-log', `pidfile=${folder}/turnserver.pid`, '',
  ].join('\n'));
}

function start(name, options) {
  const child = spawn(programs[name], options, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  child.on('exit', (code) => {
    if (!child.killed) fail(`${name} がひとりでに終わりました（${code}）。 / ${name} ended by itself (${code}).`);
  });
  return child;
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Until somebody listens there; half a minute at most. */
async function listens(host, port) {
  for (let tries = 0; tries < 150; tries++) {
    const open = await new Promise((done) => {
      const socket = connect({ host, port }, () => { socket.destroy(); done(true); });
      socket.on('error', () => done(false));
    });
    if (open) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  fail(`${host}:${port} から応えがありません。 / Nobody answers at ${host}:${port}.`);
}
