import { setImmediate as turn } from 'node:timers/promises';
import { japaneseFonts, pdfkit, type Run, type Words } from './a4.server.ts';

/** Sizes in points. A3 on its side is 1191 × 842. */
const margin = { top: 34, bottom: 44, left: 40, right: 40 };
const size = 8.5;
const headSize = 9;
const pad = 3;
const lineGap = 1.5;

export interface ListingOptions {
  readonly title: string;
  readonly language: 'ja' | 'en';
  /** Stands across the head of each page of a drill: 訓練. */
  readonly stamp?: string | undefined;
  /** Lines at the head of each page; the first is the largest. */
  readonly head: readonly string[];
  readonly columns: readonly { readonly head: string; /** A share of the width. */ readonly share: number }[];
  /** The line at the foot of each page. */
  readonly foot: (page: number) => string;
  readonly madeAt: Date;
}

/**
 * A long table on sheets of A3 on their side, each with the same head, the names of the columns, and its number at the foot. It is
 * handed on page by page, so that memory does not grow with it, and whoever talks comes in between two rows. A row is torn only
 * where it is longer than a page.
 */
export async function* listing(options: ListingOptions, rows: Iterable<readonly Words[]>): AsyncGenerator<Uint8Array> {
  const ready: Buffer[] = [];
  const pdf = new (pdfkit())({
    size: 'A3', layout: 'landscape', margins: margin, autoFirstPage: false, lang: options.language === 'ja' ? 'ja-JP' : 'en', displayTitle: true, tagged: true, pdfVersion: '1.7',
    info: { Title: options.title, Producer: 'Noroshi', Creator: 'Noroshi', CreationDate: options.madeAt },
  });
  const { regular, bold } = japaneseFonts();
  pdf.registerFont('regular', regular).registerFont('bold', bold);
  const ended = new Promise<void>((done, fail) => void pdf.on('data', (part: Buffer) => ready.push(part)).on('end', () => done()).on('error', fail));
  const sheet = new Sheet(pdf, options);
  for (const row of rows) {
    sheet.row(row);
    await turn();
    yield* ready.splice(0);
  }
  if (sheet.pages === 0) sheet.page();
  pdf.end();
  await ended;
  yield* ready.splice(0);
}

class Sheet {
  pages = 0;
  readonly #pdf: PDFKit.PDFDocument;
  readonly #options: ListingOptions;
  readonly #widths: readonly number[];
  #y = 0;
  /** Where the first row of a page stands. */
  #top = 0;

  constructor(pdf: PDFKit.PDFDocument, options: ListingOptions) {
    this.#pdf = pdf;
    this.#options = options;
    const total = options.columns.reduce((sum, { share }) => sum + share, 0);
    this.#widths = options.columns.map(({ share }) => ((1191 - margin.left - margin.right) * share) / total);
  }

  get #end(): number {
    return this.#pdf.page.height - margin.bottom;
  }

  /** Begins a page, with all that stands on each. */
  page(): void {
    const pdf = this.#pdf;
    const { head, foot, stamp, columns } = this.#options;
    pdf.addPage();
    this.pages += 1;
    const whole = { width: pdf.page.width - margin.left - margin.right, lineBreak: false } as const;
    // Text below the margin would begin a page of its own.
    pdf.page.margins.bottom = 0;
    pdf.font('regular').fontSize(size).fillColor('#4d4d4d').text(foot(this.pages), margin.left, pdf.page.height - 30, { ...whole, align: 'center' });
    if (stamp) {
      pdf.font('bold').fontSize(11).fillColor('#990099').text(stamp, margin.left, 18, { ...whole, align: 'center' });
      pdf.lineWidth(2).strokeColor('#990099').rect(12, 12, pdf.page.width - 24, pdf.page.height - 24).stroke();
    }
    pdf.page.margins.bottom = margin.bottom;
    this.#y = margin.top;
    pdf.fillColor('#1a1a1a');
    head.forEach((line, i) => {
      pdf.font(i === 0 ? 'bold' : 'regular').fontSize(i === 0 ? 13 : headSize).text(line, margin.left, this.#y, { width: whole.width });
      this.#y = pdf.y + 2;
    });
    this.#y += 4;
    this.#draw(columns.map((column) => [{ text: column.head, bold: true }]), true);
    this.#top = this.#y;
  }

  row(cells: readonly Words[]): void {
    if (this.pages === 0) this.page();
    const height = this.#heightOf(cells);
    // What is longer than a page would be cut at its foot: it goes on, in parts, over as many as it takes.
    if (this.#top + height > this.#end) return this.#torn(cells);
    if (this.#y + height > this.#end) this.page();
    this.#draw(cells, false, height);
  }

  #torn(cells: readonly Words[]): void {
    if (this.#y + 5 * size > this.#end) this.page();
    let rest = cells.map(textOf);
    while (rest.some((text) => text !== '')) {
      const room = this.#end - this.#y;
      const parts = rest.map((text, i) => this.#fitting(text, i, room));
      this.#draw(parts, false);
      rest = rest.map((text, i) => text.slice(parts[i]!.length));
      if (rest.some((text) => text !== '')) this.page();
    }
  }

  /** As much of a text as there is room for, at least one character. */
  #fitting(text: string, column: number, room: number): string {
    let [fits, tooMuch] = [1, text.length + 1];
    while (tooMuch - fits > 1) {
      const middle = (fits + tooMuch) >> 1;
      if (this.#heightOfCell(text.slice(0, middle), column) + pad * 2 <= room) fits = middle;
      else tooMuch = middle;
    }
    return text.slice(0, fits);
  }

  #heightOf(cells: readonly Words[]): number {
    return Math.max(size + lineGap, ...cells.map((cell, i) => this.#heightOfCell(cell, i))) + pad * 2;
  }

  #heightOfCell(cell: Words, column: number): number {
    const text = textOf(cell);
    if (text === '') return 0;
    return this.#pdf.font(isBold(cell) ? 'bold' : 'regular').fontSize(size).heightOfString(text, { width: this.#widths[column]! - pad * 2, lineGap });
  }

  #draw(cells: readonly Words[], isHead: boolean, height = this.#heightOf(cells)): void {
    const pdf = this.#pdf;
    let x = margin.left;
    cells.forEach((cell, i) => {
      const width = this.#widths[i]!;
      if (isHead) pdf.rect(x, this.#y, width, height).fill('#f2f2f2');
      pdf.fillColor('#1a1a1a').lineWidth(0.5).strokeColor('#767676').rect(x, this.#y, width, height).stroke();
      const runs: readonly Run[] = typeof cell === 'string' ? [{ text: cell }] : cell;
      if (textOf(cell) !== '') {
        pdf.fontSize(size);
        runs.forEach((run, n) => {
          const how = { width: width - pad * 2, lineGap, continued: n < runs.length - 1, strike: run.gone ?? false };
          pdf.font(run.bold ? 'bold' : 'regular');
          if (n === 0) pdf.text(run.text, x + pad, this.#y + pad, how);
          else pdf.text(run.text, how);
        });
      }
      x += width;
    });
    this.#y += height;
  }
}

const textOf = (words: Words): string => (typeof words === 'string' ? words : words.map(({ text }) => text).join(''));
const isBold = (words: Words): boolean => typeof words !== 'string' && words.some(({ bold }) => bold);
