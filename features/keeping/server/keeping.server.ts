/** Keeping at work: what follows from what administrators decide. */
import type { Stair } from '@noroshi/foundations/sync/server';
import { keptStream } from '../book.ts';
import { redaction, type Redaction } from '../redaction.ts';
import { redacted } from '../redacted.ts';

/**
 * Sees to it that the bytes of blacked-out photographs and files go, now and at the next start.
 * @param folder of files
 */
export function followRedactions(stair: Stair, folder: string, report: (error: unknown, what: string) => void): void {
  let working: Promise<void> = Promise.resolve();
  const work = (): void => {
    if (!stair.memory.of(keptStream, redaction.noun).some(({ value }) => (value as Redaction).state === 'approved' && (value as Redaction).parts.includes('files'))) return;
    working = working.then(async () => (await import('./drop-files.server.ts')).dropFiles(stair, folder)).catch((error: unknown) => report(error, 'taking blacked-out files from the disk'));
  };
  stair.onCommitted((committed) => {
    if (committed.some(({ events }) => events.some(({ kind }) => kind === redacted.kind))) work();
  });
  work();
}
