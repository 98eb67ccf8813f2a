import { join } from 'node:path';
import { CannotStart } from '@noroshi/foundations/database';
import { isLoopbackName } from './origin.ts';
import { settings, type Setting } from './settings.ts';

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
    port: read(settings.port, environment),
    host: read(settings.host, environment),
    publicUrl: read(settings.publicUrl, environment),
    tlsCert: read(settings.tlsCert, environment),
    tlsKey: read(settings.tlsKey, environment),
    trustProxy: read(settings.trustProxy, environment),
    dataFolder: read(settings.dataFolder, environment),
    databaseUrl: read(settings.databaseUrl, environment),
    logLevel: read(settings.logLevel, environment),
    pushContact: read(settings.pushContact, environment),
    pushInside: read(settings.pushInside, environment),
    partnersInside: read(settings.partnersInside, environment),
    smtpUrl: read(settings.smtpUrl, environment),
    mailFrom: read(settings.mailFrom, environment),
    smsKind: read(settings.smsKind, environment),
    smsUrl: read(settings.smsUrl, environment),
    smsToken: read(settings.smsToken, environment),
    voiceUrl: read(settings.voiceUrl, environment),
    voiceToken: read(settings.voiceToken, environment),
    checkpointFile: read(settings.checkpointFile, environment),
    timestampUrl: read(settings.timestampUrl, environment),
    turnUrls: read(settings.turnUrls, environment),
    turnSecret: read(settings.turnSecret, environment),
    janusUrl: read(settings.janusUrl, environment),
    janusKey: read(settings.janusKey, environment),
    demo: flags.includes('--demo'),
    fresh: flags.includes('--fresh'),
    rescue: flags.includes('--rescue'),
  };
  if (config.fresh && !config.demo) {
    throw new CannotStart('--fresh はすべてを消します。デモでだけ使えます。本番をはじめからにするときは、データのフォルダーを別の場所に移してください。', '--fresh deletes everything and is for the demo alone. To begin anew for real, move the data folder away.');
  }
  if (config.demo && config.databaseUrl !== null) {
    throw new CannotStart('デモは自分のデータベースを使います。架空の人が本物に混ざらないよう、DATABASE_URL は外してください。', 'The demo brings its own database, so DATABASE_URL must not be set: invented people must never land in a real one.');
  }
  if (config.smtpUrl && !config.mailFrom) throw new CannotStart('NOROSHI_SMTP_URL だけがあり、NOROSHI_MAIL_FROM がありません。メールの差出人のアドレスを入れてください。', 'NOROSHI_SMTP_URL is set and NOROSHI_MAIL_FROM is not: mail needs an address from which it comes.');
  if ((config.turnUrls.length > 0) !== (config.turnSecret !== null)) throw new CannotStart('NOROSHI_TURN_URLS と NOROSHI_TURN_SECRET の片方だけがあります。通話には両方を入れてください。', 'Of NOROSHI_TURN_URLS and NOROSHI_TURN_SECRET one is set and the other is not: calls need both.');
  if ((config.janusUrl === null) !== (config.janusKey === null)) throw new CannotStart('NOROSHI_JANUS_URL と NOROSHI_JANUS_KEY の片方だけがあります。通話には両方を入れてください。', 'Of NOROSHI_JANUS_URL and NOROSHI_JANUS_KEY one is set and the other is not: calls need both.');
  refuseInsecure(config);
  if (config.demo) config.dataFolder = join(config.dataFolder, 'demo');
  return config;
}

/** The table of docs/operating.md. */
export function settingsTable(): string {
  const rows = Object.values(settings).map(
    ({ variable, sentence, standard, mustBe }) => `| \`${variable}\` | ${sentence} | ${standard ? `\`${standard}\`` : ''} | ${mustBe.en} |`,
  );
  return ['| Variable | What it is for | Default | Must be |', '|---|---|---|---|', ...rows].join('\n');
}

function read<Value>({ variable, standard, mustBe, secret, read }: Setting<Value>, environment: Record<string, string | undefined>): Value {
  // Empty is what an unset line in a service file looks like.
  const text = environment[variable] || standard;
  const value = read(text);
  if (value === undefined) {
    const [ja, en] = secret ? ['の値は使えません', 'cannot be used'] : [`が「${text}」です`, `is "${text}"`];
    throw new CannotStart(`設定 ${variable} ${ja}。${mustBe.ja}にしてください。`, `The setting ${variable} ${en}: it must be ${mustBe.en}.`);
  }
  return value;
}

/** Passwords and what towns tell each other never cross a network in the open. */
function refuseInsecure({ host, publicUrl, tlsCert, tlsKey, trustProxy, demo }: Config): void {
  const secure = tlsCert !== null || trustProxy.length > 0;
  if (tlsCert !== null && tlsKey === null) throw new CannotStart('NOROSHI_TLS_CERT だけがあり、NOROSHI_TLS_KEY がありません。証明書の鍵も入れてください。', 'NOROSHI_TLS_CERT is set and NOROSHI_TLS_KEY is not: a certificate needs its key.');
  if (tlsKey !== null && tlsCert === null) throw new CannotStart('NOROSHI_TLS_KEY だけがあり、NOROSHI_TLS_CERT がありません。鍵の証明書も入れてください。', 'NOROSHI_TLS_KEY is set and NOROSHI_TLS_CERT is not: a key needs its certificate.');
  if (demo && !isLoopbackName(host)) throw new CannotStart(`デモはパスワードなしでだれでも入れるので、この機械だけで開きます。NOROSHI_HOST を「${host}」にはできません。`, `The demo lets everyone in without a password, so NOROSHI_HOST must not be "${host}": it is opened on this machine alone.`);
  if (!isLoopbackName(host) && !secure) {
    throw new CannotStart(`設定 NOROSHI_HOST が「${host}」で、ほかの機械からも届きますが、HTTPSがありません。NOROSHI_TLS_CERT と NOROSHI_TLS_KEY、または NOROSHI_TRUST_PROXY を入れてください。`, `The setting NOROSHI_HOST is "${host}", which others can reach, and Noroshi does not speak to others without HTTPS: set NOROSHI_TLS_CERT and NOROSHI_TLS_KEY, or NOROSHI_TRUST_PROXY.`);
  }
  if (secure && publicUrl?.protocol !== 'https:') {
    throw new CannotStart(`${tlsCert !== null ? 'NOROSHI_TLS_CERT' : 'NOROSHI_TRUST_PROXY'} があるときは、設定 NOROSHI_PUBLIC_URL に、みなさんが狼煙を開く https:// のアドレスを入れてください。`, `With ${tlsCert !== null ? 'NOROSHI_TLS_CERT' : 'NOROSHI_TRUST_PROXY'}, the setting NOROSHI_PUBLIC_URL must be the https:// address at which people open Noroshi.`);
  }
  if (!secure && publicUrl?.protocol === 'https:') throw new CannotStart('NOROSHI_PUBLIC_URL が https:// で始まるときは、NOROSHI_TLS_CERT と NOROSHI_TLS_KEY、または NOROSHI_TRUST_PROXY も入れてください。', 'NOROSHI_PUBLIC_URL begins with https://, so NOROSHI_TLS_CERT and NOROSHI_TLS_KEY, or NOROSHI_TRUST_PROXY, must be set.');
}

/** A misspelt setting would otherwise be one that silently does nothing. */
function refuseUnknown(environment: Record<string, string | undefined>, flags: readonly string[]): void {
  const known = new Set(Object.values(settings).map(({ variable }) => variable));
  const stranger = Object.keys(environment).find((name) => name.startsWith('NOROSHI_') && !name.startsWith('NOROSHI_TEST_') && !known.has(name));
  if (stranger) throw new CannotStart(`${stranger} という設定はありません。綴りを確かめてください。`, `There is no setting ${stranger}. There are ${[...known].join(', ')}.`);
  const flag = flags.find((given) => !['--demo', '--fresh', '--rescue'].includes(given));
  if (flag !== undefined) throw new CannotStart(`「${flag}」という指定はありません。使えるのは --demo、--fresh、--rescue です。`, `There is no option "${flag}". There are --demo, --fresh and --rescue.`);
}
