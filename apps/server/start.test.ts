import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('a start', () => {
  it('reads only what it needs: files are nearly all of its time', { timeout: 120_000 }, () => {
    // The one that `npm start` runs.
    expect(spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' })).toMatchObject({ status: 0 });
    const watcher = `
      import { registerHooks } from 'node:module';
      const read = [];
      registerHooks({ load(url, context, next) { read.push(url); return next(url, context); } });
      process.on('exit', () => console.log(JSON.stringify(read)));
    `;
    // With a setting that cannot be, it stops as soon as it has read everything.
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(watcher)}`, 'apps/server/dist/main.js'], { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'], PORT: 'none' } });
    expect(stderr).toContain('PORT');
    const files = (JSON.parse(stdout) as string[]).filter((url) => url.startsWith('file:'));
    // What makes a document is read with the first document, what builds the screens where they are built.
    const packages = new Set(files.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]));
    expect(packages).toContain('fastify');
    for (const later of ['pdfkit', 'fontkit', 'vite', 'rolldown', 'typescript', 'vitest', 'playwright-core']) expect(packages, later).not.toContain(later);
    // It was 820 when a second start of the demo took ten seconds on a busy machine, and 639 before our own sources were built into few.
    console.info('a start reads', files.length, 'files');
    expect(files.length).toBeLessThan(300);
    // In few files much can hide: what is read later stays in files of its own. Sentences grow with each screen and are not compiled.
    const code = files.filter((url) => url.includes('/apps/server/dist/') && !/\/(?:ja|en)-[^/]+\.js$/.test(url)).map((url) => statSync(fileURLToPath(url)).size).reduce((a, b) => a + b, 0);
    console.info('of our own', code, 'bytes of code');
    expect(code).toBeLessThan(1_100_000);
  });
});
