import { until } from '@noroshi/foundations/testing';
import { Dexie, type EntityTable, type Subscription } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveQuery } from './live-query.web.ts';

interface Thing { id: number; place: string }
let store: Dexie & { thing: EntityTable<Thing, 'id'>; other: EntityTable<Thing, 'id'> };
let watching: Subscription[] = [];
beforeEach(async () => {
  store = new Dexie(`live-query-${Math.random()}`, { indexedDB: new IDBFactory(), IDBKeyRange, cache: 'disabled' }) as typeof store;
  store.version(1).stores({ thing: 'id, place', other: 'id, place' });
  await store.open();
});
afterEach(() => {
  for (const one of watching.splice(0)) one.unsubscribe();
  store.close();
});

/** Watches how many things are in a place. @param meanwhile done while it reads @returns what was told */
function watched(place: string, meanwhile?: () => Promise<unknown>): number[] {
  const told: number[] = [];
  watching.push(liveQuery(async () => {
    const n = await store.thing.where('place').equals(place).count();
    await meanwhile?.();
    return n;
  }).subscribe((n) => void told.push(n)));
  return told;
}

/** Tells whoever began to watch last as if something were written. @returns whether it was added to what Dexie keeps for them */
function kept(parts: object): boolean {
  let seen = false;
  const { subscribers } = Dexie.on.storagemutated as unknown as { subscribers: ((parts: object) => void)[] };
  subscribers.at(-1)!(new Proxy(parts, { ownKeys: (all) => { seen = true; return Reflect.ownKeys(all); } }));
  return seen;
}

describe('a query that is watched', () => {
  it('is asked anew when what it has read is written, each for itself, and told nothing once it is over', async () => {
    const [here, there] = [watched('here'), watched('there')];
    const are = (h: number, t: number): Promise<unknown> => until(() => here.at(-1) === h && there.at(-1) === t, `${h} here and ${t} there to be told`);
    await are(0, 0);
    await store.thing.put({ id: 1, place: 'here' });
    await are(1, 0);
    await store.thing.put({ id: 2, place: 'there' });
    await are(1, 1);
    await store.thing.update(1, { place: 'there' });
    await are(0, 2);
    const times = here.length;
    for (const one of watching.splice(0)) one.unsubscribe();
    await store.thing.put({ id: 3, place: 'here' });
    await new Promise((passed) => setTimeout(passed, 50));
    expect(here).toHaveLength(times);
  });

  it('hears of what is written while it reads', async () => {
    let writes = 0;
    const here = watched('here', async () => {
      // Beside the query and not in it.
      if (writes++ < 2) await Dexie.ignoreTransaction(() => new Promise((done) => setTimeout(() => void store.thing.put({ id: writes, place: 'here' }).then(done))));
    });
    await until(() => here.at(-1) === 2, 'both to be told');
  });

  it('keeps nothing of what is written elsewhere, by the names that Dexie has for it', async () => {
    const here = watched('here');
    await until(() => here.length === 1, 'it to be told');
    const written = (table: string, place: string) => ({ [`idb://${store.name}/${table}/place`]: { from: place, to: place, d: 1 } });
    expect([kept(written('other', 'here')), kept(written('thing', 'there')), kept(written('thing', 'here'))]).toEqual([false, false, true]);
    await until(() => here.length === 2, 'it to be asked anew');
  });
});
