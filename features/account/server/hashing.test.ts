import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { describe, expect, it } from 'vitest';
import { givesWay } from './hashing-thread.server.ts';
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

  it('gives way to who is on the line: its threads have a lower priority, and nothing else has', async () => {
    // Where a priority is the whole server's (it is the thread's own on Linux) there is nothing to see.
    const threads = (): number[] => (process.platform === 'linux' ? readdirSync('/proc/self/task').map((thread) => Number(readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ')[1]!.split(' ')[16])) : []);
    const low = (): number => threads().filter((nice) => nice === Math.max(getPriority(), givesWay)).length;
    const before = low();
    const hashing = new Hashing();
    await Promise.all(['here', 'there'].map((from) => hashing.verify(null, 'みかん箱と古いラジオ', from)));
    expect(low() - before).toBe(process.platform === 'linux' ? 2 : 0);
    expect(threads().every((nice) => nice === getPriority() || nice === Math.max(getPriority(), givesWay))).toBe(true);
  });

  it('knows a password again, however a keyboard composed it', async () => {
    const hashing = new Hashing();
    const hashed = await hashing.hash('ﾊﾟｽﾜｰﾄﾞではない言葉', 'here');
    expect(await hashing.verify(String(hashed), 'パスワードではない言葉', 'here')).toBe(true);
    expect(await hashing.verify(String(hashed), 'パスワードではない言葉。', 'here')).toBe(false);
  });
});
