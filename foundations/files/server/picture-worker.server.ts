import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { cleanPicture } from '../picture.ts';
import type { Checked } from './picture-checker.server.ts';

// The thread on which pictures are checked; `picture-checker.server.ts` starts it. It is given the path of one at a time.
parentPort!.on('message', (path: string) => {
  const bytes = readFileSync(path);
  const sha256 = hashOf(bytes);
  const picture = cleanPicture(bytes);
  const checked: Checked = { sha256, ...(picture ? { picture: { ...picture, sha256: hashOf(picture.bytes) } } : {}) };
  // The copy is handed over, not copied once more.
  parentPort!.postMessage(checked, picture ? [picture.bytes.buffer] : []);
});
parentPort!.postMessage('ready');

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
