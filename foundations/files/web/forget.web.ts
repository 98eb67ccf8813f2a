import type { Id } from '@noroshi/foundations/kernel';
import { loadForget, type OutboxItem } from '@noroshi/foundations/sync/web';
import { storedFile } from '../stored-file.ts';
import type { KeptFile } from './kept.web.ts';

/**
 * Takes a person's files off this device, but for those that belong to what is not sent yet: their words are in the
 * outbox, or have gone ahead and the bytes have not. To be done while the replica, which knows that, is still here.
 * @param unsent what waits in the outbox
 * @returns how many wait whose words have gone ahead
 */
export async function forgetFiles(person: Id, unsent: readonly OutboxItem[]): Promise<number> {
  const { deleteStore, withStore } = await loadForget();
  const name = `noroshi-files-${person}`;
  const written = JSON.stringify(unsent);
  const kept = (await withStore(name, (db) => db.table<KeptFile>('file').toArray())) ?? [];
  // Where a first attempt was cut short the replica is gone, and what was left is what waits.
  const told = await withStore(`noroshi-replica-${person}`, async (db) => {
    const docs = await db.table('doc').bulkGet(kept.map(({ file }) => [storedFile.noun, file]));
    return new Set(kept.filter((_file, i) => docs[i] !== undefined).map(({ file }) => file));
  });
  const waits = kept.filter(({ file, state }) => state === 'waiting' && (written.includes(file) || !told || told.has(file)));
  if (waits.length === 0) {
    await deleteStore(name);
    return 0;
  }
  const rest = kept.filter((file) => !waits.includes(file)).map(({ file }) => file);
  await withStore(name, (db) => db.transaction('rw', db.tables, async () => { await Promise.all(db.tables.map((table) => table.bulkDelete(rest))); }));
  return waits.filter(({ file }) => !written.includes(file)).length;
}
