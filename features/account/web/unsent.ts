import { storedFile } from '@noroshi/foundations/files';
import type { FilesEnd } from '@noroshi/foundations/files/web';
import type { LowerEnd } from '@noroshi/foundations/sync/web';

/** How much of what was said here the server has not taken: words, and files whose words have gone ahead. */
export async function countUnsent(stair: LowerEnd, { kept }: FilesEnd): Promise<number> {
  const items = (await stair.replica.outbox.item.toArray()).filter((item) => item.state !== 'accepted');
  const written = JSON.stringify(items);
  const waiting = (await kept.file.where('state').equals('waiting').toArray()).filter(({ file }) => !written.includes(file));
  const told = await Promise.all(waiting.map(({ file }) => stair.replica.get(storedFile.noun, file)));
  return items.length + told.filter((file) => file !== undefined).length;
}
