import { openRoom } from '@noroshi/features/talk';
import type { FilesEnd } from '@noroshi/foundations/files/web';
import type { Refusal } from '@noroshi/foundations/kernel';
import { roomStream, type Deed } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { beginImport } from '../bring.ts';
import { carry } from './carry.ts';
import type { Chosen, Plan } from './plan.ts';

interface How {
  /** The name of the room that is opened for it. */
  readonly opens?: string;
  readonly files: FilesEnd;
  readonly told: (done: number) => void;
  readonly isOver: () => boolean;
}

/** Does one thing, and waits for the hub's word: what follows hangs on it. */
async function does<I>(stair: LowerEnd, deed: Deed<I, any> & { deed: string }, input: I): Promise<Refusal | undefined> {
  const sent = await stair.send(deed, input);
  const answer = sent.ok ? await sent.answer : sent;
  if (!answer.ok && sent.ok) await stair.drop(sent.id);
  return answer.ok ? undefined : { ...answer, ...(answer.params ? { params: answer.params } : {}) } as Refusal;
}

/** 移行する: opens the room where one is wanted, tells what comes, and carries the pages up. The file goes behind them. @returns why it ended early */
export async function bringNow(stair: LowerEnd, { prepared, read }: Chosen, { place, past, room, sorted, pages, come, keepsFile, readers, resumes, stand, from, to }: Plan, { opens, files, told, isOver }: How): Promise<Refusal | undefined> {
  const opened = opens === undefined ? undefined : await does(stair, openRoom, { id: place, kind: 'purpose', name: opens, short: [...opens][0]!, orgs: [], people: [] });
  if (opened) return opened;
  if (!resumes) {
    const { file, kind, size, type, blob, name, sha256 } = prepared;
    // On this device's disk first: what is announced must be here, whatever happens.
    if (keepsFile) await files.kept.keep({ file, stream: roomStream(place), kind, size, type, at: stair.now() }, { blob });
    const begun = await does(stair, beginImport, {
      place, id: past, source: read.source, name, size, lines: sorted.lines.length, pages: pages.length, left: sorted.left.length, from, to, stand, ...(keepsFile ? { file, fileSha256: sha256 } : {}), ...(readers.length > 0 ? { readers: readers.map(({ person }) => person) } : {}), ...(room === undefined ? {} : { room }),
    });
    if (begun) {
      if (keepsFile) await files.kept.drop(file);
      return begun;
    }
  }
  return carry(stair, { place, past, pages, from: come }, told, isOver);
}
