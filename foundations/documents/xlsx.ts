import { strToU8, zipSync } from 'fflate';

/** One cell: words, a number that can be added up, or nothing. `strong` is a heading, `changed` is underlined as in the reports of the field. */
export type Cell = string | number | null | { readonly value: string | number | null; readonly strong?: boolean; readonly changed?: boolean };

/** One sheet of a workbook. */
export interface SheetOfBook {
  /** Its name on the tab. What spreadsheets do not take there is replaced. */
  readonly name: string;
  /** How wide each column is, in characters. */
  readonly widths: readonly number[];
  /** The first `rows` rows and `columns` columns are headings: they stay in sight, and stand on each printed page. */
  readonly heads: { readonly rows: number; readonly columns?: number };
  readonly rows: readonly (readonly Cell[])[];
}

/** The longest name of a sheet, and the characters that none may have (as spreadsheets have it). */
const longestName = 31;
const notInName = /[\\/?*[\]:]/g;
/** What no XML may hold. */
// oxlint-disable-next-line no-control-regex
const notInXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
/** The most that a cell holds. */
const longestText = 32_767;

const xml = (text: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`;
const plain = (text: string): string => text.replaceAll(notInXml, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const parts = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const type = (part: string): string => `application/vnd.openxmlformats-officedocument.spreadsheetml.${part}+xml`;

/** The looks of a cell, in the order in which the styles name them: plain, strong, changed, and a title, which runs on over the cells beside it. */
const looks = { plain: 0, strong: 1, changed: 2, title: 3 } as const;
const styles = xml(`<styleSheet ${main}><fonts count="3"><font><sz val="11"/><name val="Yu Gothic"/></font><font><b/><sz val="11"/><name val="Yu Gothic"/></font><font><b/><u/><sz val="11"/><name val="Yu Gothic"/></font></fonts>`
  + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
  + `<cellXfs count="4">${[0, 1, 2, 1].map((font, look) => `<xf fontId="${font}" applyFont="1" applyAlignment="1"><alignment vertical="top"${look === looks.title ? '' : ' wrapText="1"'}/></xf>`).join('')}</cellXfs></styleSheet>`);

/**
 * A workbook (.xlsx, ECMA-376), made here or on a device without a network. Words stay words: what begins with = is no formula.
 * @throws when there is no sheet
 */
export function workbook(sheets: readonly SheetOfBook[]): Uint8Array<ArrayBuffer> {
  if (sheets.length === 0) throw new Error('a workbook has a sheet');
  const taken = new Set<string>();
  const names = sheets.map(({ name }) => sheetName(name, taken));
  const files: Record<string, string> = {
    '[Content_Types].xml': xml(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
      + `<Override PartName="/xl/workbook.xml" ContentType="${type('sheet.main')}"/><Override PartName="/xl/styles.xml" ContentType="${type('styles')}"/>${names.map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${type('worksheet')}"/>`).join('')}</Types>`),
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/_rels/workbook.xml.rels': relations([...names.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const), ['styles', 'styles.xml']]),
    'xl/workbook.xml': xml(`<workbook ${main} xmlns:r="${parts}"><sheets>${names.map((name, i) => `<sheet name="${plain(name)}" sheetId="${i + 1}" r:id="r${i + 1}"/>`).join('')}</sheets>`
      + titles(sheets.map(({ heads }, i) => (heads.rows > 0 ? `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${plain(names[i]!.replaceAll("'", "''"))}'!$1:$${heads.rows}</definedName>` : '')).join('')) + '</workbook>'),
    'xl/styles.xml': styles,
  };
  sheets.forEach((sheet, i) => { files[`xl/worksheets/sheet${i + 1}.xml`] = sheetXml(sheet); });
  // A fixed time: the same words make the same file. (The format knows none before 1980.)
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), { mtime: '1980-01-01T12:00:00Z' }) as Uint8Array<ArrayBuffer>;
}

const titles = (names: string): string => (names && `<definedNames>${names}</definedNames>`);

const relations = (all: readonly (readonly [kind: string, target: string])[]): string =>
  xml(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.map(([kind, target], i) => `<Relationship Id="r${i + 1}" Type="${parts}/${kind}" Target="${target}"/>`).join('')}</Relationships>`);

function sheetXml({ widths, heads, rows }: SheetOfBook): string {
  const { rows: top, columns: left = 0 } = heads;
  const pane = top + left === 0 ? '' : `<pane${left ? ` xSplit="${left}"` : ''}${top ? ` ySplit="${top}"` : ''} topLeftCell="${place(top, left)}" activePane="${top && left ? 'bottomRight' : top ? 'bottomLeft' : 'topRight'}" state="frozen"/>`;
  return xml(`<worksheet ${main}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`
    + `<cols>${widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`
    + `<sheetData>${rows.map((row, r) => `<row r="${r + 1}">${row.map((cell, c) => cellXml(cell, place(r, c), r >= top ? looks.plain : row.length === 1 ? looks.title : looks.strong)).join('')}</row>`).join('')}</sheetData>`
    + '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>');
}

function cellXml(cell: Cell, at: string, usual: number): string {
  const { value, strong = false, changed = false } = cell !== null && typeof cell === 'object' ? cell : { value: cell };
  if (value === null || value === '') return '';
  const how = `r="${at}" s="${changed ? looks.changed : strong ? looks.strong : usual}"`;
  if (typeof value === 'number') return Number.isFinite(value) ? `<c ${how}><v>${value}</v></c>` : '';
  return `<c ${how} t="inlineStr"><is><t xml:space="preserve">${plain(value.slice(0, longestText))}</t></is></c>`;
}

/** `B3` of the third row and the second column, both counted from 0. */
function place(row: number, column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row + 1}`;
}

/** A name that spreadsheets take, and that no other sheet of the book has. */
function sheetName(wanted: string, taken: Set<string>): string {
  const base = [...(wanted.replaceAll(notInXml, '').replaceAll(notInName, '・').replaceAll(/^'|'$/g, '') || '1')].slice(0, longestName - 3).join('');
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base} ${n}`;
  taken.add(name.toLowerCase());
  return name;
}
