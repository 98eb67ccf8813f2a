import { build } from 'vite';

/** Stories run against the application as it is shipped, so it is built first. */
export default async function setup(): Promise<void> {
  await build({ root: 'apps/web', logLevel: 'warn' });
}
