import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import { isPlain } from '@noroshi/foundations/notify/server';
import { gatewayAddress, isNetwork, publicAddress } from './addresses.ts';

/** One environment variable: what it is for, what it is when nobody says, and what it may be. */
export type Setting<Value> = {
  variable: string;
  /** For whoever runs this house. Appears in docs/operating.md as it stands here. */
  sentence: string;
  /** As one would write it; empty means that it is not set. */
  standard: string;
  /** Completes 「…にしてください」 and "it must be …". */
  mustBe: { ja: string; en: string };
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
  mustBe: { ja: '0から65535までの整数', en: 'a whole number from 0 to 65535' },
  read: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined),
};

const host: Setting<string> = {
  variable: 'NOROSHI_HOST',
  sentence: 'The address of this machine at which Noroshi is opened; `0.0.0.0` or `::` for all. Beyond this machine only with HTTPS: with a certificate, or behind a proxy that has one.',
  standard: '127.0.0.1',
  mustBe: { ja: '127.0.0.1、0.0.0.0、:: のような、この機械のアドレス', en: 'an address of this machine such as 127.0.0.1, 0.0.0.0 or ::' },
  read: (text) => (isIP(text) || text === 'localhost' ? text : undefined),
};

const publicUrl: Setting<URL | null> = {
  variable: 'NOROSHI_PUBLIC_URL',
  sentence: 'The address at which people open Noroshi, as it stands in invitations. Needed with a certificate and behind a proxy.',
  standard: '',
  mustBe: { ja: 'https://noroshi.example.jp のようなアドレス（あとに / から先を付けない）', en: 'an address such as https://noroshi.example.jp, without a path' },
  read: (text) => (text === '' ? null : publicAddress(text)),
};

const tlsCert: Setting<string | null> = {
  variable: 'NOROSHI_TLS_CERT',
  sentence: 'The file (PEM) with the certificate and those that sign it. Noroshi then speaks HTTPS by itself, and takes up a renewed file without a restart. A relative path starts at the folder of Noroshi.',
  standard: '',
  mustBe: { ja: 'ファイルの場所', en: 'the path of a file' },
  read: (text) => (text === '' ? null : text.includes('\0') ? undefined : resolve(house, text)),
};

const tlsKey: Setting<string | null> = {
  variable: 'NOROSHI_TLS_KEY',
  sentence: 'The file (PEM) with the key of the certificate.',
  standard: '',
  mustBe: { ja: 'ファイルの場所', en: 'the path of a file' },
  read: tlsCert.read,
};

const trustProxy: Setting<readonly string[]> = {
  variable: 'NOROSHI_TRUST_PROXY',
  sentence: 'The proxy that speaks HTTPS for Noroshi: its address, or several, or networks. Only what comes from there is heard, and its X-Forwarded-For and X-Forwarded-Proto are believed.',
  standard: '',
  mustBe: { ja: '127.0.0.1 や 10.1.0.0/16 のような、コンマで区切ったアドレスかネットワーク', en: 'addresses or networks such as 127.0.0.1 or 10.1.0.0/16, separated by commas' },
  read: (text) => {
    const all = text.split(',').map((one) => one.trim()).filter(Boolean);
    return all.every(isNetwork) ? all : undefined;
  },
};

const dataFolder: Setting<string> = {
  variable: 'NOROSHI_DATA',
  sentence: 'The folder for the embedded database and for files. The demo keeps to a folder `demo` inside it. A relative path starts at the folder of Noroshi.',
  standard: './data',
  mustBe: { ja: 'フォルダーの場所', en: 'the path of a folder' },
  read: (text) => (text.includes('\0') ? undefined : resolve(house, text)),
};

const databaseUrl: Setting<string | null> = {
  variable: 'DATABASE_URL',
  sentence: 'A PostgreSQL server of your own, 16 or newer. When it is not set, Noroshi starts the one it brings along.',
  standard: '',
  mustBe: { ja: 'postgres://user:password@host:5432/database のようなアドレス', en: 'an address such as postgres://user:password@host:5432/database' },
  secret: true,
  read: (text) => (text === '' ? null : /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '') ? text : undefined),
};

const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;

const logLevel: Setting<(typeof LEVELS)[number]> = {
  variable: 'NOROSHI_LOG',
  sentence: 'How much is written to the log: silent, fatal, error, warn, info or debug.',
  standard: 'warn',
  mustBe: { ja: `${LEVELS.join(', ')} のどれか`, en: `one of ${LEVELS.join(', ')}` },
  read: (text) => LEVELS.find((level) => level === text),
};

const pushContact: Setting<string | null> = {
  variable: 'NOROSHI_PUSH_CONTACT',
  sentence: 'Who answers for this house, told to the push services with each push. When it is not set, the public address. Apple refuses pushes without a real one.',
  standard: '',
  mustBe: { ja: 'mailto:bosai@pref.example.jp や https://noroshi.example.jp のようなアドレス', en: 'an address such as mailto:bosai@pref.example.jp or https://noroshi.example.jp' },
  read: (text) => (text === '' ? null : /^(mailto:[^\s@]+@[^\s@.]+(\.[^\s@.]+)+|https:\/\/[^\s/@]+\.[^\s/@]+(\/\S*)?)$/.test(text) ? text : undefined),
};

const pushInside: Setting<readonly string[]> = {
  variable: 'NOROSHI_PUSH_INSIDE',
  sentence: 'Push services of your own (ntfy, UnifiedPush) that lie inside your network. Push otherwise goes to public addresses only.',
  standard: '',
  mustBe: { ja: 'ntfy.pref.example のような、コンマで区切った機械の名前', en: 'host names such as ntfy.pref.example, separated by commas' },
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
  mustBe: { ja: 'smtps://user:password@mail.example.jp:465 のようなアドレス', en: 'an address such as smtps://user:password@mail.example.jp:465' },
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
  mustBe: { ja: 'noroshi@example.jp や 狼煙 <noroshi@example.jp> のようなアドレス', en: 'an address such as noroshi@example.jp or 狼煙 <noroshi@example.jp>' },
  read: (text) => (text === '' || /^([^<>\r\n]{1,60} <[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(text) ? text : undefined),
};

const smsKinds = ['post', 'android'] as const;
const smsKind: Setting<(typeof smsKinds)[number]> = {
  variable: 'NOROSHI_SMS_KIND',
  sentence: 'How SMS are sent: `post` by the form described below, `android` by a telephone with SMS Gateway for Android in local mode.',
  standard: 'post',
  mustBe: { ja: 'post か android', en: 'post or android' },
  read: (text) => smsKinds.find((kind) => kind === text),
};

const smsUrl: Setting<URL | null> = {
  variable: 'NOROSHI_SMS_URL',
  sentence: 'The gateway for SMS; for `android` with its user and password. HTTPS, but to a telephone or a machine of your own network.',
  standard: '',
  mustBe: { ja: 'https://sms.example.jp/send や http://sms:password@192.168.1.20:8080 のようなアドレス', en: 'an address such as https://sms.example.jp/send or http://sms:password@192.168.1.20:8080' },
  secret: true,
  read: (text) => (text === '' ? null : gatewayAddress(text)),
};

const smsToken: Setting<string | null> = {
  variable: 'NOROSHI_SMS_TOKEN',
  sentence: 'The bearer token for it.',
  standard: '',
  mustBe: { ja: '見える文字だけの符号', en: 'a token of visible characters' },
  secret: true,
  read: (text) => (text === '' ? null : /^[\x21-\x7e]+$/.test(text) ? text : undefined),
};

const voiceUrl: Setting<URL | null> = {
  variable: 'NOROSHI_VOICE_URL',
  sentence: 'The gateway that rings someone and reads out a sentence, by the form described below.',
  standard: '',
  mustBe: { ja: 'https://voice.example.jp/call のようなアドレス', en: 'an address such as https://voice.example.jp/call' },
  secret: true,
  read: smsUrl.read,
};

const voiceToken: Setting<string | null> = {
  variable: 'NOROSHI_VOICE_TOKEN',
  sentence: 'The bearer token for it.',
  standard: '',
  mustBe: { ja: '見える文字だけの符号', en: 'a token of visible characters' },
  secret: true,
  read: smsToken.read,
};

const checkpointFile: Setting<string | null> = {
  variable: 'NOROSHI_CHECKPOINT_FILE',
  sentence: 'A file in another place (another disk, another machine, another office) to which the signed checkpoints of the record are appended, at least one a minute while something happens. With it, `verify` shows also that nobody, whoever runs this house included, has written the record anew.',
  standard: '',
  mustBe: { ja: 'ファイルの場所', en: 'the path of a file' },
  read: tlsCert.read,
};

const timestampUrl: Setting<URL | null> = {
  variable: 'NOROSHI_TIMESTAMP_URL',
  sentence: 'A timestamping service (RFC 3161, over HTTP) that is asked for its word on each signed checkpoint of the record. It is told a hash and nothing else.',
  standard: '',
  mustBe: { ja: 'https://tsa.example.jp/tsr のようなアドレス', en: 'an address such as https://tsa.example.jp/tsr' },
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
  mustBe: { ja: 'turn:turn.example.jp:3478?transport=udp のような、コンマで区切ったアドレス', en: 'addresses such as turn:turn.example.jp:3478?transport=udp, separated by commas' },
  read: (text) => {
    const urls = text.split(',').map((one) => one.trim()).filter(Boolean);
    return urls.every((one) => /^turns?:[\w.-]+(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/.test(one)) ? urls : undefined;
  },
};

const turnSecret: Setting<string | null> = {
  variable: 'NOROSHI_TURN_SECRET',
  sentence: 'The secret that it shares with Noroshi (`static-auth-secret` of coturn). Whoever is in a call is given credentials made with it, which end after 12 hours.',
  standard: '',
  mustBe: { ja: '見える文字だけの秘密の言葉', en: 'a secret of visible characters' },
  secret: true,
  read: smsToken.read,
};

const janusUrl: Setting<URL | null> = {
  variable: 'NOROSHI_JANUS_URL',
  sentence: 'The Janus through which calls of more than four go, by its WebSocket. Only Noroshi speaks to it: it need not be reached by anybody else, but for the sound and pictures themselves.',
  standard: '',
  mustBe: { ja: 'ws://127.0.0.1:8188 のようなアドレス（自分のネットワークの外の機械へは wss://）', en: 'an address such as ws://127.0.0.1:8188; wss:// but to a machine of your own network' },
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
  mustBe: { ja: '見える文字だけの鍵', en: 'a key of visible characters' },
  secret: true,
  read: smsToken.read,
};

/** All settings there are. No other file knows a variable of the environment. */
export const settings = { port, host, publicUrl, tlsCert, tlsKey, trustProxy, dataFolder, databaseUrl, logLevel, pushContact, pushInside, partnersInside, smtpUrl, mailFrom, smsKind, smsUrl, smsToken, voiceUrl, voiceToken, checkpointFile, timestampUrl, turnUrls, turnSecret, janusUrl, janusKey };
