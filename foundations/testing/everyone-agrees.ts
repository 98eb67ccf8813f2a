import { canonical } from '@noroshi/foundations/kernel';
import { fold, hasRead, isCounted, mergeRead, nothingRead, type Doc, type House, type Range, type Watermark } from '@noroshi/foundations/sync';
import { eventsAfter, type Stair } from '@noroshi/foundations/sync/server';
import type pg from 'pg';
import type { Device } from './device.ts';

interface Row { noun: string; id: string; key: string; born: number; seq: number; value: unknown; about: number | null }

/**
 * Compares what each device holds, what each node knows, what the tables hold, and what folding all events from the
 * beginning makes: things, heads, reading marks, unread counts.
 * @returns the differences in words; none when everyone agrees
 */
export async function disagreements(house: House, pool: pg.Pool, nodes: readonly Stair[], devices: readonly Pick<Device, 'end'>[]): Promise<string[]> {
  const found: string[] = [];
  const { rows } = await pool.query<Row>('select n.noun, n.id, s.key, n.born, n.seq, n.value, e.about from noun n join stream s on s.no = n.stream and s.workspace = n.workspace left join event e on e.stream = n.stream and e.seq = n.born');
  /** From which event on someone must see to see this: what speaks of another thing is seen with that one. */
  const from = (row: Row): number => (house.of?.has(row.noun) && row.about !== null ? row.about : row.born);
  const stored = new Map(rows.map((r) => [`${r.noun}\0${r.id}`, r]));
  const { rows: streams } = await pool.query<{ no: number; key: string; head: number; messages: number }>('select no, key, head, messages from stream order by no');
  const marks = await marksIn(pool);
  const said = new Map<string, { seq: number; by: string }[]>();

  for (const stream of streams) {
    const made = new Map<string, Doc>();
    const messages: { seq: number; by: string }[] = [];
    let seq = 0;
    for (const event of await eventsAfter(pool, house, stream, 0, 1_000_000)) {
      if (event.seq !== seq + 1) found.push(`${stream.key}: after ${seq} comes ${event.seq}`);
      seq = event.seq;
      if (event.message !== undefined && messages.push({ seq, by: event.by }) !== event.message) found.push(`${stream.key}: message ${event.message} at ${event.seq} is not the ${messages.length}th`);
      for (const doc of fold(house.nouns, event, (noun, id) => made.get(`${noun}\0${id}`))) made.set(`${doc.noun}\0${doc.id}`, doc);
    }
    said.set(stream.key, messages);
    if (seq !== stream.head) found.push(`${stream.key}: head ${stream.head}, but ${seq} events`);
    if (messages.length !== stream.messages) found.push(`${stream.key}: ${stream.messages} messages counted, but ${messages.length} there`);
    for (const [name, doc] of made) {
      const row = stored.get(name);
      if (!row) found.push(`${stream.key}: ${doc.noun} ${doc.id} follows from the events, but the tables lack it`);
      else if (canonical({ v: row.value, s: row.seq, b: row.born }) !== canonical({ v: doc.value, s: doc.seq, b: doc.born })) found.push(`${stream.key}: ${doc.noun} ${doc.id} in the tables is not what the events make`);
    }
    for (const row of rows) if (row.key === stream.key && !made.has(`${row.noun}\0${row.id}`)) found.push(`${stream.key}: ${row.noun} ${row.id} is in the tables, but no event made it`);
  }

  nodes.forEach((node, i) => {
    for (const { key, head, messages } of streams) {
      const known = node.memory.streams.get(key);
      if (known?.head !== head || known.messages !== messages) found.push(`node ${i} knows ${key} up to ${known?.head}, not ${head}`);
    }
    for (const row of rows) {
      const doc = node.memory.get(row.noun, row.id);
      if (!doc && !house.nounByName.get(row.noun)!.windowed) found.push(`node ${i} lacks ${row.noun} ${row.id}`);
      else if (doc && canonical({ v: doc.value, s: doc.seq, f: doc.about ?? doc.born }) !== canonical({ v: row.value, s: row.seq, f: from(row) })) found.push(`node ${i} knows another ${row.noun} ${row.id} (${doc.seq}/${row.seq})`);
    }
  });

  for (const { end } of devices) {
    const who = end.actor.person;
    const { memory } = nodes[0]!;
    const sight = memory.sight(who);
    const held = await end.replica.db.stream.toArray();
    for (const key of sight.keys()) if (!held.some((h) => h.key === key)) found.push(`${who} may see ${key} but does not hold it`);
    for (const stream of held) {
      const stay = sight.get(stream.key);
      if (!stay) {
        found.push(`${who} holds ${stream.key} but may not see it`);
        continue;
      }
      const there = streams.find((s) => s.key === stream.key);
      if (!there) {
        found.push(`${who} holds ${stream.key}, which is not there`);
        continue;
      }
      const { head, no } = there;
      if (stream.head !== head) found.push(`${who} holds ${stream.key} up to ${stream.head}, not ${head}`);
      const docs = new Map((await end.replica.db.doc.where('stream').equals(stream.key).toArray()).map((d) => [`${d.noun}\0${d.id}`, d]));
      for (const row of rows.filter((r) => r.key === stream.key)) {
        const noun = house.nounByName.get(row.noun)!;
        const due = noun.apart ? false : noun.windowed ? row.born >= stream.floor : noun.always || from(row) >= stay.visibleFrom;
        const mine = docs.get(`${row.noun}\0${row.id}`);
        if (due && !mine) found.push(`${who} lacks ${row.noun} ${row.id} of ${stream.key}`);
        else if (mine && canonical({ v: mine.value, s: mine.seq }) !== canonical({ v: row.value, s: row.seq })) found.push(`${who} holds another ${row.noun} ${row.id} of ${stream.key} (${mine.seq}/${row.seq})`);
      }
      for (const [name, doc] of docs) {
        if (!stored.has(name)) found.push(`${who} holds ${doc.noun} ${doc.id} of ${stream.key}, which is not there`);
        else if (from(stored.get(name)!) < stay.visibleFrom && !house.nounByName.get(doc.noun)!.always) found.push(`${who} holds ${doc.noun} ${doc.id} from before they may see`);
      }
      const me = memory.member(stream.key, who)!;
      const mark = marks.get(`${no}/${me.no}`) ?? nothingRead;
      if (stream.read !== mark.read || canonical(stream.ranges) !== canonical(mark.ranges)) found.push(`${who} has read ${stream.key} to ${stream.read} ${canonical(stream.ranges)}, the tables say ${mark.read} ${canonical(mark.ranges)}`);
      const due = said.get(stream.key)!.filter((m) => m.by !== who && m.seq >= stay.visibleFrom && isCounted(me, m.seq) && !hasRead(mark, m.seq)).length;
      const unread = await end.replica.unread(stream.key);
      if (unread !== due) found.push(`${who} counts ${unread} unread in ${stream.key}, but there are ${due}`);
    }
    const waiting = await end.replica.outbox.item.count();
    if (waiting > 0) found.push(`${who} still has ${waiting} in the outbox`);
    const untold = await end.replica.db.shown.count();
    if (untold > 0) found.push(`${who} has shown ${untold} ranges that are not confirmed`);
  }
  return found;
}

/** All reading marks as the tables hold them, by `stream/member`. */
export async function marksIn(pool: pg.Pool): Promise<Map<string, Watermark>> {
  const { rows } = await pool.query<{ stream: number; member: number; delivered: number; seen: string }>('select stream, member, delivered, seen::text as seen from watermark');
  return new Map(rows.map((r) => {
    const ranges = [...r.seen.matchAll(/\[(\d+),(\d+)\)/g)].map((m): Range => [Number(m[1]), Number(m[2]) - 1]);
    return [`${r.stream}/${r.member}`, { ...mergeRead(nothingRead, ranges), delivered: r.delivered }];
  }));
}
