import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { isPublicAddress, isPushEndpoint, type Letter } from '@noroshi/foundations/notify/server';
import { international } from '@noroshi/foundations/notify/drivers';
import { until } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { declared } from './declared.ts';
import { outside } from './outside.ts';
import { Turns } from './server/turns.server.ts';

const letter: Letter = {
  id: '0197a000-0000-7000-8000-000000000001', title: 'グループC', body: '兵頭 太郎（西予市）：水が来ています', path: '/talk/x', link: 'https://noroshi.example/talk/x', tag: 'talk/x', urgent: true, drill: true, language: 'ja',
};

describe('what is said', () => {
  it('N5 outside a browser is that something waits and where, and no word of it, in the reader’s language', () => {
    const ja = outside(letter, words('ja', japanese));
    expect(ja).toEqual({
      subject: '【訓練】狼煙：緊急のお知らせがあります。すぐに開いてください',
      text: '【訓練】狼煙：緊急のお知らせがあります。すぐに開いてください\nhttps://noroshi.example/talk/x',
      spoken: 'これは訓練です。災害ホットライン狼煙からの緊急のお知らせです。あなたの回答を待っています。すぐにアプリを開いてください。',
    });
    const en = outside({ ...letter, urgent: false, drill: false }, words('en', english));
    for (const said of [...Object.values(ja), ...Object.values(en)]) for (const word of ['水', 'グループC', '兵頭']) expect(said).not.toContain(word);
    expect(en.subject).toBe('Noroshi: something waits for you');
  });
  it('N4 by push fits into what every push service takes, however long it is', () => {
    const long = declared({ ...letter, title: '避'.repeat(500), body: `長い\n話${'🔥'.repeat(5_000)}` });
    expect(Buffer.byteLength(JSON.stringify(long))).toBeLessThan(3_000);
    expect([...long.notification.title]).toHaveLength(80);
    expect(long.notification.title.endsWith('…')).toBe(true);
    expect(long.notification.body.startsWith('長い 話🔥')).toBe(true);
    expect(declared(letter)).toEqual({ web_push: 8030, notification: { title: letter.title, body: letter.body, navigate: letter.link, tag: letter.tag, lang: 'ja', silent: false, data: { urgent: true } } });
    expect(declared({ ...letter, confirm: 'abc', silent: true })).toMatchObject({ mutable: true, notification: { silent: true, data: { confirm: 'abc' } } });
  });
});

describe('where it may go', () => {
  it.each(['10.0.0.1', '127.0.0.1', '169.254.169.254', '172.31.0.1', '192.168.1.1', '100.64.0.1', '0.0.0.0', '224.0.0.1', '::1', '[::1]', '::', 'fe80::1%eth0', 'fd00::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:a00:1::', 'localhost', ''])('N6 not to %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  it.each(['8.8.8.8', '142.250.1.1', '2404:6800:4004::1', '[2404:6800:4004::1]'])('N6 to %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each([
    ['https://fcm.googleapis.com/fcm/send/abc', true], ['https://web.push.apple.com/QGx', true], ['http://fcm.googleapis.com/fcm/send/abc', false], ['https://127.0.0.1/x', false], ['https://[::1]/x', false],
    ['https://2130706433/x', false], ['https://0x7f.1/x', false], ['https://localhost/x', false], ['https://metadata.google.internal/x', false], ['https://user@fcm.googleapis.com/x', false], ['https://intranet/x', false], ['file:///etc/passwd', false], ['', false], ['https://ntfy.lan/x', false],
  ])('N6 an endpoint of push: %s %s', (endpoint, may) => {
    expect(isPushEndpoint(endpoint, [])).toBe(may);
  });
  it('N6 a push service of one’s own lies inside where the setting names it', () => {
    expect(isPushEndpoint('https://ntfy.lan/x', ['ntfy.lan'])).toBe(true);
    expect(isPushEndpoint('http://ntfy.lan/x', ['ntfy.lan'])).toBe(false);
  });
  it('writes numbers as telephone networks do', () => {
    expect(['090-1234-5678', '+44 20 7946 0000', '0894-62-1111'].map(international)).toEqual(['+819012345678', '+442079460000', '+81894621111']);
  });
});

describe('whose turn it is', () => {
  it('N7 so many go at once, of one person only a few, and the urgent before the others', async () => {
    const turns = new Turns(4, 2);
    const began: string[] = [];
    const ends: (() => void)[] = [];
    const work = (name: string) => () => new Promise<void>((end) => { began.push(name); ends.push(end); });
    const all = ['slow', 'slow', 'slow'].map((who, i) => turns.take(who, false, work(`${who}${i}`)));
    for (const who of ['a', 'b', 'c']) all.push(turns.take(who, false, work(who)));
    all.push(turns.take('d', true, work('urgent')));
    await until(() => began.length === 4, 'four to begin');
    expect(began).toEqual(['slow0', 'slow1', 'a', 'b']);
    ends[2]!();
    await until(() => began.length === 5, 'the next');
    expect(began[4]).toBe('urgent');
    ends[3]!();
    await until(() => began.length === 6, 'the next');
    expect(began[5]).toBe('c');
    for (const end of ends) end();
    await until(() => began.length === 7, 'the third of the slow one');
    ends.at(-1)!();
    await Promise.all(all);
  });
});
