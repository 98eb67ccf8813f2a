import { defineConfig } from 'vitest/config';
import { LongestFirst } from './vitest.sequence.ts';

const none = ['**/node_modules/**', '**/dist/**', '**/data/**'];
const alone = '**/*.alone.browser.test.{ts,tsx}';
/** A worker keeps what it has loaded for the files after it: loading the house anew for each took four tenths of the unit tests' time. What a test stubs, it puts back. */
const isolate = false;
/** Dexie looks once for a browser's own IndexedDB, when it is loaded, and its live queries never run where it found none: which file of a worker loads it first is chance. */
const setupFiles = ['fake-indexeddb/auto'];
/** One more than the cores of the smallest machine. */
const workers = 3;
/** Stories wait for more than half of their time, for a thin line, a clock or what a screen does by itself: alone one takes 28 to 36 of its 71 to 91 seconds of a processor. */
const tellers = 4;
const stories = { globalSetup: ['./vitest.postgres.ts', './vitest.web.ts'], testTimeout: 180_000, hookTimeout: 60_000 };
/** What is waited for on a screen may come late beside three other stories; how soon something must come is asked where it is measured. */
const patient = { poll: { timeout: 30_000 } };
const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;

/** The name of a test tells what it needs: nothing, PostgreSQL, a server on a wire, or a browser. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        oxc,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...none, '**/*.{pg,flow,browser}.test.{ts,tsx}'],
          maxWorkers: workers, isolate, setupFiles,
        },
      },
      {
        oxc,
        test: { name: 'pg', include: ['**/*.pg.test.ts'], exclude: none, globalSetup: './vitest.postgres.ts', testTimeout: 30_000, hookTimeout: 30_000, maxWorkers: workers, isolate },
      },
      {
        oxc,
        test: { name: 'flow', include: ['**/*.flow.test.{ts,tsx}'], exclude: none, globalSetup: './vitest.postgres.ts', testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: workers, isolate, setupFiles },
      },
      {
        oxc,
        test: { name: 'browser', include: ['**/*.browser.test.{ts,tsx}'], exclude: [...none, alone], ...stories, expect: patient, maxWorkers: tellers, isolate, sequence: { groupOrder: 1 } },
      },
      {
        oxc,
        // By itself and after everything else: these measure how long a browser is busy, or how soon something is seen.
        test: { name: 'alone', include: [alone], exclude: none, ...stories, maxWorkers: 1, isolate, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
