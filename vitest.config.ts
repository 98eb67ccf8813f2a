import { defineConfig } from 'vitest/config';

const none = ['**/node_modules/**', '**/dist/**', '**/data/**'];
const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;

/** The name of a test tells what it needs: nothing, PostgreSQL, a server on a wire, or a browser. */
export default defineConfig({
  test: {
    projects: [
      {
        oxc,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...none, '**/*.{pg,flow,browser}.test.{ts,tsx}'],
        },
      },
      {
        oxc,
        test: { name: 'pg', include: ['**/*.pg.test.ts'], exclude: none, globalSetup: './vitest.postgres.ts', testTimeout: 30_000, hookTimeout: 30_000 },
      },
      {
        oxc,
        test: { name: 'flow', include: ['**/*.flow.test.{ts,tsx}'], exclude: none, globalSetup: './vitest.postgres.ts', testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        oxc,
        test: {
          name: 'browser',
          include: ['**/*.browser.test.{ts,tsx}'],
          exclude: none,
          globalSetup: ['./vitest.postgres.ts', './vitest.web.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          // Each story starts a browser of its own. Two of them at once on two cores are slower than one after the other.
          fileParallelism: false,
          // And after everything else: some of them measure how long a browser is busy.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
