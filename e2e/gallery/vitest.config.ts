import { defineConfig } from 'vitest/config';

/** Needs a browser and nothing else: `npx vitest run --config e2e/gallery/vitest.config.ts`. */
export default defineConfig({
  test: { root: '.', include: ['e2e/gallery.browser.test.ts'], testTimeout: 30_000 },
});
