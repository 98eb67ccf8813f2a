// What a phone has of Noroshi on a line of 64 kbit/s, 600 ms there and back, 5% loss each way: node bench/line/line.ts
// Needs root on Linux, Python 3 and Chromium. Prints one JSON line for each figure, with the goal it is held against.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { demoPart } from '@noroshi/server/demo';
import { layLine, serveOver } from './hosts.ts';

const goals = {
  first: { of: 0.5, ms: 25_000, says: 'first open of a new phone to a readable room, p50' },
  installed: { of: 0.5, ms: 1_000, says: 'installed application usable, p50' },
  open: { of: 0.95, ms: 3_000, says: 'a message acknowledged on an open line, p95' },
  cold: { of: 0.5, ms: 6_000, says: 'a message acknowledged on a cold line, p50' },
} as const;
const dataFolder = mkdtempSync(join(tmpdir(), 'noroshi-line-'));
const hosts = await layLine({ delay: 300, rate: 64_000, loss: 0.05, seed: Number(process.env['SEED'] ?? 1) });
try {
  const address = await serveOver(hosts, dataFolder);
  const phone = await hosts.run('near', process.execPath, [join(import.meta.dirname, 'phone.ts'), address, demoPart('aoi')]);
  const measured = new Map<string, number[]>();
  for await (const line of createInterface({ input: phone.stdout! })) {
    const { what, ms } = JSON.parse(line) as { what: string; ms: number };
    measured.set(what, [...(measured.get(what) ?? []), ms]);
    console.error(what, ms);
  }
  for (const [what, { of, ms, says }] of Object.entries(goals)) {
    const all = (measured.get(what) ?? []).toSorted((a, b) => a - b);
    const value = all[Math.min(all.length - 1, Math.ceil(all.length * of) - 1)];
    console.log(JSON.stringify({ what, says, n: all.length, ms: value, p50: all[Math.floor((all.length - 1) / 2)], max: all.at(-1), goal: ms, met: value !== undefined && value <= ms }));
  }
} finally {
  await hosts.close();
  rmSync(dataFolder, { recursive: true, force: true });
}
