import { describe, expect, it } from 'vitest';
import { Hashing } from './hashing.server.ts';

// It is slow on purpose, and slower on a machine that has other things to do.
describe('hashing passwords', { timeout: 60_000 }, () => {
  it('takes those who wait in turn by where they come from, so that one address holds up nobody else', async () => {
    const hashing = new Hashing();
    const done: string[] = [];
    const ask = (from: string): Promise<unknown> => hashing.verify(null, 'みかん箱と古いラジオ', from).then(() => done.push(from));
    await Promise.all([...Array.from({ length: 8 }, () => ask('noisy')), ask('quiet'), ask('other')]);
    expect(done).toHaveLength(10);
    expect(Math.max(done.indexOf('quiet'), done.indexOf('other'))).toBeLessThan(7);
  });

  it('lets only so many wait, and tells the others when to come back', async () => {
    const hashing = new Hashing();
    const all = await Promise.all(Array.from({ length: 30 }, () => hashing.verify(null, 'みかん箱と古いラジオ', 'noisy')));
    expect(all.filter((answer) => answer === false)).toHaveLength(10);
    expect(all).toContainEqual({ ok: false, code: 'account.comeBackLater', params: { seconds: 5 } });
    const crowd = await Promise.all(Array.from({ length: 100 }, (_, i) => hashing.verify(null, 'みかん箱と古いラジオ', `place-${i}`)));
    expect(crowd.filter((answer) => answer === false)).toHaveLength(66);
  });

  it('knows a password again, however a keyboard composed it', async () => {
    const hashing = new Hashing();
    const hashed = await hashing.hash('ﾊﾟｽﾜｰﾄﾞではない言葉', 'here');
    expect(await hashing.verify(String(hashed), 'パスワードではない言葉', 'here')).toBe(true);
    expect(await hashing.verify(String(hashed), 'パスワードではない言葉。', 'here')).toBe(false);
  });
});
