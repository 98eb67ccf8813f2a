import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Stories run against the application as it is shipped, so it is built first, just as a start builds it. */
export default function setup(): void {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'scripts/build.mjs')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the screens could not be built');
}
