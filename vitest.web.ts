import { build } from 'vite';

/** Stories run against the application as it is shipped, so it is built first. */
export default async function setup(): Promise<void> {
  // Vitest says 'test', and Vite would then build what is not shipped: without what keeps it on the device, for one.
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = 'production';
  try {
    await build({ root: 'apps/web', logLevel: 'warn', mode: 'production' });
  } finally {
    process.env['NODE_ENV'] = NODE_ENV;
  }
}
