import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { tellingBy } from './telling.ts';

const https = { NOROSHI_TLS_CERT: 'a.pem', NOROSHI_TLS_KEY: 'b.pem', NOROSHI_PUBLIC_URL: 'https://noroshi.example.jp' };
const outside = { NOROSHI_SMTP_URL: 'smtps://mail.example.jp', NOROSHI_MAIL_FROM: 'noroshi@example.jp', NOROSHI_SMS_URL: 'https://sms.example.jp/send', NOROSHI_VOICE_URL: 'https://voice.example.jp/call' };

describe('how people are told outside the application', () => {
  it('by push alone unless the settings say more', () => {
    expect(Object.keys(tellingBy(readConfig({}, [])).drivers)).toEqual([]);
    expect(Object.keys(tellingBy(readConfig({ ...https, ...outside }, [])).drivers)).toEqual(['mail', 'sms', 'voice']);
  });
  it('never by mail, SMS or a call in the demo: its people are invented, and their numbers may be somebody’s', () => {
    expect(tellingBy(readConfig(outside, ['--demo'])).drivers).toEqual({});
  });
  it('in the name of who is named, else of the public address, which Apple asks for', () => {
    expect(tellingBy(readConfig(https, []))).toMatchObject({ base: 'https://noroshi.example.jp', push: { subject: 'https://noroshi.example.jp' } });
    expect(tellingBy(readConfig({ ...https, NOROSHI_PUSH_CONTACT: 'mailto:bosai@pref.example.jp' }, [])).push.subject).toBe('mailto:bosai@pref.example.jp');
    expect(tellingBy(readConfig({}, []))).toMatchObject({ base: '', push: { subject: expect.stringMatching(/^mailto:.+@.+\..+/) } });
  });
});
