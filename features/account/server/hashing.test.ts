import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { givesWay, type HashingJob } from './hashing-thread.server.ts';
import { Hashing } from './hashing.server.ts';

// It is slow on purpose, and slower on a machine that has other things to do.
describe('hashing passwords', { timeout: 60_000 }, () => {
  it('takes those who wait in turn by where they come from, so that one address holds up nobody else', async () => {
    // Which of two threads ends first is the machine's affair; which password is taken next is ours. The slower one holds one password to the end.
    const taken: string[] = [];
    let release!: () => void;
    const slow = new Promise<void>((done) => { release = done; });
    const threads = [{ do: ({ password }: HashingJob) => { taken.push(password); return slow.then(() => true); } }, { do: async ({ password }: HashingJob) => { taken.push(password); return true; } }];
    const hashing = new Hashing(threads);
    const all = Promise.all([...Array.from({ length: 8 }, (_, i) => `noisy ${i}`), 'quiet', 'other', 'quiet again'].map((password) => hashing.verify('known', password, password.split(' ')[0]!)));
    await vi.waitFor(() => expect(taken).toHaveLength(11));
    expect(taken).toEqual(['noisy 0', 'noisy 1', 'noisy 2', 'quiet', 'other', 'noisy 3', 'quiet again', 'noisy 4', 'noisy 5', 'noisy 6', 'noisy 7']);
    release();
    expect(await all).toEqual(Array.from({ length: 11 }, () => true));
  });

  it('answers all who wait, on its own threads', async () => {
    const hashing = new Hashing();
    const known = String(await hashing.hash('みかん箱と古いラジオ', 'here'));
    const all = ['noisy', 'noisy', 'noisy', 'quiet', 'other'].map((from, i) => hashing.verify(known, i === 1 ? 'ちがう言葉' : 'みかん箱と古いラジオ', from));
    expect(await Promise.all(all)).toEqual([true, false, true, true, true]);
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
