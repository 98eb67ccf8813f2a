import { Dexie } from 'dexie';
import type { Id } from '@noroshi/foundations/kernel';
import { unmark } from './outbox-mark.web.ts';
import type { OutboxItem } from './store.web.ts';

const ofSomeone = /^noroshi-(?:replica|outbox|files)-([0-9a-f-]{36})$/;
/** A store that a window will not let go of is emptied all the same, and deleted when that window goes (milliseconds). */
const patience = 3_000;

/** Whose things lie on this device. */
export async function whoseAreHere(): Promise<Id[]> {
  const people = (await Dexie.getDatabaseNames()).map((name) => ofSomeone.exec(name)?.[1]).filter((person) => person !== undefined);
  return [...new Set(people)];
}

/** Does something with a store that lies on this device, whatever build made it; nothing where there is none. */
export async function withStore<T>(name: string, work: (db: Dexie) => Promise<T>): Promise<T | undefined> {
  if (!(await Dexie.exists(name))) return undefined;
  const db = new Dexie(name, { cache: 'disabled', chromeTransactionDurability: 'strict' });
  try {
    await db.open();
    return await work(db);
  } finally {
    db.close();
  }
}

/** Takes a store off this device. It is emptied first, so that nothing is left in it should another window hold on to it. */
export async function deleteStore(name: string): Promise<void> {
  await withStore(name, async (db) => {
    if (db.tables.length > 0) await db.transaction('rw', db.tables, async () => { await Promise.all(db.tables.map((table) => table.clear())); });
  });
  await Promise.race([Dexie.delete(name), new Promise<void>((done) => setTimeout(done, patience))]);
}

/** What a person said here and the server has not taken: it waits, or was refused and nobody has dropped it yet. */
export async function unsentOf(person: Id): Promise<readonly OutboxItem[]> {
  return (await withStore(`noroshi-outbox-${person}`, (db) => db.table<OutboxItem>('item').filter((item) => item.state !== 'accepted').toArray())) ?? [];
}

/**
 * Takes off this device what it held of a person: the talks, the directory, what was read, what was half written. What
 * they said and the server has not taken stays in the outbox, bound to them, and so does what this device has to tell the
 * audit (`audit/` among the drafts: ids and times, no words); with nothing in it, it goes too.
 */
export async function forgetPerson(person: Id): Promise<void> {
  await deleteStore(`noroshi-replica-${person}`);
  const outbox = `noroshi-outbox-${person}`;
  const left = await withStore(outbox, (db) => db.transaction('rw', db.tables, async () => {
    const draft = db.table<{ place: string }, string>('draft');
    await draft.filter(({ place }) => !place.startsWith('audit/')).delete();
    await db.table<OutboxItem>('item').filter((item) => item.state === 'accepted').delete();
    return { items: await db.table('item').count(), notes: await draft.count() };
  }));
  if (left && left.items + left.notes === 0) await deleteStore(outbox);
  unmark(person, localStorage, left !== undefined && left.items > 0);
}
