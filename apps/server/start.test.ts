import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

describe('a start', () => {
  it('reads only what it needs: files are nearly all of its time', { timeout: 120_000 }, () => {
    const parts = ['./config.ts', './demo/seed.ts', './open-house.ts', './server.ts'].map((file) => new URL(file, import.meta.url).href);
    const script = `
      const { registerHooks } = await import('node:module');
      const read = [];
      registerHooks({ load(url, context, next) { read.push(url); return next(url, context); } });
      for (const part of ${JSON.stringify(parts)}) await import(part);
      console.log(JSON.stringify(read));
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const files = (JSON.parse(stdout) as string[]).filter((url) => url.startsWith('file:'));
    expect(files).toContain(parts.at(-1));
    // What makes a document is read with the first document, what builds the screens where they are built.
    const packages = new Set(files.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]));
    for (const later of ['pdfkit', 'fontkit', 'vite', 'typescript', 'vitest', 'playwright-core']) expect(packages, later).not.toContain(later);
    // It was 820 when a second start of the demo took ten seconds on a busy machine, and is 513.
    expect(files.length).toBeLessThan(640);
  });
});
