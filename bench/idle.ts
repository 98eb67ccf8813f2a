import { each, type OurHouse } from './our-house.ts';
import { memoryOf, sleep } from './processes.ts';
import type { Result } from './talk.ts';
import { ThinLine } from './thin-line.ts';

/** How much memory a line takes that says nothing: so many people come onto the line and stay. Right after a start. */
export async function idle(house: OurHouse, lines: number): Promise<Result> {
  await house.restart();
  await sleep(2_000);
  const before = memoryOf(house.pid);
  const began = performance.now();
  const open = await each(Array.from({ length: lines }, (_, i) => house.people[i % house.people.length]!), 40, async ({ cookie }) => {
    const line = await ThinLine.open({ port: house.port, cookie });
    await line.greet();
    return line;
  });
  const ms = performance.now() - began;
  await sleep(4_000);
  const after = memoryOf(house.pid);
  const ok = open.filter(({ socket }) => !socket.destroyed).length;
  for (const line of open) line.drop();
  return {
    idle: lines, ok, loginsPerS: Math.round((ok / ms) * 1e3), rss0MB: Math.round(before / 1024), rss1MB: Math.round(after / 1024), KBperConn: Math.round(((after - before) / ok) * 10) / 10,
  };
}
