/** Photographs and files: announced with the words they belong to, sent behind them, fetched by who sees their stream. */
import { feature } from '@noroshi/foundations/sync';
import { filesFacts } from './facts.ts';
import { arriveFile, arriveThumb, refuseFile } from './arrive.ts';

export { filesFacts };
export { awaitsFiles, fileArrived, fileAwaited, fileKinds, fileRefused, fileThumbArrived, largestFile, largestPhoto, sha256Shape, storedFile, theFile, withdrawsFiles, type Awaited, type FileKind, type StoredFile } from './stored-file.ts';
export { handsOnFiles } from './hands-on.ts';
export { harmlessName, unseen } from './harmless-name.ts';
export { downloadType, unknownType } from './download-type.ts';
export { arriveFile, arriveThumb, refuseFile };

export const files = feature('files', {
  ...filesFacts,
  deeds: [arriveFile, arriveThumb, refuseFile],
});
