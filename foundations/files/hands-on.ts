import type { Id } from '@noroshi/foundations/kernel';
import { happens, type Happens } from '@noroshi/foundations/sync';
import { fileArrived, fileAwaited, fileThumbArrived, type StoredFile } from './stored-file.ts';

/**
 * The part of a deed that hands on a file that has arrived, to where others may see it: the same bytes under another name. What was planned at a
 * desk comes onto the board so.
 * @param of what it belongs to there
 * @param as its id there
 */
export function handsOnFiles(of: Id, { kind, name, size, type, sha256, width, height, thumb }: StoredFile, as: Id, more: Omit<Happens, 'kind' | 'body'> = {}): Happens[] {
  return [
    happens(fileAwaited, { file: as, of, kind, name, size, type, sha256: sha256! }, more),
    ...(thumb ? [happens(fileThumbArrived, { file: as, ...thumb }, more)] : []),
    happens(fileArrived, { file: as, sha256: sha256!, size, type, ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) }, more),
  ];
}
