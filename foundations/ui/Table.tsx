import type { ComponentChildren } from 'preact';
import { names } from './pressable.tsx';
import './table.css';

export interface Column<Row> {
  head: ComponentChildren;
  /** A second, quieter line in the head. */
  under?: ComponentChildren;
  numeric?: boolean | undefined;
  /** On orange ground: the column of what is short. */
  short?: boolean | undefined;
  cell: (row: Row) => ComponentChildren;
  /** The last line: totals. */
  foot?: ComponentChildren;
}

interface TableProps<Row> {
  /** What the table shows, for those who only hear it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** More columns than a telephone is wide: it is moved sideways, and what names a row stays. */
  wide?: boolean | undefined;
}

/** Rows and columns. The first column names its row. Too wide, it scrolls inside its own box. */
export function Table<Row>({ caption, columns, rows, rowKey, wide }: TableProps<Row>) {
  const look = (column: Column<Row>) => names(column.numeric && 'num', column.short && 'lackc') || undefined;
  return (
    <div class={names('tablebox', wide && 'wide')} data-sideways={wide} role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="sr">{caption}</caption>
        <thead><tr>{columns.map((column, n) => <th key={n} scope="col" class={look(column)}>{column.head}{column.under && <small>{column.under}</small>}</th>)}</tr></thead>
        <tbody>{rows.map((row) => (
          <tr key={rowKey(row)}>{columns.map((column, n) => (n ? <td key={n} class={look(column)}>{column.cell(row)}</td> : <th key={n} scope="row">{column.cell(row)}</th>))}</tr>
        ))}</tbody>
        {columns.some((column) => column.foot !== undefined) && (
          <tfoot><tr>{columns.map((column, n) => (n ? <td key={n} class={look(column)}>{column.foot}</td> : <th key={n} scope="row">{column.foot}</th>))}</tr></tfoot>
        )}
      </table>
    </div>
  );
}
