import { describe, expect, it } from 'vitest';
import { deviceName, judgePassword, loginKey, loginStem } from './account.ts';

const own = ['seiyo-01', '兵頭 太郎', '西予市', 'Seiyo'];

describe('a password', () => {
  it.each([
    'password123', 'Passw0rd2024', 'P@ssw0rd!!!!', 'qwertyuiop', '1234567890', '0987654321', 'aaaaaaaaaaaa', 'abcabcabcabc', '12121212121212',
    'seiyo-01seiyo-01', 'Seiyo20260401', '兵頭太郎兵頭太郎西予市', 'bousai2026bousai', 'matsuyama1234', 'iloveyou2025', 'asdfghjkl;', 'qazwsxedcrfv', '1qaz2wsx3edc', '2026040120260402',
    'ｐａｓｓｗｏｒｄ１２３',
  ])('%s is refused: it could be guessed', (password) => {
    expect(judgePassword(password, own)).toEqual({ ok: false, code: 'account.passwordGuessable' });
  });
  it.each(['tsukue no ue no kabin', '緑の机に三本の傘がある', 'kX9vLq2mTz', 'correct horse battery staple', 'みかん箱と古いラジオ'])('%s is taken', (password) => {
    expect(judgePassword(password, own)).toEqual({ ok: true });
  });
  it('is judged quickly, however long and odd', () => {
    // By this thread's own processor: a busy neighbour does not count.
    const began = process.threadCpuUsage();
    for (const odd of ['a'.repeat(200), '狼'.repeat(200), 'qwerty1'.repeat(28)]) judgePassword(odd, own);
    const { user, system } = process.threadCpuUsage(began);
    expect((user + system) / 1_000).toBeLessThan(200);
  });
});

describe('a login', () => {
  it('is the same from every keyboard', () => {
    expect(loginKey(' Ｓｅｉｙｏ－０１ ')).toBe('seiyo-01');
  });
  it('begins with the romaji of the organization', () => {
    expect([loginStem('Seiyo'), loginStem('Kumakōgen'), loginStem('')]).toEqual(['seiyo-', 'kumakogen-', 'user-']);
  });
});

describe('a device', () => {
  it('is named by what its browser says', () => {
    expect(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1')).toBe('iPhone · Safari');
    expect(deviceName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0')).toBe('Windows · Edge');
    expect(deviceName('curl/8')).toBe('—');
  });
});
