import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { KeptFiles } from './kept.web.ts';

/** What a screen sees of files: what this device keeps. */
export interface FilesEnd { readonly kept: KeptFiles }

export const FilesContext = createContext<FilesEnd | undefined>(undefined);

/** This device's files. */
export function useFiles(): FilesEnd {
  const files = useContext(FilesContext);
  if (!files) throw new Error('this screen has no files');
  return files;
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 3_000));

/** Opens this device's files, and sends them behind their words. Where several tabs are open, one of them sends. */
export function openFilesEnd(stair: LowerEnd): { files: FilesEnd; close: () => void } {
  const kept = new KeptFiles(stair.actor.person);
  const ending = new AbortController();
  const { signal } = ending;
  const send = async (): Promise<void> => {
    // The first screen does not wait for who sends, nor share its line with them, unless something waits from before.
    if (await kept.file.where('state').equals('waiting').count() === 0) await Promise.all([settled(), stair.replica.whole()]);
    const { Uploads } = await import('./uploads.web.ts');
    if (signal.aborted) return;
    const uploads = new Uploads({ stair, kept, fetch: (...call) => fetch(...call), now: () => Date.now(), random: Math.random });
    uploads.start();
    const hurry = (): void => { if (document.visibilityState === 'visible') uploads.hurry(); };
    addEventListener('online', hurry, { signal });
    document.addEventListener('visibilitychange', hurry, { signal });
    await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
    await uploads.stop();
  };
  const sending = navigator.locks.request(`noroshi-upload-${stair.actor.person}`, { signal }, send).catch(() => undefined);
  return {
    files: { kept },
    close: () => {
      ending.abort();
      void sending.finally(() => kept.close());
    },
  };
}
