import type { Id } from '@noroshi/foundations/kernel';
import { each, type OurHouse } from './our-house.ts';
import { quantile, sleep } from './processes.ts';
import { text, type Result } from './talk.ts';
import { keyOf, ThinLine } from './thin-line.ts';

/**
 * Everyone says at once ten times what can be taken in. What is too much is refused early, with a time to come back, and
 * what was taken in is answered soon; in the end all of it has been said, once.
 * @param m messages of each person, all at once
 */
export async function overload(house: OurHouse, { n, m, patience }: { n: number; m: number; patience: number }): Promise<Result> {
  const people = house.people.slice(0, n);
  const room = await house.room(people.map((p) => p.id), people[0]!);
  const began = performance.now();
  const sent = new Map<Id, number>();
  const acknowledged: number[] = [];
  const waits: number[] = [];
  const refusedAfter: number[] = [];
  let doubled = 0;
  const done = new Set<Id>();
  const lines = await each(people, 20, async ({ cookie }) => {
    const line = await ThinLine.open({ port: house.port, cookie });
    await line.greet();
    return line;
  });
  const waiting = lines.map(() => [] as { id: Id; sentAt: number }[]);
  lines.forEach((line, i) => {
    line.heard = {
      answer(_line, bytes, ok) {
        const id = keyOf(bytes);
        if (!ok) throw new Error('a message was refused for good');
        // What was asked again while it was being decided is answered again.
        if (done.has(id)) return;
        done.add(id);
        acknowledged.push(performance.now() - sent.get(id)!);
        waiting[i] = waiting[i]!.filter((one) => one.id !== id);
      },
      later(_line, ms) {
        waits.push(ms);
        const first = waiting[i]![0];
        if (first) refusedAfter.push(performance.now() - sent.get(first.id)!);
        setTimeout(() => {
          line.again();
          for (const { id } of waiting[i]!) {
            sent.set(id, performance.now());
            line.command('talk.say', { room: room.id, text }, id);
          }
        }, ms);
      },
    };
  });
  const heard = new Set<Id>();
  lines[0]!.heard = { ...lines[0]!.heard, event: (_line, _stream, _seq, bytes) => {
    const id = keyOf(bytes);
    if (heard.has(id)) doubled += 1;
    if (sent.has(id)) heard.add(id);
  } };
  const at = performance.now();
  lines.forEach((line, i) => {
    for (let k = 0; k < m; k++) {
      const id = line.command('talk.say', { room: room.id, text });
      sent.set(id, performance.now());
      waiting[i]!.push({ id, sentAt: performance.now() });
    }
  });
  const total = n * m;
  while ((done.size < total || heard.size < total) && performance.now() - began < patience) await sleep(50);
  const ms = performance.now() - at;
  for (const line of lines) line.drop();
  return {
    people: n, offered: total, acknowledged: done.size, heard: heard.size, dup: doubled, ms: Math.round(ms), ackPerS: Math.round((done.size / ms) * 1e3),
    ack: [quantile(acknowledged, 0.5), quantile(acknowledged, 0.95), quantile(acknowledged, 0.99)],
    later: waits.length, saidSoMs: [quantile(refusedAfter, 0.5), quantile(refusedAfter, 0.99)], comeBackMs: [quantile(waits, 0), quantile(waits, 0.5), quantile(waits, 1)],
  };
}
