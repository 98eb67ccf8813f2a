import type { Id, Moment } from '@noroshi/foundations/kernel';
import { mergeDelivered, mergeRead, nothingRead, type MarkRow, type Range, type Watermark } from '@noroshi/foundations/sync';
import type pg from 'pg';
import type { Memory } from './memory.server.ts';

/** A watermark and when it last moved. */
export interface Mark extends Watermark { readonly at: Moment }

/** Reading marks are gathered for this long, then written and told together (milliseconds). */
export const gatherFor = 250;
/** The clocks of two nodes may differ by this much when one looks for what the other has written (milliseconds). */
const clockSlack = 10_000;

export interface MarksNeeds {
  readonly pool: pg.Pool;
  readonly memory: Memory;
  readonly now: () => Moment;
  /** Runs `work` once after the gathering time. */
  readonly soon: (work: () => void, ms: number) => void;
  /** Told after the marks are durable. */
  readonly heard: (stream: number, changed: readonly MarkRow[]) => void;
  readonly report: (error: unknown, what: string) => void;
}

interface MarkRecord { stream: number; member: number; delivered: number; seen: string; at: number }
const markColumns = 'stream, member, delivered, seen::text as seen, at';

/**
 * How far each member has come in each stream: one row a member, never a row a message. Gathered in memory, merged in
 * the table a few times a second in one statement, and told only after it is durable. The table's merge is a union, so
 * that devices and nodes may tell it in any order.
 */
export class Marks {
  readonly #needs: MarksNeeds;
  /** Durable marks of the streams that someone has asked for. */
  readonly #streams = new Map<number, Map<number, Mark>>();
  /** Streams whose marks are being read, and what became durable meanwhile. */
  readonly #loading = new Map<number, { readonly marks: Promise<ReadonlyMap<number, Mark>>; readonly late: MarkRecord[] }>();
  /** What has been told and is not durable yet. */
  #gathered = new Map<number, Map<number, Watermark>>();
  /** How often each stream's marks have moved. */
  readonly #moves = new Map<number, number>();
  #scheduled = false;
  #writing: Promise<void> = Promise.resolve();
  #sweptAt = 0;

  constructor(needs: MarksNeeds) {
    this.#needs = needs;
  }

  /** All durable marks of a stream, by member number. */
  of(stream: number): Promise<ReadonlyMap<number, Mark>> {
    const held = this.#streams.get(stream);
    if (held) return Promise.resolve(held);
    let loading = this.#loading.get(stream);
    if (!loading) {
      const late: MarkRecord[] = [];
      const marks = this.#load(stream, late).finally(() => this.#loading.delete(stream));
      this.#loading.set(stream, (loading = { marks, late }));
    }
    return loading.marks;
  }

  /** The durable marks of a stream where they are at hand. */
  held(stream: number): ReadonlyMap<number, Mark> | undefined {
    return this.#streams.get(stream);
  }

  async #load(stream: number, late: readonly MarkRecord[]): Promise<ReadonlyMap<number, Mark>> {
    const { rows } = await this.#needs.pool.query<MarkRecord>({
      name: 'marks-of',
      text: `select ${markColumns} from watermark where workspace = 1 and stream = $1`,
      values: [stream],
    });
    const marks = new Map<number, Mark>();
    for (const row of [...rows, ...late]) marks.set(row.member, join(marks.get(row.member), toMark(row)));
    this.#streams.set(stream, marks);
    return marks;
  }

  /** Someone was shown these events. Ranges that cannot be (beyond the head, before what they may see) are cut off. */
  read(stream: number, person: Id, shown: readonly Range[]): void {
    const here = this.#needs.memory.byNo.get(stream);
    const who = here && this.#needs.memory.member(here.key, person);
    const stay = here && this.#needs.memory.maySee(person, here.key);
    if (!here || !who || !stay) return;
    const ranges = shown
      .map(([from, to]): Range => [Math.max(from, stay.visibleFrom, 1), Math.min(to, here.head)])
      .filter(([from, to]) => to >= from);
    if (ranges.length > 0) this.#gather(stream, who.no, (mark) => mergeRead(mark, ranges), true);
  }

  /** One of someone's devices holds the stream up to `head`. */
  arrived(stream: number, person: Id, head: number): void {
    const here = this.#needs.memory.byNo.get(stream);
    const who = here && this.#needs.memory.member(here.key, person);
    const stay = here && this.#needs.memory.maySee(person, here.key);
    if (here && who && stay) this.#gather(stream, who.no, (mark) => mergeDelivered(mark, Math.min(head, here.head)), false);
  }

  #gather(stream: number, member: number, how: (mark: Watermark) => Watermark, tellAgain: boolean): void {
    const known = this.#streams.get(stream)?.get(member);
    if (known && isSame(how(known), known)) {
      // A device that shows what is known already has missed that it is.
      if (tellAgain) this.#needs.heard(stream, [toRow(member, known)]);
      return;
    }
    let members = this.#gathered.get(stream);
    if (!members) this.#gathered.set(stream, (members = new Map()));
    members.set(member, how(members.get(member) ?? nothingRead));
    this.#schedule(gatherFor);
  }

  #schedule(ms: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#needs.soon(() => {
      this.#scheduled = false;
      void this.flush();
    }, ms);
  }

  /** Writes and tells what has been gathered. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const gathered = this.#gathered;
    if (gathered.size === 0) return;
    this.#gathered = new Map();
    const at = this.#needs.now();
    const rows = [...gathered].flatMap(([stream, members]) => [...members].map(([member, mark]) => ({ stream, member, mark })));
    try {
      // Locked in one order, as another node may be writing the same rows.
      rows.sort((a, b) => a.stream - b.stream || a.member - b.member);
      const written = await this.#needs.pool.query<MarkRecord>({
        name: 'write-marks',
        text: `
          with told as (
            select * from unnest($1::int[], $2::int[], $3::bigint[], $4::text[]) as t(stream, member, delivered, seen)
          ), before as (
            select t.stream, t.member, w.seen from told t join watermark w on w.workspace = 1 and w.stream = t.stream and w.member = t.member
          ), step as (
            insert into watermark_step (stream, member, at, seen)
            select t.stream, t.member, $5::bigint, t.seen::int8multirange - coalesce(b.seen, '{}') from told t left join before b using (stream, member)
            where not isempty(t.seen::int8multirange - coalesce(b.seen, '{}'))
          )
          insert into watermark (stream, member, delivered, seen, at)
          select stream, member, delivered, seen::int8multirange, $5::bigint from told
          on conflict (workspace, stream, member) do update
            set delivered = greatest(watermark.delivered, excluded.delivered), seen = watermark.seen + excluded.seen, at = greatest(watermark.at, excluded.at)
          returning ${markColumns}`,
        values: [rows.map((r) => r.stream), rows.map((r) => r.member), rows.map((r) => r.mark.delivered), rows.map((r) => toMultirange(r.mark)), at],
      });
      this.#took(written.rows);
    } catch (error) {
      this.#needs.report(error, 'reading marks were not written');
      // Nobody has been told. It is told again with the next, or by the devices themselves, which keep it until it is confirmed.
      for (const { stream, member, mark } of rows) {
        let members = this.#gathered.get(stream);
        if (!members) this.#gathered.set(stream, (members = new Map()));
        members.set(member, union(members.get(member) ?? nothingRead, mark));
      }
      this.#schedule(gatherFor * 8);
    }
  }

  /** These are durable now: here, or by another node's word. */
  #took(records: readonly MarkRecord[]): void {
    const told = new Map<number, MarkRow[]>();
    for (const record of records) {
      const marks = this.#streams.get(record.stream);
      this.#loading.get(record.stream)?.late.push(record);
      const before = marks?.get(record.member);
      const now = join(before, toMark(record));
      if (before && isSame(before, now)) continue;
      marks?.set(record.member, now);
      const row = toRow(record.member, now);
      const rows = told.get(record.stream);
      if (rows) rows.push(row);
      else told.set(record.stream, [row]);
    }
    for (const [stream, rows] of told) {
      this.#moves.set(stream, this.moves(stream) + 1);
      this.#needs.heard(stream, rows);
    }
  }

  /** Another node says that it has made these durable. */
  took(stream: number, rows: readonly MarkRow[]): void {
    this.#took(rows.map(([member, delivered, read, ranges, at]) => ({ stream, member, delivered, seen: toMultirange({ delivered, read, ranges }), at })));
  }

  /** Looks for what other nodes have written and did not tell. */
  async sweep(): Promise<void> {
    const since = this.#sweptAt === 0 ? this.#needs.now() : this.#sweptAt;
    this.#sweptAt = this.#needs.now();
    const { rows } = await this.#needs.pool.query<MarkRecord>({
      name: 'sweep-marks',
      text: `select ${markColumns} from watermark where (workspace, stream, member) in (select workspace, stream, member from watermark_step where at > $1)`,
      values: [since - clockSlack],
    });
    this.#took(rows);
  }

  /** Grows with each mark of a stream that becomes durable, as far as this node was told: who works something out of them knows that it still is so. */
  moves(stream: number): number {
    return this.#moves.get(stream) ?? 0;
  }

  /** When each member was first shown each of these events, by number of the event and of the member: one journey, however many they are. */
  async readTimesOf(stream: number, seqs: readonly number[]): Promise<Map<number, Map<number, Moment>>> {
    const times = new Map(seqs.map((seq) => [seq, new Map<number, Moment>()]));
    if (seqs.length === 0) return times;
    const { rows } = await this.#needs.pool.query<{ member: number; at: number; seen: string }>({
      name: 'read-times-of',
      text: 'select member, at, seen::text as seen from watermark_step where workspace = 1 and stream = $1 and seen && int8multirange(int8range($2, $3, \'[]\')) order by at',
      values: [stream, Math.min(...seqs), Math.max(...seqs)],
    });
    const sorted = [...times.keys()].toSorted((a, b) => a - b);
    for (const { member, at, seen } of rows) {
      for (const [from, to] of rangesIn(seen)) {
        for (let i = firstFrom(sorted, from); i < sorted.length && sorted[i]! <= to; i++) {
          const read = times.get(sorted[i]!)!;
          // The first that showed it counts; they come in the order of time.
          if (!read.has(member)) read.set(member, at);
        }
      }
    }
    return times;
  }

  /** When each member was first shown event `seq`, by member number. */
  async readTimes(stream: number, seq: number): Promise<Map<number, Moment>> {
    const { rows } = await this.#needs.pool.query<{ member: number; at: number }>({
      name: 'read-times',
      text: 'select member, min(at) as at from watermark_step where workspace = 1 and stream = $1 and seen @> $2::bigint group by member',
      values: [stream, seq],
    });
    return new Map(rows.map((r) => [r.member, r.at]));
  }
}

const isSame = (a: Watermark, b: Watermark): boolean =>
  a.read === b.read && a.delivered === b.delivered && a.ranges.length === b.ranges.length && a.ranges.every(([from, to], i) => from === b.ranges[i]![0] && to === b.ranges[i]![1]);

const union = (a: Watermark, b: Watermark): Watermark => mergeDelivered(mergeRead(a, [...(b.read > 0 ? [[1, b.read] as const] : []), ...b.ranges]), b.delivered);

const join = (before: Mark | undefined, now: Mark): Mark => (before ? { ...union(before, now), at: Math.max(before.at, now.at) } : now);

const toRow = (member: number, mark: Mark): MarkRow => [member, mark.delivered, mark.read, mark.ranges, mark.at];

/** As PostgreSQL writes ranges: from, and the first number beyond. */
function toMultirange(mark: Watermark): string {
  const all = mark.read > 0 ? [[1, mark.read] as const, ...mark.ranges] : mark.ranges;
  return `{${all.map(([from, to]) => `[${from},${to + 1})`).join(',')}}`;
}

function toMark({ delivered, seen, at }: MarkRecord): Mark {
  return { ...mergeRead({ ...nothingRead, delivered }, rangesIn(seen)), at };
}

/** Ranges as PostgreSQL writes them. */
const rangesIn = (seen: string): Range[] => [...seen.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, beyond]): Range => [Number(from), Number(beyond) - 1]);

/** The place of the first of these numbers that is not before `from`. */
function firstFrom(sorted: readonly number[], from: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
