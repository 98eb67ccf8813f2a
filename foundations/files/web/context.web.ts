import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { KeptFiles } from './kept.web.ts';
import { Uploads } from './uploads.web.ts';

/** What a screen sees of files: what this device keeps, and the one who sends it. */
export interface FilesEnd { readonly kept: KeptFiles; readonly uploads: Uploads }

export const FilesContext = createContext<FilesEnd | undefined>(undefined);

/** This device's files. */
export function useFiles(): FilesEnd {
  const files = useContext(FilesContext);
  if (!files) throw new Error('this screen has no files');
  return files;
}

/** Opens this device's files. Where several tabs are open, one of them sends. */
export function openFilesEnd(stair: LowerEnd): { files: FilesEnd; close: () => void } {
  const kept = new KeptFiles(stair.actor.person);
  const uploads = new Uploads({ stair, kept, fetch: (...call) => fetch(...call), now: () => Date.now(), random: Math.random });
  const ending = new AbortController();
  const { signal } = ending;
  void navigator.locks
    .request(`noroshi-upload-${stair.actor.person}`, { signal }, () => new Promise<void>((done) => {
      uploads.start();
      signal.addEventListener('abort', () => done());
    }))
    .catch(() => undefined);
  addEventListener('online', () => uploads.hurry(), { signal });
  return {
    files: { kept, uploads },
    close: () => {
      ending.abort();
      void uploads.stop().finally(() => kept.close());
    },
  };
}
