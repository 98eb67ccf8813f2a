/** Keeping at work: what follows from what administrators decide. */
import type { Stair } from '@noroshi/foundations/sync/server';
import { keptStream } from '../book.ts';
import { redacted } from '../redacted.ts';

/** What could not be done is tried again after so long, in milliseconds. */
const again = 60_000;

export { cardKeeper, mountAudit } from './audit-visits.server.ts';
export { AuditLog } from './audit-log.server.ts';

/**
 * Sees to it that what two have agreed to dispose of goes, and that the bytes of photographs and files go behind the words;
 * now, when something is decided, and at the next start.
 * @param folder of files; undefined where there is none
 */
export function followKeeping(stair: Stair, folder: string | undefined, report: (error: unknown, what: string) => void): { idle(): Promise<void> } {
  let working: Promise<void> = Promise.resolve();
  const work = (): void => {
    working = working.then(async () => {
      await (await import('./follow-disposals.server.ts')).disposeAll(stair);
      if (folder !== undefined) await (await import('./drop-files.server.ts')).dropFiles(stair, folder);
    }).catch((error: unknown) => {
      report(error, 'taking words and files out of the record');
      setTimeout(work, again).unref();
    });
  };
  stair.onCommitted((committed) => {
    if (committed.some(({ stream, events }) => stream.key === keptStream || events.some(({ kind }) => kind === redacted.kind))) work();
  });
  // Where nobody has ever decided anything there is nothing to look for.
  if (stair.memory.streams.has(keptStream)) work();
  return { idle: () => working };
}
