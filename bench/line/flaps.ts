// Two people talk for ten minutes over a line that is down for 15 of every 40 seconds: node bench/line/flaps.ts
// 64 kbit/s, 600 ms there and back, 5% loss each way. Everything must arrive once, in one order for both.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { demoPart } from '@noroshi/server/demo';
import { layLine, serveOver } from './hosts.ts';

const each = Number(process.env['EACH'] ?? 100);
const every = Number(process.env['EVERY'] ?? 6_000);
const dataFolder = mkdtempSync(join(tmpdir(), 'noroshi-line-'));
const hosts = await layLine({ delay: 300, rate: 64_000, loss: 0.05, flaps: { up: 25, down: 15 }, seed: Number(process.env['SEED'] ?? 1) });
try {
  const address = await serveOver(hosts, dataFolder);
  let ready = 0;
  const talker = async (host: 'near' | 'far', name: string, person: string): Promise<{ words: string[]; took: number[] }> => {
    const one = await hosts.run(host, process.execPath, [join(import.meta.dirname, 'talker.ts'), address, person, name, String(each), String(every), String(each * 2)]);
    for await (const line of createInterface({ input: one.stdout! })) {
      if (line !== 'ready') return JSON.parse(line) as { words: string[]; took: number[] };
      ready += 1;
      if (ready === 2) hosts.flap();
    }
    throw new Error(`${name} told nothing`);
  };
  const [near, far] = await Promise.all([talker('near', '甲', demoPart('aoi')), talker('far', '乙', demoPart('taro'))]);
  const wanted = ['甲', '乙'].flatMap((name) => Array.from({ length: each }, (_, n) => `${name}の${n + 1}件目。国道378号の状況です。`));
  const lost = wanted.filter((text) => !near.words.includes(text) || !far.words.includes(text)).length;
  const doubled = near.words.length - new Set(near.words).size + far.words.length - new Set(far.words).size;
  const inOrder = (words: readonly string[], name: string): boolean => words.filter((text) => text.startsWith(name)).every((text, n) => text === wanted[(name === '甲' ? 0 : each) + n]);
  const misordered = Number(near.words.join() !== far.words.join()) + ['甲', '乙'].filter((name) => !inOrder(near.words, name)).length;
  const at = (of: number): number | undefined => near.took[Math.ceil(near.took.length * of) - 1];
  console.log(JSON.stringify({ what: 'flaps', says: `${each * 2} messages both ways, each once, in one order`, lost, doubled, misordered, nearAckP50Ms: at(0.5), nearAckMaxMs: at(1), met: lost + doubled + misordered === 0 }));
  if (lost + doubled + misordered > 0) process.exitCode = 1;
} finally {
  await hosts.close();
  rmSync(dataFolder, { recursive: true, force: true });
}
