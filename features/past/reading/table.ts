import { readCsv, type CsvRow } from '@noroshi/features/directory/tables';
import type { Moment } from '@noroshi/foundations/kernel';
import type { LineKind } from '../line-kinds.ts';
import { columnOf, type Column } from './heads.ts';
import { beginning, fewNames, isNameOnly, kindNamed, kindOf, unfit, type ReadFile, type ReadLine, type Remark, type Why } from './line.ts';
import { momentIn } from './times.ts';

/** The head of a table may stand below a title or two. */
const headWithin = 6;
/** With which a log ends that the tool could not write to its end. */
const brokenOff = /^downloadLogs error/;
const times = new Set<Column | undefined>(['at', 'day', 'clock']);

/** Where a table has its head, if it is one of talks or of notices. */
function headOf(rows: readonly CsvRow[]): number {
  return rows.slice(0, headWithin).findIndex(({ cells }) => {
    const told = new Set(cells.map(columnOf));
    return (told.has('at') || (told.has('day') && told.has('clock'))) && told.has('who') && (told.has('text') || told.has('title'));
  });
}

/** A table as it was read: nothing where it is none of these, or the line at which a quotation mark stands open. */
export type TableRead = ReadFile | { readonly quoteOpen: number } | undefined;

/**
 * Reads a table of what was said in talks (日時, 送信者, トークルーム, 種類, 本文) or of notices (日時, 作成者, 掲示板, 題名, 本文, コメント). Which
 * columns it has is told by their heads.
 * @param now what is told for later than that is left
 */
export function readTable(text: string, now: Moment): TableRead {
  // A talk as text is no table, and not read as one to find that out.
  if (!looksLikeTable(text)) return undefined;
  const read = readCsv(text);
  if (!read.ok) return { quoteOpen: read.line };
  const { rows } = read;
  const head = headOf(rows);
  if (head < 0) return undefined;
  const total = countLines(text);
  const table = new Table(rows[head]!.cells.map(columnOf), now);
  for (const [i, row] of rows.entries()) {
    const span = (rows[i + 1]?.line ?? endOf(row)) - row.line;
    if (i < head) table.leave(row, span, row.cells.every((cell) => cell.trim() === '') ? undefined : 'head');
    else if (i === head) table.leave(row, span, undefined);
    else table.take(row, span);
  }
  // A `sep=` line, and what is empty at the end.
  table.between += rows.length === 0 ? total : rows[0]!.line - 1;
  return table.read(total);
}

/** Whether such a head stands in the first lines. */
const looksLikeTable = (text: string): boolean => text.slice(0, 4_096).split(/\r\n|\r|\n/).slice(0, headWithin).some((line) => {
  const read = readCsv(line);
  return read.ok && headOf(read.rows) === 0;
});

function countLines(text: string): number {
  if (text === '') return 0;
  const ends = text.match(/\r\n|\r|\n/g)?.length ?? 0;
  return ends + (/[\r\n]$/.test(text) ? 0 : 1);
}

/** The line behind a row: what is empty at the end of the file is no part of its last one. */
const endOf = ({ line, cells }: CsvRow): number => line + 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

class Table {
  readonly #columns: readonly (Column | undefined)[];
  readonly #now: Moment;
  readonly #source: ReadFile['source'];
  readonly #lines: ReadLine[] = [];
  readonly #left: Remark[] = [];
  readonly #partly: Remark[] = [];
  readonly #rooms = new Map<string, number>();
  readonly #whoIn = new Map<string, Set<string>>();
  #taken = 0;
  between = 0;

  constructor(columns: readonly (Column | undefined)[], now: Moment) {
    this.#columns = columns;
    this.#now = now;
    this.#source = columns.includes('title') ? 'board' : 'talk';
  }

  leave({ line: n, cells }: CsvRow, span: number, why: Why | undefined): void {
    if (why) this.#left.push({ n, span, why, says: beginning(cells.join(' ')) });
    else this.between += span;
  }

  take(row: CsvRow, span: number): void {
    const { line: n, cells } = row;
    if (cells.every((cell) => cell.trim() === '')) return this.leave(row, span, undefined);
    const cell = (column: Column): string => (cells[this.#columns.indexOf(column)] ?? '').replaceAll('\r\n', '\n').trim();
    if (brokenOff.test(cells[0]!)) return this.leave(row, span, 'brokenOff');
    const at = this.#momentOf(cells, cell);
    if (at === undefined) return this.leave(row, span, 'noTime');
    const text = cell('text') || (this.#source === 'talk' ? cell('file') : '');
    const kind = this.#kindOf(cell, text);
    // Who reads a talk changes in it: they stand for the room only where nothing else does.
    const room = cell('room') || cell('channel') || cell('to');
    const read = { at, who: cell('who'), kind, text, ...(cell('title') ? { title: cell('title') } : {}), ...(cell('comments') ? { comments: cell('comments') } : {}), ...(room ? { room } : {}) };
    const why = unfit(read, this.#now);
    if (why) return this.leave(row, span, why);
    this.#lines.push({ n, ...read });
    this.#taken += span;
    if (room) this.#rooms.set(room, (this.#rooms.get(room) ?? 0) + 1);
    if (!cell('room') && cell('channel')) this.#speaks(room, read.who);
    const says = beginning(read.title ?? text);
    if (isNameOnly(kind)) this.#partly.push({ n, span, why: 'nameOnly', says });
    else if (cell('file')) this.#partly.push({ n, span, why: 'attachment', says: beginning(cell('file')) });
  }

  /** A room that has a number for its name is known by who speaks in it. */
  #speaks(room: string, who: string): void {
    const named = this.#whoIn.get(room) ?? new Set();
    if (named.size <= fewNames) this.#whoIn.set(room, named.add(who));
  }

  #momentOf(cells: readonly string[], cell: (column: Column) => string): Moment | undefined {
    // In one cell, or a day and a time in two.
    return momentIn(cell('at')) ?? momentIn(cells.filter((_, i) => times.has(this.#columns[i])).join(' '));
  }

  #kindOf(cell: (column: Column) => string, text: string): LineKind {
    if (this.#source === 'board') return 'post';
    const named = kindNamed(cell('kind'));
    return named && named !== 'text' ? named : kindOf(text);
  }

  read(total: number): ReadFile {
    // Rows that are empty to the end of the table are no rows.
    const told = this.#taken + this.between + this.#left.reduce((sum, { span }) => sum + span, 0);
    return { source: this.#source, lines: this.#lines, left: this.#left, partly: this.#partly, taken: this.#taken, between: this.between + total - told, total, rooms: this.#rooms, whoIn: this.#whoIn };
  }
}
