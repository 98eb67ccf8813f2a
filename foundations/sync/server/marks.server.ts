import type { Id, Moment } from '@noroshi/foundations/kernel';
import { mergeDelivered, mergeRead, nothingRead, type MarkRow, type Range, type Watermark } from '@noroshi/foundations/sync';
import type pg from 'pg';
import type { Memory } from './memory.server.ts';

/** A watermark and when it last moved. */
export interface Mark extends Watermark { readonly at: Moment }
const none: Mark = { ...nothingRead, at: 0 };

/** Reading marks are gathered for this long, then written and told together. */
export const gatherFor = 250;

export interface MarksNeeds {
  readonly pool: pg.Pool;
  readonly memory: Memory;
  readonly now: () => Moment;
  /** Runs `work` once after the gathering time. */
  readonly soon: (work: () => void, ms: number) => void;
  /** Told after the marks are durable. */
  readonly heard: (stream: number, changed: readonly MarkRow[]) => void;
}

/**
 * How far each member has come in each stream: one row a member, never a row a message. Merged in memory, written in
 * bulk a few times a second, and told only after it is written.
 */
export class Marks {
  readonly #needs: MarksNeeds;
  readonly #streams = new Map<number, Promise<Map<number, Mark>>>();
  readonly #changed = new Map<number, Map<number, Range[]>>();
  #scheduled = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(needs: MarksNeeds) {
    this.#needs = needs;
  }

  /** All marks of a stream, by member number. */
  of(stream: number): Promise<Map<number, Mark>> {
    let marks = this.#streams.get(stream);
    if (!marks) {
      marks = this.#load(stream);
      marks.catch(() => this.#streams.delete(stream));
      this.#streams.set(stream, marks);
    }
    return marks;
  }

  async #load(stream: number): Promise<Map<number, Mark>> {
    const { rows } = await this.#needs.pool.query<{ member: number; delivered: number; read: number; ranges: Range[]; at: number }>({
      name: 'marks-of',
      text: 'select member, delivered, read, ranges, at from watermark where workspace = 1 and stream = $1',
      values: [stream],
    });
    return new Map(rows.map(({ member, ...mark }) => [member, mark]));
  }

  /** Someone was shown these events. Ranges that cannot be (beyond the head, before what they may see) are cut off. */
  async read(stream: number, person: Id, shown: readonly Range[]): Promise<void> {
    const here = this.#needs.memory.byNo.get(stream);
    const who = here && this.#needs.memory.member(here.key, person);
    const stay = here && this.#needs.memory.maySee(person, here.key);
    if (!here || !who || !stay) return;
    const ranges = shown
      .map(([from, to]): Range => [Math.max(from, stay.visibleFrom), Math.min(to, here.head)])
      .filter(([from, to]) => to >= from);
    if (ranges.length === 0) return;
    // What lies before someone's first visible event was never theirs to read: their count begins there.
    if (stay.visibleFrom > 1) ranges.push([1, stay.visibleFrom - 1]);
    await this.#move(stream, who.no, (mark) => mergeRead(mark, ranges), ranges);
  }

  /** One of someone's devices holds the stream up to `head`. */
  async arrived(stream: number, person: Id, head: number): Promise<void> {
    const here = this.#needs.memory.byNo.get(stream);
    const who = here && this.#needs.memory.member(here.key, person);
    if (!here || !who) return;
    await this.#move(stream, who.no, (mark) => mergeDelivered(mark, Math.min(head, here.head)), []);
  }

  async #move(stream: number, member: number, how: (mark: Watermark) => Watermark, ranges: readonly Range[]): Promise<void> {
    const marks = await this.of(stream);
    const before = marks.get(member) ?? none;
    const after = how(before);
    if (after.read === before.read && after.delivered === before.delivered && JSON.stringify(after.ranges) === JSON.stringify(before.ranges)) return;
    marks.set(member, { ...after, at: this.#needs.now() });
    let changed = this.#changed.get(stream);
    if (!changed) this.#changed.set(stream, (changed = new Map()));
    changed.set(member, [...(changed.get(member) ?? []), ...ranges]);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#needs.soon(() => void this.flush(), gatherFor);
  }

  /** Writes and tells what has been gathered. */
  flush(): Promise<void> {
    this.#scheduled = false;
    const changed = new Map(this.#changed);
    this.#changed.clear();
    if (changed.size === 0) return this.#writing;
    this.#writing = this.#writing.then(() => this.#write(changed));
    return this.#writing;
  }

  async #write(changed: Map<number, Map<number, Range[]>>): Promise<void> {
    const rows: { stream: number; row: MarkRow; shown: Range[] }[] = [];
    for (const [stream, members] of changed) {
      const marks = await this.of(stream);
      for (const [no, shown] of members) {
        const mark = marks.get(no)!;
        rows.push({ stream, row: [no, mark.delivered, mark.read, mark.ranges, mark.at], shown });
      }
    }
    try {
      await this.#needs.pool.query({
        name: 'write-marks',
        text: `
          with w as (select * from unnest($1::int[], $2::int[], $3::bigint[], $4::bigint[], $5::jsonb[], $6::bigint[], $7::jsonb[]) as t(stream, member, delivered, read, ranges, at, shown)),
          kept as (
            insert into watermark (stream, member, delivered, read, ranges, at)
            select stream, member, delivered, read, ranges, at from w
            on conflict (workspace, stream, member) do update
              set delivered = greatest(watermark.delivered, excluded.delivered), read = greatest(watermark.read, excluded.read),
                  ranges = excluded.ranges, at = excluded.at
          )
          insert into watermark_step (stream, member, at, ranges) select stream, member, at, shown from w where shown <> '[]'`,
        values: [
          rows.map((r) => r.stream), rows.map((r) => r.row[0]), rows.map((r) => r.row[1]), rows.map((r) => r.row[2]),
          rows.map((r) => JSON.stringify(r.row[3])), rows.map((r) => r.row[4]), rows.map((r) => JSON.stringify(r.shown)),
        ],
      });
    } catch {
      // Not written: keep it for the next time. Nobody has been told.
      for (const { stream, row, shown } of rows) {
        let again = this.#changed.get(stream);
        if (!again) this.#changed.set(stream, (again = new Map()));
        again.set(row[0], [...(again.get(row[0]) ?? []), ...shown]);
      }
      if (!this.#scheduled) {
        this.#scheduled = true;
        this.#needs.soon(() => void this.flush(), gatherFor * 8);
      }
      return;
    }
    for (const stream of changed.keys()) this.#needs.heard(stream, rows.filter((r) => r.stream === stream).map((r) => r.row));
  }

  /** When each member was first shown event `seq`. */
  async readTimes(stream: number, seq: number): Promise<Map<number, Moment>> {
    const { rows } = await this.#needs.pool.query<{ member: number; at: number }>({
      name: 'read-times',
      text: `select s.member, min(s.at) as at from watermark_step s, jsonb_array_elements(s.ranges) r
             where s.workspace = 1 and s.stream = $1 and (r->>0)::bigint <= $2 and (r->>1)::bigint >= $2 group by s.member`,
      values: [stream, seq],
    });
    return new Map(rows.map((r) => [r.member, r.at]));
  }
}
