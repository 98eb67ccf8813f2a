/** Lines as iCalendar (RFC 5545, 3.1) and vCard (RFC 6350, 3.2; RFC 2426) have them: `NAME;PARAM=value:value`, folded at 75 octets. */

/** How many octets a character takes in UTF-8. */
const octets = (letter: string): number => { const code = letter.codePointAt(0)!; return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4; };

/** How many octets a text takes in UTF-8. */
export const octetsOf = (text: string): number => { let all = 0; for (const letter of text) all += octets(letter); return all; };

/**
 * Folds a line at 75 octets, and never within a character: a Japanese one is three of them.
 * @returns the line and its continuations, each ended by CRLF
 */
export function foldLine(line: string): string {
  let [out, room] = ['', 75];
  for (const letter of line) {
    const length = octets(letter);
    if (length > room) {
      out += '\r\n ';
      room = 74;
    }
    out += letter;
    room -= length;
  }
  return `${out}\r\n`;
}

/**
 * A text as a value: commas, semicolons, backslashes and whatever any reader takes for the end of a line would end it, else a name could
 * bring a property of its own. What cannot be said at all is left out.
 */
export const escapeText = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replaceAll(/[\u0000-\u0008\u000e-\u001f\u007f]/g, '').replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/g, '\\n');

/** A text value as it reads, without what no text holds. */
export const unescapeText = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replaceAll(/\\([\\;,nN])/g, (_, letter: string) => (letter === 'n' || letter === 'N' ? '\n' : letter)).replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim();

/** A whole line: where it began in the file, and its letters; `cut` where there were more of them than are kept. */
export interface ContentLine { readonly no: number; readonly text: string; readonly cut: boolean }

/**
 * The lines of a file, put together where they were folded.
 * @param longest of a line without end no more letters are kept than these
 */
export function* contentLines(text: string, longest: number): Iterable<ContentLine> {
  let [held, began, length]: [string[], number, number] = [[], 1, 0];
  let no = 0;
  const whole = (): ContentLine => { const all = held.join(''); return { no: began, text: all.slice(0, longest), cut: length > longest }; };
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    no += 1;
    if (/^[ \t]/.test(line) && held.length > 0) {
      if (length <= longest) held.push(line.slice(1));
      length += line.length - 1;
      continue;
    }
    if (held.length > 0) yield whole();
    [held, began, length] = [[line], no, line.length];
  }
  yield whole();
}

/** A property: its name, and what is said beside its value. */
export interface Property { readonly name: string; readonly params: ReadonlyMap<string, string>; readonly value: string }

/**
 * Reads `NAME;PARAM=value;PARAM="va:lue":value`.
 * @param bare takes what vCard has beside that: a group before the name (`item1.TEL`), and parameters without a name (`TEL;CELL;VOICE`), which are types or the way it is written. One that is said several times has all its values, with commas
 */
export function propertyOf(line: string, bare = false): Property | undefined {
  const [whole, name] = (bare ? /^(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)/ : /^([A-Za-z0-9-]+)/).exec(line) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  const params = new Map<string, string>();
  let at = whole.length;
  while (line[at] === ';') {
    const found = /^;(?:([A-Za-z0-9-]+)=)?((?:"[^"]*"|[^",;:])*(?:,(?:"[^"]*"|[^",;:])*)*)/.exec(line.slice(at, at + 2_000));
    const param = found?.[1]?.toUpperCase() ?? (bare && found ? bareParam(found[2]!) : undefined);
    if (!found || param === undefined) return undefined;
    const before = bare ? params.get(param) : undefined;
    params.set(param, `${before === undefined ? '' : `${before},`}${found[2]!.replaceAll('"', '')}`);
    at += found[0].length;
  }
  return line[at] === ':' ? { name: name.toUpperCase(), params, value: line.slice(at + 1) } : undefined;
}

/** What a parameter without a name is (vCard 2.1): how the value is written, or a type. */
const bareParam = (value: string): string => (/^(quoted-printable|base64|8bit|7bit)$/i.test(value) ? 'ENCODING' : 'TYPE');
