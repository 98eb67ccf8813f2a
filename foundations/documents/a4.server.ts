import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Sizes in points. A4 is 595 × 842. */
const margin = { top: 62, bottom: 64, left: 62, right: 54 };
const body = 10.5;
const small = 8.5;
const lineGap = 3.2;
const edge = '#767676';
const soft = '#f2f2f2';

/** A piece of text; a changed one is underlined, as the field does, and one that no longer stands is struck through. */
export interface Run { readonly text: string; readonly changed?: boolean; readonly bold?: boolean; readonly gone?: boolean }
export type Words = string | readonly Run[];

export interface Column { readonly head: string; /** A share of the width. */ readonly share: number; readonly align?: 'left' | 'right' | 'center' }

export interface A4Options {
  readonly title: string;
  readonly language: 'ja' | 'en';
  /** Stands across the head of each page of a drill: 訓練. */
  readonly stamp?: string | undefined;
  /** The line at the foot of each page. */
  readonly foot: (page: number, of: number) => string;
  readonly madeAt: Date;
}

const load = createRequire(import.meta.url);
/** Read with the first document: a start has no use for it and for all that it brings along. */
export const pdfkit = (): typeof import('pdfkit') => load('pdfkit') as typeof import('pdfkit');

let fonts: { regular: Buffer; bold: Buffer } | undefined;
/** The embedded Japanese font (Noto Sans JP, OFL): all characters of Windows code page 932, and pdfkit subsets it. */
export function japaneseFonts(): { regular: Buffer; bold: Buffer } {
  const folder = join(dirname(load.resolve('@embedpdf/fonts-jp')), '../fonts');
  return (fonts ??= { regular: readFileSync(join(folder, 'NotoSansJP-Regular.otf')), bold: readFileSync(join(folder, 'NotoSansJP-Bold.otf')) });
}

/** A sheet of A4, written from top to bottom. What does not fit goes to the next page; a row is never torn. */
export class A4 {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #options: A4Options;
  readonly #parts: Buffer[] = [];
  readonly #ended: Promise<Buffer>;

  constructor(options: A4Options) {
    this.#options = options;
    this.#pdf = new (pdfkit())({
      size: 'A4', margins: margin, bufferPages: true, lang: options.language === 'ja' ? 'ja-JP' : 'en', displayTitle: true, tagged: true, pdfVersion: '1.7',
      info: { Title: options.title, Producer: 'Noroshi', Creator: 'Noroshi', CreationDate: options.madeAt },
    });
    const { regular, bold } = japaneseFonts();
    this.#pdf.registerFont('regular', regular).registerFont('bold', bold).font('regular').fontSize(body);
    this.#ended = new Promise((done, fail) => {
      this.#pdf.on('data', (part: Buffer) => this.#parts.push(part)).on('end', () => done(Buffer.concat(this.#parts))).on('error', fail);
    });
  }

  get #width(): number {
    return this.#pdf.page.width - margin.left - margin.right;
  }

  /** A line at one side or in the middle. */
  line(text: string, align: 'left' | 'right' | 'center' = 'left', size = body): this {
    this.#pdf.font('regular').fontSize(size).text(text, margin.left, this.#pdf.y, { width: this.#width, align, lineGap });
    return this;
  }

  /** The title of the document. */
  title(text: string): this {
    this.gap(8);
    this.#pdf.font('bold').fontSize(17).text(text, margin.left, this.#pdf.y, { width: this.#width, align: 'center', characterSpacing: 2 });
    return this.gap(10);
  }

  heading(text: string): this {
    this.#room(60);
    this.gap(8);
    this.#pdf.font('bold').fontSize(12).text(text, margin.left, this.#pdf.y, { width: this.#width, lineGap });
    return this.gap(3);
  }

  /** What follows begins on a page of its own. */
  page(): this {
    this.#pdf.addPage();
    return this;
  }

  gap(points: number): this {
    this.#pdf.y += points;
    return this;
  }

  /** What is asked or told, one row each: the name at the left, the words at the right. */
  facts(facts: readonly { readonly term: string; readonly is: Words }[]): this {
    return this.#rows([{ share: 0.26 }, { share: 0.74 }], facts.map(({ term, is }) => [term, is]), { firstColumn: true });
  }

  table(columns: readonly Column[], rows: readonly (readonly Words[])[]): this {
    this.#room(70);
    return this.#rows(columns, rows, { head: columns.map((c) => c.head) });
  }

  #rows(columns: readonly { share: number; align?: Column['align'] }[], rows: readonly (readonly Words[])[], how: { head?: readonly string[]; firstColumn?: boolean }): this {
    const pdf = this.#pdf;
    const pad = 5;
    const total = columns.reduce((sum, c) => sum + c.share, 0);
    const widths = columns.map((c) => (this.#width * c.share) / total);
    const row = (cells: readonly Words[], kind: 'head' | 'row'): void => {
      const heights = cells.map((cell, i) => this.#height(cell, widths[i]! - pad * 2, kind === 'head'));
      const height = Math.max(...heights, 14) + pad * 2;
      if (pdf.y + height > pdf.page.height - margin.bottom) {
        pdf.addPage();
        if (how.head && kind === 'row') row(how.head, 'head');
      }
      const top = pdf.y;
      let x = margin.left;
      cells.forEach((cell, i) => {
        const isName = kind === 'head' || (how.firstColumn && i === 0);
        if (isName) pdf.rect(x, top, widths[i]!, height).fill(soft);
        pdf.fillColor('#1a1a1a').lineWidth(0.6).strokeColor(edge).rect(x, top, widths[i]!, height).stroke();
        this.#words(cell, x + pad, top + pad, widths[i]! - pad * 2, columns[i]!.align ?? 'left', kind === 'head');
        x += widths[i]!;
      });
      pdf.y = top + height;
      pdf.x = margin.left;
    };
    if (how.head) row(how.head, 'head');
    for (const cells of rows) row(cells, 'row');
    return this.gap(6);
  }

  #height(words: Words, width: number, head: boolean): number {
    const text = typeof words === 'string' ? words : words.map((w) => w.text).join('');
    const bold = head || (typeof words !== 'string' && words.some((w) => w.bold));
    return this.#pdf.font(bold ? 'bold' : 'regular').fontSize(head ? small + 0.5 : body - 0.5).heightOfString(text || ' ', { width, lineGap: 2 });
  }

  #words(words: Words, x: number, y: number, width: number, align: 'left' | 'right' | 'center', head: boolean): void {
    const pdf = this.#pdf;
    const size = head ? small + 0.5 : body - 0.5;
    if (typeof words === 'string') {
      pdf.font(head ? 'bold' : 'regular').fontSize(size).text(words || ' ', x, y, { width, align, lineGap: 2 });
      return;
    }
    words.forEach((run, i) => {
      const options = { width, lineGap: 2, continued: i < words.length - 1, underline: run.changed ?? false };
      pdf.font(run.bold || run.changed ? 'bold' : 'regular').fontSize(size);
      if (i === 0) pdf.text(run.text, x, y, { ...options, align });
      else pdf.text(run.text, options);
    });
  }

  #room(points: number): void {
    if (this.#pdf.y + points > this.#pdf.page.height - margin.bottom) this.#pdf.addPage();
  }

  /** Numbers the pages, stamps a drill's, and gives the file. */
  async end(): Promise<Buffer> {
    const pdf = this.#pdf;
    const { count } = pdf.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      pdf.switchToPage(page);
      // Text below the margin would otherwise begin a page of its own.
      const kept = pdf.page.margins.bottom;
      pdf.page.margins.bottom = 0;
      pdf.font('regular').fontSize(small).fillColor('#4d4d4d').text(this.#options.foot(page + 1, count), margin.left, pdf.page.height - 42, { width: this.#width, align: 'center', lineBreak: false });
      if (this.#options.stamp) {
        pdf.font('bold').fontSize(11).fillColor('#990099').text(this.#options.stamp, margin.left, 26, { width: this.#width, align: 'center', lineBreak: false });
        pdf.lineWidth(2).strokeColor('#990099').rect(14, 14, pdf.page.width - 28, pdf.page.height - 28).stroke();
      }
      pdf.page.margins.bottom = kept;
    }
    pdf.end();
    return this.#ended;
  }
}
