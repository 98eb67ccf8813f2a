import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// Two projects ask for it; it is built once for both.
const shared = globalThis as { noroshiScreens?: boolean };

/** Stories run against the application as it is shipped, so it is built first, just as a start builds it. */
export default function setup(): void {
  if (shared.noroshiScreens) return;
  shared.noroshiScreens = true;
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'scripts/build.mjs')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the screens could not be built');
}
