import { defineConfig } from 'vite';

/** The gallery is only for looking and for the browser test beside it: `npx vite e2e/gallery`. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: '../../apps/web/public',
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: 'dist', emptyOutDir: true },
});
