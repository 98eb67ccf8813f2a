import { phoneNumber, type Phone } from './person.ts';

/** Half-width kana and full-width letters, digits and signs as one writes them; the characters of names stay untouched. */
export function foldWidth(text: string): string {
  return text.replace(/[\uFF61-\uFF9F]+|[\uFF01-\uFF5E]+|[\u3000\u00A0]/g, (run) => run.normalize('NFKC'));
}

/** Words in a cell: without the spaces at both ends, inner ones single, and without the apostrophe that keeps a formula still. */
export function wordsIn(cell: string): string {
  return foldWidth(cell).replace(/^\s*'(?=[=+\-@\t\r\n])/, '').replace(/[ \t\r\n]+/g, ' ').trim();
}

/** A reading in hiragana, however it was written. */
export function kanaIn(cell: string): string {
  return wordsIn(cell).replace(/[\u30A1-\u30F6]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
}

/** What stands in a column's head, so that width, spaces, brackets and case do not matter. */
export function headIn(cell: string): string {
  return foldWidth(cell).normalize('NFKC').toLowerCase().replace(/[\s()[\]（）【】「」・_:：*※.-]/g, '');
}

/** A telephone number as it was meant, or why it cannot be one. */
export type NumberRead = { readonly ok: true; readonly number: string; readonly zeroAdded: boolean } | { readonly ok: false; readonly code: 'import.phoneRounded' | 'import.phone' };

/**
 * Reads a telephone number from a cell: any width, any sign that looks like a hyphen, brackets around the area code. A zero
 * that a spreadsheet has eaten is put back; digits that it has rounded are lost and must be typed again.
 */
export function numberIn(cell: string): NumberRead {
  const told = wordsIn(cell).replace(/[\u2010-\u2015\u2212\u2500\u30FC\uFF70]/g, '-').replace(/^(tel|電話|携帯)[:.]?/i, '');
  if (/^\d(\.\d+)?e\+?\d+$/i.test(told)) return { ok: false, code: 'import.phoneRounded' };
  const number = told.replace(/\s/g, '').replace(/^\((\d+)\)/, '$1-').replace(/\((\d+)\)/, '-$1-').replace(/\.0$/, '').replace(/-{2,}/g, '-').replace(/-$/, '');
  const digits = number.replace(/\D/g, '');
  // Japanese numbers have ten digits, mobile ones eleven. Without their zero they have nine, or ten from 50, 70, 80 or 90.
  const eaten = !number.startsWith('0') && !number.startsWith('+') && (digits.length === 9 || (digits.length === 10 && /^[5789]0/.test(digits)));
  const whole = eaten ? `0${number}` : number;
  const length = whole.replace(/\D/g, '').length;
  const right = phoneNumber.test(whole) && (whole.startsWith('+') || (whole.startsWith('0') && (length === 10 || length === 11 || whole.startsWith('00'))));
  return right ? { ok: true, number: whole, zeroAdded: eaten } : { ok: false, code: 'import.phone' };
}

/** Whether two numbers ring the same telephone. */
export function sameNumber(a: Pick<Phone, 'number'>, b: Pick<Phone, 'number'>): boolean {
  return a.number.replace(/\D/g, '') === b.number.replace(/\D/g, '');
}
