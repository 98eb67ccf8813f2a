import type { Id } from '@noroshi/foundations/kernel';
import type { Event } from '@noroshi/foundations/sync';

interface Counted { needed: number; committed: number; arrived: number }

/**
 * Adds up what was asked, promised and come for each request, from the events alone and by another way than the house
 * does. It knows the deeds of a round and no others: one wave, nobody called back.
 */
export function countedByHand(events: readonly Event<any>[]): Map<Id, Counted> {
  const asked = new Map<Id, Map<number, number>>();
  const stands = new Map<Id, Map<string, { promised: number; come: number }>>();
  const place = (id: Id, line: number, org: Id): { promised: number; come: number } => {
    const here = stands.get(id) ?? stands.set(id, new Map()).get(id)!;
    const key = `${line}/${org}`;
    return here.get(key) ?? here.set(key, { promised: 0, come: 0 }).get(key)!;
  };
  for (const { kind, id, org, body } of events) {
    if (kind === 'request.sent') asked.set(id, new Map(body.lines.map((line: { id: number; count: number }) => [line.id, line.count])));
    else if (kind === 'request.committed') for (const { line, count } of body.parts) place(body.request, line, org).promised = count;
    else if (kind === 'request.declined') for (const { line } of body.parts) place(body.request, line, org).promised = 0;
    else if (kind === 'request.moved' && body.totals.arrived !== undefined) place(body.request, body.line, body.org).come = body.totals.arrived;
  }
  return new Map([...asked].map(([id, lines]) => {
    const all = [...(stands.get(id)?.values() ?? [])];
    const sum = (figures: number[]): number => figures.reduce((a, b) => a + b, 0);
    return [id, { needed: sum([...lines.values()]), committed: sum(all.map(({ promised }) => promised)), arrived: sum(all.map(({ come }) => come)) }];
  }));
}
