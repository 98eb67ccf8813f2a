import { facts } from '@noroshi/foundations/sync';
import { fileArrived, fileAwaited, fileRefused, fileThumbArrived, fileWithdrawn, storedFile } from './stored-file.ts';

/** What this room makes true: all that a device must know to hold it. Deeds come with the pages that do them. */
export const filesFacts = facts('files', {
  events: [fileArrived, fileRefused, fileAwaited, fileWithdrawn, fileThumbArrived],
  nouns: [storedFile],
});
