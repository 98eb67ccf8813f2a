import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig, settingsTable } from './config.ts';

/** A line in Japanese, and this in the English one below it. */
const inBoth = (english: string): RegExp => new RegExp(`[ぁ-ん].*\\n.*${english.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 's');

describe('the settings', () => {
  it('are all good when nothing is set', () => {
    expect(readConfig({}, [])).toMatchObject({ port: 8080, databaseUrl: null, logLevel: 'warn', demo: false, fresh: false });
    expect(readConfig({ PORT: '' }, [])).toMatchObject({ port: 8080 });
  });

  it('keep what the demo invents apart from what is real', () => {
    const real = readConfig({ NOROSHI_DATA: '/srv/狼煙' }, []);
    const demo = readConfig({ NOROSHI_DATA: '/srv/狼煙' }, ['--demo', '--fresh']);
    expect([real.dataFolder, demo.dataFolder]).toEqual(['/srv/狼煙', '/srv/狼煙/demo']);
    expect(() => readConfig({ DATABASE_URL: 'postgres://a@b/c' }, ['--demo'])).toThrow(inBoth('DATABASE_URL must not be set'));
    expect(() => readConfig({}, ['--fresh'])).toThrow(inBoth('for the demo alone'));
  });

  it.each([
    [{ PORT: 'abc' }, [], 'The setting PORT is "abc": it must be a whole number from 0 to 65535.'],
    [{ PORT: '65536' }, [], 'The setting PORT is "65536"'],
    [{ PORT: '-1' }, [], 'The setting PORT is "-1"'],
    [{ NOROSHI_LOG: 'loud' }, [], 'The setting NOROSHI_LOG is "loud": it must be one of silent, fatal'],
    [{ DATABASE_URL: 'mysql://user:secret@host/x' }, [], 'The setting DATABASE_URL cannot be used: it must be an address such as postgres://'],
    [{ NOROSHI_DTA: 'x' }, [], 'There is no setting NOROSHI_DTA.'],
    [{}, ['--dmeo'], 'There is no option "--dmeo".'],
  ])('stop the start with a sentence that names the bad one: %j %j', (environment, flags, sentence) => {
    expect(() => readConfig(environment as Record<string, string>, flags)).toThrow(inBoth(sentence));
  });

  const https = { NOROSHI_HOST: '0.0.0.0', NOROSHI_TLS_CERT: 'a.pem', NOROSHI_TLS_KEY: 'b.pem', NOROSHI_PUBLIC_URL: 'https://noroshi.example.jp' };
  const proxied = { NOROSHI_HOST: '::', NOROSHI_TRUST_PROXY: '10.1.0.0/16, ::1', NOROSHI_PUBLIC_URL: 'https://noroshi.example.jp' };

  it('let others in only by HTTPS: with a certificate, or behind a proxy that has a name', () => {
    expect(readConfig({}, [])).toMatchObject({ host: '127.0.0.1', publicUrl: null, tlsCert: null, trustProxy: [] });
    expect(readConfig(https, [])).toMatchObject({ host: '0.0.0.0', tlsCert: expect.stringMatching(/a\.pem$/) });
    expect(readConfig(proxied, [])).toMatchObject({ host: '::', trustProxy: ['10.1.0.0/16', '::1'] });
    expect(readConfig({ ...proxied, NOROSHI_HOST: '' }, [])).toMatchObject({ host: '127.0.0.1' });
  });

  it.each([
    [{ NOROSHI_HOST: '0.0.0.0' }, 'The setting NOROSHI_HOST is "0.0.0.0", which others can reach'],
    [{ NOROSHI_HOST: '192.168.1.5', NOROSHI_PUBLIC_URL: 'http://localhost' }, 'The setting NOROSHI_HOST is "192.168.1.5"'],
    [{ ...https, NOROSHI_TLS_KEY: '' }, 'NOROSHI_TLS_CERT is set and NOROSHI_TLS_KEY is not'],
    [{ ...https, NOROSHI_TLS_CERT: '' }, 'NOROSHI_TLS_KEY is set and NOROSHI_TLS_CERT is not'],
    [{ ...https, NOROSHI_PUBLIC_URL: '' }, 'With NOROSHI_TLS_CERT, the setting NOROSHI_PUBLIC_URL must be'],
    [{ ...proxied, NOROSHI_PUBLIC_URL: 'http://localhost:8080' }, 'With NOROSHI_TRUST_PROXY, the setting NOROSHI_PUBLIC_URL must be'],
    [{ NOROSHI_PUBLIC_URL: 'https://noroshi.example.jp' }, 'NOROSHI_PUBLIC_URL begins with https://'],
    [{ NOROSHI_PUBLIC_URL: 'http://noroshi.example.jp' }, 'The setting NOROSHI_PUBLIC_URL is'],
    [{ NOROSHI_PUBLIC_URL: 'https://noroshi.example.jp/hotline' }, 'The setting NOROSHI_PUBLIC_URL is'],
    [{ NOROSHI_TRUST_PROXY: 'proxy.example' }, 'The setting NOROSHI_TRUST_PROXY is'],
    [{ NOROSHI_TRUST_PROXY: '10.0.0.0/64' }, 'The setting NOROSHI_TRUST_PROXY is'],
    [{ NOROSHI_HOST: 'example.jp' }, 'The setting NOROSHI_HOST is'],
  ])('never speak in the open: %j', (environment, sentence) => {
    expect(() => readConfig(environment as Record<string, string>, [])).toThrow(inBoth(sentence));
  });

  it('keep the demo, where nobody has a password, on this machine', () => {
    expect(() => readConfig(https, ['--demo'])).toThrow(inBoth('so NOROSHI_HOST must not be "0.0.0.0"'));
  });

  it.each([
    { DATABASE_URL: 'mysql://user:secret@host/x' }, { NOROSHI_SMTP_URL: 'imap://user:secret@host' }, { NOROSHI_SMS_URL: 'http://user:secret@sms.example' }, { NOROSHI_SMS_TOKEN: 'sec ret' }, { NOROSHI_VOICE_TOKEN: 'sec\nret' },
  ])('never repeat a password: %j', (environment) => {
    expect(() => readConfig(environment as unknown as Record<string, string>, [])).toThrow(/^(?!.*(secret|sec ret|sec\nret))設定 \w+ の値は使えません。[^\n]+\nThe setting \w+ cannot be used: /s);
  });

  it('tell by which ways people are told outside the application', () => {
    expect(readConfig({}, [])).toMatchObject({ smtpUrl: null, smsUrl: null, voiceUrl: null, pushInside: [], pushContact: null });
    expect(readConfig({
      NOROSHI_SMTP_URL: 'smtp://localhost:25?plain', NOROSHI_MAIL_FROM: '狼煙 <noroshi@example.jp>', NOROSHI_SMS_KIND: 'android', NOROSHI_SMS_URL: 'http://sms:p@192.168.1.20:8080', NOROSHI_PUSH_INSIDE: 'ntfy.pref.example, push.lan', NOROSHI_PUSH_CONTACT: 'mailto:bosai@pref.example.jp',
    }, [])).toMatchObject({ mailFrom: '狼煙 <noroshi@example.jp>', smsKind: 'android', pushInside: ['ntfy.pref.example', 'push.lan'] });
  });

  it.each([
    [{ NOROSHI_SMTP_URL: 'smtps://mail.example.jp' }, 'NOROSHI_MAIL_FROM is not'],
    [{ NOROSHI_SMTP_URL: 'smtp://user:p@mail.example.jp?plain' }, 'NOROSHI_SMTP_URL cannot be used'],
    [{ NOROSHI_SMS_URL: 'http://sms.example.jp/send' }, 'NOROSHI_SMS_URL cannot be used'],
    [{ NOROSHI_VOICE_URL: 'http://8.8.8.8/call' }, 'NOROSHI_VOICE_URL cannot be used'],
    [{ NOROSHI_SMS_KIND: 'pigeon' }, 'must be post or android'],
    [{ NOROSHI_PUSH_CONTACT: 'bosai@pref.example.jp' }, 'must be an address such as mailto:'],
    [{ NOROSHI_PUSH_CONTACT: 'https://localhost' }, 'must be an address such as mailto:'],
    [{ NOROSHI_MAIL_FROM: 'a@b\r\nBcc: c@d' }, 'The setting NOROSHI_MAIL_FROM'],
    [{ NOROSHI_PUSH_INSIDE: 'https://ntfy' }, 'must be host names'],
    [{ NOROSHI_TURN_URLS: 'turn:t.example.jp:3478' }, 'NOROSHI_TURN_SECRET one is set and the other is not'],
    [{ NOROSHI_TURN_URLS: 'https://t.example.jp', NOROSHI_TURN_SECRET: 'x' }, 'must be addresses such as turn:'],
    [{ NOROSHI_JANUS_URL: 'ws://127.0.0.1:8188' }, 'NOROSHI_JANUS_KEY one is set and the other is not'],
    [{ NOROSHI_JANUS_URL: 'ws://janus.example.jp', NOROSHI_JANUS_KEY: 'x' }, 'NOROSHI_JANUS_URL cannot be used'],
  ])('tell nobody in the open, and nobody whom they cannot name: %j', (environment, sentence) => {
    expect(() => readConfig(environment as Record<string, string>, [])).toThrow(inBoth(sentence));
  });

  it('are in docs/operating.md as they are in the code', () => {
    const docs = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');
    expect(docs).toContain(settingsTable());
  });
});
