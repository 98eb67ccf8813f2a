import { freshDatabase } from '@noroshi/foundations/database/testing';
import { newId } from '@noroshi/foundations/kernel';
import { ManualClock } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sessions } from './sessions.server.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => { database = await freshDatabase(); });
afterAll(() => database.close());

describe('the sessions at hand', () => {
  it('are the ones last asked for, however many devices come; one that is not at hand ends all the same', async () => {
    const clock = new ManualClock();
    const hungUp: string[] = [];
    const sessions = new Sessions({ pool: database.pool, now: clock.now, hangUp: (_person, _code, session) => hungUp.push(session) }, 3);
    const person = newId(clock.now(), randomBytes(10));
    const devices = [];
    for (let i = 0; i < 5; i++) devices.push(await sessions.begin(person, `device ${i}`));
    const [first, second] = [(await sessions.find(devices[0]!.secret))!, (await sessions.find(devices[1]!.secret))!];
    for (const { secret } of [devices[2]!, devices[0]!, devices[3]!, devices[4]!]) await sessions.find(secret);
    expect(sessions.atHand).toBe(3);
    // Asked for in between, the first is still the one that its open line holds; the second is not.
    expect(await sessions.find(devices[0]!.secret)).toBe(first);
    await sessions.end(person);
    expect(sessions.lasts(first)).toBe(false);
    expect(hungUp).toEqual(expect.arrayContaining([first.id, second.id]));
    for (const { secret } of devices) expect(await sessions.find(secret)).toBeUndefined();
  });
});
