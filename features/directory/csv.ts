/** One line of a table: where it stood in the file, and its cells. */
export interface CsvRow { readonly line: number; readonly cells: readonly string[] }

/** A table as it was read, or the line at which a quotation mark is opened and never closed. */
export type CsvRead = { readonly ok: true; readonly separator: string; readonly rows: readonly CsvRow[] } | { readonly ok: false; readonly line: number };

const separators = [',', '\t', ';'] as const;

/**
 * Reads a table as offices save it: RFC 4180, and what Excel makes of it. Takes any line end, commas, tabs or semicolons
 * (found out by looking), a `sep=` line, quotation marks that stand in the middle of a cell, and a BOM. Rows and columns
 * that are empty to the end of the table are dropped.
 */
export function readCsv(text: string): CsvRead {
  let body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let first = 1;
  const told = /^sep=(.)(\r\n|\r|\n)/i.exec(body);
  if (told) {
    body = body.slice(told[0].length);
    first = 2;
  }
  const separator = told?.[1] ?? separatorOf(body);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = first;
  let began = first;
  let openedAt = 0;
  const endCell = (): void => {
    // ="090" is how one keeps a spreadsheet from eating the zero; the sign and the marks are no part of the words.
    cells.push(cell.replace(/^="([^"]*)"$/, '$1'));
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    rows.push({ line: began, cells });
    cells = [];
    began = line;
  };
  for (let i = 0; i < body.length; i++) {
    const letter = body[i]!;
    const isEnd = letter === '\n' || (letter === '\r' && body[i + 1] !== '\n');
    if (isEnd) line += 1;
    if (openedAt > 0) {
      if (letter !== '"') cell += letter;
      else if (body[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else openedAt = 0;
    } else if (letter === '"' && cell === '') {
      openedAt = line;
    } else if (letter === separator) endCell();
    else if (isEnd) endRow();
    else if (letter !== '\r') cell += letter;
  }
  if (openedAt > 0) return { ok: false, line: openedAt };
  if (cell !== '' || cells.length > 0) endRow();
  return { ok: true, separator, rows: withoutEmptyEnds(rows) };
}

/** What stands most often outside quotation marks in the first lines that have any of them. */
function separatorOf(body: string): string {
  const bare = body.slice(0, 8_192).replace(/"(?:[^"]|"")*"/g, '');
  const counts = separators.map((one) => bare.split(one).length);
  return separators[counts.indexOf(Math.max(...counts))]!;
}

/** A spreadsheet that was once larger leaves rows and columns of nothing behind. */
function withoutEmptyEnds(rows: readonly CsvRow[]): CsvRow[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.findLastIndex((one) => one.trim() !== '') + 1));
  const height = rows.findLastIndex(({ cells }) => cells.some((one) => one.trim() !== '')) + 1;
  return rows.slice(0, height).map(({ line, cells }) => ({ line, cells: cells.slice(0, width) }));
}

/**
 * Writes a table for a spreadsheet: RFC 4180 with CRLF. A cell that a spreadsheet would take for a formula gets an
 * apostrophe before it (CWE-1236), in full width too, which a Japanese one folds; a number with a zero at its head is written so that the zero stays.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(written).join(',')}\r\n`).join('');
}

function written(cell: string): string {
  if (/^0\d+$/.test(cell)) return `"=""${cell}"""`;
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
