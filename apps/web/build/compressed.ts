import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Puts each text beside itself in the two compressions that browsers take. */
export function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: (config) => { folder = join(config.root, config.build.outDir); },
    closeBundle() {
      for (const file of globSync('**/*.{html,js,css,pack,svg,webmanifest}', { cwd: folder })) {
        const text = readFileSync(join(folder, file));
        // Shorter blocks fit a text better whose parts differ: which length is best shows when it is tried.
        const [smallest] = [5, 6, 7, 8, 9].map((memLevel) => gzipSync(text, { level: 9, memLevel })).toSorted((a, b) => a.length - b.length);
        writeFileSync(join(folder, `${file}.gz`), smallest!);
        writeFileSync(join(folder, `${file}.br`), brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }));
      }
    },
  };
}
