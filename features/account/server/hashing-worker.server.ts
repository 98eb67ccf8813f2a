import { hashSync, verifySync } from '@node-rs/argon2';
import { getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { cost, givesWay, type HashingJob } from './hashing-thread.server.ts';

// A thread on which passwords are hashed; `hashing-thread.server.ts` starts it. It is given one at a time.
// On Linux a priority is the thread's own: whoever talks goes before whoever comes in. Elsewhere it would be the server's.
if (process.platform === 'linux') setPriority(0, Math.max(getPriority(0), givesWay));
parentPort!.on('message', ({ password, known }: HashingJob) => {
  parentPort!.postMessage(known === undefined ? hashSync(password, cost) : verifySync(known, password));
});
