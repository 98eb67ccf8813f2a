import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { CannotStart } from '@noroshi/foundations/database';
import { isPlain, isPublicAddress } from '@noroshi/foundations/notify/server';
import { isLoopbackName } from './origin.ts';

/** One environment variable: what it is for, what it is when nobody says, and what it may be. */
type Setting<Value> = {
  variable: string;
  /** For whoever runs this house. Appears in docs/operating.md as it stands here. */
  sentence: string;
  /** As one would write it; empty means that it is not set. */
  standard: string;
  /** Completes "it must be …". */
  mustBe: string;
  /** It may hold a password: what was given is never repeated. */
  secret?: true;
  /** The value, or undefined when this cannot be one. */
  read(text: string): Value | undefined;
};

const house = dirname(dirname(import.meta.dirname));

const port: Setting<number> = {
  variable: 'PORT',
  sentence: 'The port at which Noroshi is opened. 0 takes any free one.',
  standard: '8080',
  mustBe: 'a whole number from 0 to 65535',
  read: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined),
};

const host: Setting<string> = {
  variable: 'NOROSHI_HOST',
  sentence: 'The address of this machine at which Noroshi is opened; `0.0.0.0` or `::` for all. Beyond this machine only with HTTPS: with a certificate, or behind a proxy that has one.',
  standard: '127.0.0.1',
  mustBe: 'an address of this machine such as 127.0.0.1, 0.0.0.0 or ::',
  read: (text) => (isIP(text) || text === 'localhost' ? text : undefined),
};

const publicUrl: Setting<URL | null> = {
  variable: 'NOROSHI_PUBLIC_URL',
  sentence: 'The address at which people open Noroshi, as it stands in invitations. Needed with a certificate and behind a proxy.',
  standard: '',
  mustBe: 'an address such as https://noroshi.example.jp, without a path',
  read: (text) => (text === '' ? null : publicAddress(text)),
};

const tlsCert: Setting<string | null> = {
  variable: 'NOROSHI_TLS_CERT',
  sentence: 'The file (PEM) with the certificate and those that sign it. Noroshi then speaks HTTPS by itself, and takes up a renewed file without a restart. A relative path starts at the folder of Noroshi.',
  standard: '',
  mustBe: 'the path of a file',
  read: (text) => (text === '' ? null : text.includes('\0') ? undefined : resolve(house, text)),
};

const tlsKey: Setting<string | null> = {
  variable: 'NOROSHI_TLS_KEY',
  sentence: 'The file (PEM) with the key of the certificate.',
  standard: '',
  mustBe: 'the path of a file',
  read: tlsCert.read,
};

const trustProxy: Setting<readonly string[]> = {
  variable: 'NOROSHI_TRUST_PROXY',
  sentence: 'The proxy that speaks HTTPS for Noroshi: its address, or several, or networks. Only what comes from there is heard, and its X-Forwarded-For and X-Forwarded-Proto are believed.',
  standard: '',
  mustBe: 'addresses or networks such as 127.0.0.1 or 10.1.0.0/16, separated by commas',
  read: (text) => {
    const all = text.split(',').map((one) => one.trim()).filter(Boolean);
    return all.every(isNetwork) ? all : undefined;
  },
};

const dataFolder: Setting<string> = {
  variable: 'NOROSHI_DATA',
  sentence: 'The folder for the embedded database and for files. The demo keeps to a folder `demo` inside it. A relative path starts at the folder of Noroshi.',
  standard: './data',
  mustBe: 'the path of a folder',
  read: (text) => (text.includes('\0') ? undefined : resolve(house, text)),
};

const databaseUrl: Setting<string | null> = {
  variable: 'DATABASE_URL',
  sentence: 'A PostgreSQL server of your own, 16 or newer. When it is not set, Noroshi starts the one it brings along.',
  standard: '',
  mustBe: 'an address such as postgres://user:password@host:5432/database',
  secret: true,
  read: (text) => (text === '' ? null : /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '') ? text : undefined),
};

const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;

const logLevel: Setting<(typeof LEVELS)[number]> = {
  variable: 'NOROSHI_LOG',
  sentence: 'How much is written to the log: silent, fatal, error, warn, info or debug.',
  standard: 'warn',
  mustBe: `one of ${LEVELS.join(', ')}`,
  read: (text) => LEVELS.find((level) => level === text),
};

const pushContact: Setting<string | null> = {
  variable: 'NOROSHI_PUSH_CONTACT',
  sentence: 'Who answers for this house, told to the push services with each push. When it is not set, the public address. Apple refuses pushes without a real one.',
  standard: '',
  mustBe: 'an address such as mailto:bosai@pref.example.jp or https://noroshi.example.jp',
  read: (text) => (text === '' ? null : /^(mailto:[^\s@]+@[^\s@.]+(\.[^\s@.]+)+|https:\/\/[^\s/@]+\.[^\s/@]+(\/\S*)?)$/.test(text) ? text : undefined),
};

const pushInside: Setting<readonly string[]> = {
  variable: 'NOROSHI_PUSH_INSIDE',
  sentence: 'Push services of your own (ntfy, UnifiedPush) that lie inside your network. Push otherwise goes to public addresses only.',
  standard: '',
  mustBe: 'host names such as ntfy.pref.example, separated by commas',
  read: (text) => {
    const all = text.split(',').map((one) => one.trim().toLowerCase()).filter(Boolean);
    return all.every((one) => /^[a-z0-9.:-]+$/.test(one)) ? all : undefined;
  },
};

const partnersInside: Setting<readonly string[]> = {
  variable: 'NOROSHI_PARTNERS_INSIDE',
  sentence: 'Networks inside yours in which the Noroshi of a partner may lie, such as LGWAN; there it may also be reached without HTTPS. Partners are otherwise called at public addresses only, and by HTTPS.',
  standard: '',
  mustBe: trustProxy.mustBe,
  read: trustProxy.read,
};

const smtpUrl: Setting<URL | null> = {
  variable: 'NOROSHI_SMTP_URL',
  sentence: 'The mail server: `smtps://` with TLS from the start, `smtp://` with STARTTLS, without which nothing is said. `?plain` at its end speaks in the open, without a password: for a relay on this machine.',
  standard: '',
  mustBe: 'an address such as smtps://user:password@mail.example.jp:465',
  secret: true,
  read: (text) => {
    if (text === '') return null;
    const url = URL.parse(text);
    const isFine = url && /^smtps?:$/.test(url.protocol) && url.hostname && !url.hash && (url.pathname === '' || url.pathname === '/') && (url.search === '' || isPlain(url));
    return isFine ? url : undefined;
  },
};

const mailFrom: Setting<string> = {
  variable: 'NOROSHI_MAIL_FROM',
  sentence: 'From whom mail comes. Needed with a mail server.',
  standard: '',
  mustBe: 'an address such as noroshi@example.jp or 狼煙 <noroshi@example.jp>',
  read: (text) => (text === '' || /^([^<>\r\n]{1,60} <[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(text) ? text : undefined),
};

const smsKinds = ['post', 'android'] as const;
const smsKind: Setting<(typeof smsKinds)[number]> = {
  variable: 'NOROSHI_SMS_KIND',
  sentence: 'How SMS are sent: `post` by the form described below, `android` by a telephone with SMS Gateway for Android in local mode.',
  standard: 'post',
  mustBe: 'post or android',
  read: (text) => smsKinds.find((kind) => kind === text),
};

const smsUrl: Setting<URL | null> = {
  variable: 'NOROSHI_SMS_URL',
  sentence: 'The gateway for SMS; for `android` with its user and password. HTTPS, but to a telephone or a machine of your own network.',
  standard: '',
  mustBe: 'an address such as https://sms.example.jp/send or http://sms:password@192.168.1.20:8080',
  secret: true,
  read: (text) => (text === '' ? null : gatewayAddress(text)),
};

const smsToken: Setting<string | null> = {
  variable: 'NOROSHI_SMS_TOKEN',
  sentence: 'The bearer token for it.',
  standard: '',
  mustBe: 'a token of visible characters',
  secret: true,
  read: (text) => (text === '' ? null : /^[\x21-\x7e]+$/.test(text) ? text : undefined),
};

const voiceUrl: Setting<URL | null> = {
  variable: 'NOROSHI_VOICE_URL',
  sentence: 'The gateway that rings someone and reads out a sentence, by the form described below.',
  standard: '',
  mustBe: 'an address such as https://voice.example.jp/call',
  secret: true,
  read: smsUrl.read,
};

const voiceToken: Setting<string | null> = {
  variable: 'NOROSHI_VOICE_TOKEN',
  sentence: 'The bearer token for it.',
  standard: '',
  mustBe: 'a token of visible characters',
  secret: true,
  read: smsToken.read,
};

const checkpointFile: Setting<string | null> = {
  variable: 'NOROSHI_CHECKPOINT_FILE',
  sentence: 'A file in another place (another disk, another machine, another office) to which the signed checkpoints of the record are appended, at least one a minute while something happens. With it, `verify` shows also that nobody, whoever runs this house included, has written the record anew.',
  standard: '',
  mustBe: 'the path of a file',
  read: tlsCert.read,
};

const timestampUrl: Setting<URL | null> = {
  variable: 'NOROSHI_TIMESTAMP_URL',
  sentence: 'A timestamping service (RFC 3161, over HTTP) that is asked for its word on each signed checkpoint of the record. It is told a hash and nothing else.',
  standard: '',
  mustBe: 'an address such as https://tsa.example.jp/tsr',
  secret: true,
  read: (text) => {
    if (text === '') return null;
    const url = URL.parse(text);
    return url && /^https?:$/.test(url.protocol) && !url.hash && url.username === '' ? url : undefined;
  },
};

const turnUrls: Setting<readonly string[]> = {
  variable: 'NOROSHI_TURN_URLS',
  sentence: 'The TURN server (coturn) through which calls go where two devices cannot reach each other: one address, or several.',
  standard: '',
  mustBe: 'addresses such as turn:turn.example.jp:3478?transport=udp, separated by commas',
  read: (text) => {
    const urls = text.split(',').map((one) => one.trim()).filter(Boolean);
    return urls.every((one) => /^turns?:[\w.-]+(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/.test(one)) ? urls : undefined;
  },
};

const turnSecret: Setting<string | null> = {
  variable: 'NOROSHI_TURN_SECRET',
  sentence: 'The secret that it shares with Noroshi (`static-auth-secret` of coturn). Whoever is in a call is given credentials made with it, which end after 12 hours.',
  standard: '',
  mustBe: 'a secret of visible characters',
  secret: true,
  read: smsToken.read,
};

const janusUrl: Setting<URL | null> = {
  variable: 'NOROSHI_JANUS_URL',
  sentence: 'The Janus through which calls of more than four go, by its WebSocket. Only Noroshi speaks to it: it need not be reached by anybody else, but for the sound and pictures themselves.',
  standard: '',
  mustBe: 'an address such as ws://127.0.0.1:8188; wss:// but to a machine of your own network',
  secret: true,
  read: (text) => {
    if (text === '') return null;
    const url = URL.parse(text);
    if (!url || url.hash || url.username || !/^wss?:$/.test(url.protocol)) return undefined;
    return gatewayAddress(`http${url.protocol.slice(2)}//${url.host}`) ? url : undefined;
  },
};

const janusKey: Setting<string | null> = {
  variable: 'NOROSHI_JANUS_KEY',
  sentence: 'The key with which rooms are made there (`admin_key` of its VideoRoom).',
  standard: '',
  mustBe: 'a key of visible characters',
  secret: true,
  read: smsToken.read,
};

/** All settings there are. No other file knows a variable of the environment. */
export const settings = { port, host, publicUrl, tlsCert, tlsKey, trustProxy, dataFolder, databaseUrl, logLevel, pushContact, pushInside, partnersInside, smtpUrl, mailFrom, smsKind, smsUrl, smsToken, voiceUrl, voiceToken, checkpointFile, timestampUrl, turnUrls, turnSecret, janusUrl, janusKey };

export type Config = {
  -readonly [Name in keyof typeof settings]: (typeof settings)[Name] extends Setting<infer Value> ? Value : never;
} & {
  /** The demo: invented people, and one chooses at the door who to be. */
  demo: boolean;
  /** Throw away what the demo has kept and begin anew. */
  fresh: boolean;
  /** Print a one-time link for each administrator: when all of them have lost their devices and passwords. */
  rescue: boolean;
};

/** Reads and checks everything at once. A bad setting stops the start with one sentence that names it. */
export function readConfig(environment: Record<string, string | undefined>, flags: readonly string[]): Config {
  refuseUnknown(environment, flags);
  const config: Config = {
    port: read(port, environment),
    host: read(host, environment),
    publicUrl: read(publicUrl, environment),
    tlsCert: read(tlsCert, environment),
    tlsKey: read(tlsKey, environment),
    trustProxy: read(trustProxy, environment),
    dataFolder: read(dataFolder, environment),
    databaseUrl: read(databaseUrl, environment),
    logLevel: read(logLevel, environment),
    pushContact: read(pushContact, environment),
    pushInside: read(pushInside, environment),
    partnersInside: read(partnersInside, environment),
    smtpUrl: read(smtpUrl, environment),
    mailFrom: read(mailFrom, environment),
    smsKind: read(smsKind, environment),
    smsUrl: read(smsUrl, environment),
    smsToken: read(smsToken, environment),
    voiceUrl: read(voiceUrl, environment),
    voiceToken: read(voiceToken, environment),
    checkpointFile: read(checkpointFile, environment),
    timestampUrl: read(timestampUrl, environment),
    turnUrls: read(turnUrls, environment),
    turnSecret: read(turnSecret, environment),
    janusUrl: read(janusUrl, environment),
    janusKey: read(janusKey, environment),
    demo: flags.includes('--demo'),
    fresh: flags.includes('--fresh'),
    rescue: flags.includes('--rescue'),
  };
  if (config.fresh && !config.demo) {
    throw new CannotStart('--fresh deletes everything and is for the demo alone. To begin anew for real, move the data folder away.');
  }
  if (config.demo && config.databaseUrl !== null) {
    throw new CannotStart('The demo brings its own database, so DATABASE_URL must not be set: invented people must never land in a real one.');
  }
  if (config.smtpUrl && !config.mailFrom) throw new CannotStart('NOROSHI_SMTP_URL is set and NOROSHI_MAIL_FROM is not: mail needs an address from which it comes.');
  if ((config.turnUrls.length > 0) !== (config.turnSecret !== null)) throw new CannotStart('Of NOROSHI_TURN_URLS and NOROSHI_TURN_SECRET one is set and the other is not: calls need both.');
  if ((config.janusUrl === null) !== (config.janusKey === null)) throw new CannotStart('Of NOROSHI_JANUS_URL and NOROSHI_JANUS_KEY one is set and the other is not: calls need both.');
  refuseInsecure(config);
  if (config.demo) config.dataFolder = join(config.dataFolder, 'demo');
  return config;
}

/** The table of docs/operating.md. */
export function settingsTable(): string {
  const rows = Object.values(settings).map(
    ({ variable, sentence, standard, mustBe }) => `| \`${variable}\` | ${sentence} | ${standard ? `\`${standard}\`` : ''} | ${mustBe} |`,
  );
  return ['| Variable | What it is for | Default | Must be |', '|---|---|---|---|', ...rows].join('\n');
}

function read<Value>({ variable, standard, mustBe, secret, read }: Setting<Value>, environment: Record<string, string | undefined>): Value {
  // Empty is what an unset line in a service file looks like.
  const text = environment[variable] || standard;
  const value = read(text);
  if (value === undefined) {
    const given = secret ? 'cannot be used' : `is "${text}"`;
    throw new CannotStart(`The setting ${variable} ${given}: it must be ${mustBe}.`);
  }
  return value;
}

/** Passwords and what towns tell each other never cross a network in the open. */
function refuseInsecure({ host, publicUrl, tlsCert, tlsKey, trustProxy, demo }: Config): void {
  const secure = tlsCert !== null || trustProxy.length > 0;
  if (tlsCert !== null && tlsKey === null) throw new CannotStart('NOROSHI_TLS_CERT is set and NOROSHI_TLS_KEY is not: a certificate needs its key.');
  if (tlsKey !== null && tlsCert === null) throw new CannotStart('NOROSHI_TLS_KEY is set and NOROSHI_TLS_CERT is not: a key needs its certificate.');
  if (demo && !isLoopbackName(host)) throw new CannotStart(`The demo lets everyone in without a password, so NOROSHI_HOST must not be "${host}": it is opened on this machine alone.`);
  if (!isLoopbackName(host) && !secure) {
    throw new CannotStart(`The setting NOROSHI_HOST is "${host}", which others can reach, and Noroshi does not speak to others without HTTPS: set NOROSHI_TLS_CERT and NOROSHI_TLS_KEY, or NOROSHI_TRUST_PROXY.`);
  }
  if (secure && publicUrl?.protocol !== 'https:') {
    throw new CannotStart(`With ${tlsCert !== null ? 'NOROSHI_TLS_CERT' : 'NOROSHI_TRUST_PROXY'}, the setting NOROSHI_PUBLIC_URL must be the https:// address at which people open Noroshi.`);
  }
  if (!secure && publicUrl?.protocol === 'https:') throw new CannotStart('NOROSHI_PUBLIC_URL begins with https://, so NOROSHI_TLS_CERT and NOROSHI_TLS_KEY, or NOROSHI_TRUST_PROXY, must be set.');
}

/** An address of a house: HTTPS, or plain on this machine; no path, no name, no question. */
function publicAddress(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url || url.pathname !== '/' || url.search || url.hash || url.username || url.password) return undefined;
  if (url.protocol === 'http:') return isLoopbackName(url.hostname) ? url : undefined;
  return url.protocol === 'https:' ? url : undefined;
}

/** Where SMS and calls are handed over: HTTPS, or plain to an address of this machine or of one's own network. */
function gatewayAddress(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url || url.hash) return undefined;
  if (url.protocol === 'https:') return url;
  return url.protocol === 'http:' && (isLoopbackName(url.hostname) || (isIP(url.hostname.replace(/^\[|\]$/g, '')) && !isPublicAddress(url.hostname))) ? url : undefined;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  return version > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)));
}

/** A misspelt setting would otherwise be one that silently does nothing. */
function refuseUnknown(environment: Record<string, string | undefined>, flags: readonly string[]): void {
  const known = new Set(Object.values(settings).map(({ variable }) => variable));
  const stranger = Object.keys(environment).find((name) => name.startsWith('NOROSHI_') && !name.startsWith('NOROSHI_TEST_') && !known.has(name));
  if (stranger) throw new CannotStart(`There is no setting ${stranger}. There are ${[...known].join(', ')}.`);
  const flag = flags.find((given) => !['--demo', '--fresh', '--rescue'].includes(given));
  if (flag !== undefined) throw new CannotStart(`There is no option "${flag}". There are --demo, --fresh and --rescue.`);
}
