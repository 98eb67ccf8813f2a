import { contentLines, propertyOf, unescapeText, type Property } from '@noroshi/foundations/documents/content-lines';

/** A line of a file is no longer than this, in letters. */
export const longestLine = 40_000;
/** VCALENDAR, VEVENT, VALARM: deeper lies nothing that we read. */
const deepest = 8;

/** A property, and the line on which it stands. */
export type Placed = Property & { readonly line: number };
export interface Part { readonly name: string; readonly line: number; readonly properties: Placed[]; readonly parts: Part[] }
export interface Parts {
  readonly top: readonly Part[];
  /** Lines that were left out as too long, and the part in which they stand. */
  readonly long: readonly { readonly line: number; readonly within: Part | undefined }[];
  /** Where a file breaks off, or is out of order: what stood open there is not among the parts. */
  readonly broken?: { readonly line: number; readonly within: Part | undefined };
}

/**
 * The parts of a file, by BEGIN and END. Lines that are folded are one (3.1).
 * @returns what was whole before the first thing that is out of order
 */
export function partsOf(text: string): Parts | 'icsTooDeep' {
  const top: Part[] = [];
  const open: Part[] = [];
  const long: { line: number; within: Part | undefined }[] = [];
  const event = (): Part | undefined => open.find(({ name }) => name === 'VEVENT');
  const broken = (line: number): Parts => {
    const within = event();
    const around = within && open[open.indexOf(within) - 1];
    (around?.parts ?? top).splice(-1, within ? 1 : 0);
    return { top, long, broken: { line, within } };
  };
  let last = 1;
  for (const { no, text: line, cut } of contentLines(text, longestLine)) {
    if (line.trim() === '') continue;
    last = no;
    if (cut) {
      long.push({ line: no, within: event() });
      continue;
    }
    const property = propertyOf(line);
    if (!property) continue;
    if (property.name === 'BEGIN') {
      if (open.length >= deepest) return 'icsTooDeep';
      const part: Part = { name: property.value.trim().toUpperCase(), line: no, properties: [], parts: [] };
      (open.at(-1)?.parts ?? top).push(part);
      open.push(part);
    } else if (property.name === 'END') {
      if (open.at(-1)?.name !== property.value.trim().toUpperCase()) return broken(no);
      open.pop();
    } else open.at(-1)?.properties.push({ ...property, line: no });
  }
  return open.length > 0 ? broken(last) : { top, long };
}

export const of = ({ properties }: Part, name: string): Placed | undefined => properties.find((one) => one.name === name);
export const allOf = ({ properties }: Part, name: string): Placed[] => properties.filter((one) => one.name === name);
/** A text value as it reads. */
export const valueOf = (part: Part, name: string): string => unescapeText(of(part, name)?.value ?? '');
