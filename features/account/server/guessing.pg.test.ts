import { freshDatabase } from '@noroshi/foundations/database/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Guessing } from './guessing.server.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => { database = await freshDatabase(); });
afterAll(() => database.close());

it('C11 whoever comes in with the right password several times at once is let in each time, and never meets a fault', async () => {
  const guessing = new Guessing(database.pool, Date.now);
  const comesIn = async (): Promise<boolean> => {
    const may = await guessing.mayTry('seiyo-01', '192.0.2.1');
    if (may.ok) await guessing.forgive('seiyo-01', '192.0.2.1');
    return may.ok;
  };
  // What one forgives is taken away while another asks for it. This failed in one of some twenty.
  const all = await Promise.all(Array.from({ length: 4 }, async () => {
    const admitted: boolean[] = [];
    for (let i = 0; i < 40; i++) admitted.push(await comesIn());
    return admitted;
  }));
  expect(all.flat()).toHaveLength(160);
  expect(all.flat().filter(Boolean)).toHaveLength(160);
});

it('C11 who asked a moment earlier and gets to the tables a moment later is not slowed down', async () => {
  const at = (now: number): Guessing => new Guessing(database.pool, () => now);
  expect(await at(1_000).mayTry('iyo-01', '192.0.2.2')).toEqual({ ok: true });
  expect(await at(999).mayTry('iyo-01', '192.0.2.2')).toEqual({ ok: true });
});
