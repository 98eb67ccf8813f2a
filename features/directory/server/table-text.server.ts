/** How a table turned out to be written. */
export type FoundEncoding = 'utf-8' | 'shift_jis' | 'utf-16';

const strictly = (encoding: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** What stands in pictures and programs and in no text: controls other than tab and line ends. */
const isControl = (letter: string): boolean => letter < ' ' && !'\t\n\v\f\r'.includes(letter);

/**
 * The text of a table. Without being told, what begins with a BOM is what it says; what is well-formed UTF-8 is that;
 * the rest is Shift_JIS as Windows writes it (CP932).
 * @returns undefined for bytes that are no text, such as a workbook
 */
export function textOf(bytes: Uint8Array, told: 'auto' | FoundEncoding): { encoding: FoundEncoding; text: string } | undefined {
  const begins = (...mark: number[]): boolean => mark.every((byte, i) => bytes[i] === byte);
  const order: readonly (readonly [FoundEncoding, string])[] =
    told === 'shift_jis' ? [['shift_jis', 'shift_jis']]
    : told === 'utf-8' ? [['utf-8', 'utf-8']]
    : told === 'utf-16' || begins(0xff, 0xfe) || begins(0xfe, 0xff) ? [['utf-16', begins(0xfe, 0xff) ? 'utf-16be' : 'utf-16le']]
    : [['utf-8', 'utf-8'], ['shift_jis', 'shift_jis']];
  for (const [encoding, label] of order) {
    const text = strictly(label, bytes);
    if (text !== undefined && ![...text].some(isControl)) return { encoding, text };
  }
  return undefined;
}

const shiftJis = new TextDecoder('shift_jis');

/** Which two bytes stand for a character in CP932: the platform's own decoder, turned round. Made at the first use. */
const twoBytes = (() => {
  let made: Map<string, readonly [number, number]> | undefined;
  return (): Map<string, readonly [number, number]> => {
    if (made) return made;
    made = new Map();
    // Some characters stand in it several times. Like Windows: the first counts, but for those that NEC (ED, EE) repeats of IBM.
    for (let lead = 0x81; lead <= 0xfc; lead++) {
      if (lead > 0x9f && lead < 0xe0) continue;
      for (let trail = 0x40; trail <= 0xfc; trail++) {
        if (trail === 0x7f) continue;
        const text = shiftJis.decode(Uint8Array.of(lead, trail));
        if ([...text].length !== 1 || text === '\uFFFD' || /[\uE000-\uF8FF]/.test(text)) continue;
        const before = made.get(text)?.[0];
        if (before === undefined || before === 0xed || before === 0xee) made.set(text, [lead, trail]);
      }
    }
    return made;
  };
})();

/** Text as Shift_JIS bytes (CP932). What it lacks stands as 〓 and is told. */
export function toShiftJis(text: string): { bytes: Uint8Array; missing: string[] } {
  const bytes: number[] = [];
  const missing = new Set<string>();
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    const pair = twoBytes().get(letter);
    if (code < 0x80) bytes.push(code);
    else if (code >= 0xff61 && code <= 0xff9f) bytes.push(code - 0xff61 + 0xa1);
    else if (pair) bytes.push(...pair);
    else {
      missing.add(letter);
      bytes.push(...twoBytes().get('〓')!);
    }
  }
  return { bytes: Uint8Array.from(bytes), missing: [...missing] };
}
