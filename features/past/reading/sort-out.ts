import { fiscalYearOf, type Id } from '@noroshi/foundations/kernel';
import { pageLetters, pageLines, type PastLine } from '../page.ts';
import { goneKey, goneMark, keyOf } from './keys.ts';
import { beginning, type ReadFile, type ReadLine, type Remark, type Why } from './line.ts';
import { whoBears, type Bearer } from './names.ts';

/** A file, sorted out against what is here: what would be brought, and what not. */
export interface Sorted {
  readonly lines: readonly PastLine[];
  /** As in the file, with those of other rooms and those that are here already. */
  readonly left: readonly Remark[];
  /** Names that one person here bears, and those that nobody does, or several. */
  readonly matched: ReadonlyMap<string, Id>;
  readonly unmatched: ReadonlySet<string>;
}

/**
 * Sorts a file out.
 * @param room the one that is taken, where the file tells of several
 * @param here what lies in the place already, by `keyOf`: as often as it lies there
 */
export function sortOut(file: ReadFile, { room, here, people }: { readonly room?: string | undefined; readonly here: readonly string[]; readonly people: readonly Bearer[] }): Sorted {
  const counted = new Map<string, number>();
  for (const key of here) counted.set(key, (counted.get(key) ?? 0) + 1);
  const isGone = here.some((key) => key.startsWith(goneMark));
  const idOf = whoBears(people);
  const lines: PastLine[] = [];
  const left: Remark[] = [...file.left];
  const matched = new Map<string, Id>();
  const unmatched = new Set<string>();
  const spans = spansOf(file);
  const leave = (line: ReadLine, why: Why): void => void left.push({ n: line.n, span: spans.get(line.n) ?? 1, why, says: beginning(line.title ?? line.text) });
  for (const line of file.lines) {
    if (room !== undefined && line.room !== room) {
      leave(line, 'otherRoom');
      continue;
    }
    // Where nothing lies yet, nothing need be told apart.
    const key = counted.size > 0 ? keyOf({ ...line, words: line }) : '';
    const times = counted.get(key) ?? 0;
    if (isGone && counted.has(goneKey(line))) leave(line, 'takenOut');
    else if (times > 0) {
      counted.set(key, times - 1);
      leave(line, 'here');
    } else {
      const { room: _room, ...said } = line;
      const person = line.who ? idOf(line.who) : undefined;
      if (person) matched.set(line.who, person);
      else if (line.who) unmatched.add(line.who);
      lines.push({ ...said, ...(person ? { person } : {}) });
    }
  }
  return { lines: inTime(lines), left: left.toSorted((a, b) => a.n - b.n), matched, unmatched };
}

/** Oldest first, also where a log begins with the newest; what is of one minute stays in the order in which it was said. */
function inTime(lines: readonly PastLine[]): PastLine[] {
  const way = lines.length > 1 && lines[0]!.at > lines.at(-1)!.at ? -1 : 1;
  return lines.toSorted((a, b) => a.at - b.at || way * (a.n - b.n));
}

/** How many lines of the file each of those takes that were read. */
function spansOf({ lines, left, partly }: ReadFile): Map<number, number> {
  return new Map([...lines.map(({ n }) => [n, 1] as const), ...[...left, ...partly].map(({ n, span }) => [n, span] as const)]);
}

/** Lines as pages, each small enough to go up in one piece, and of one fiscal year: a page goes as a whole when its term is over. */
export function inPages(lines: readonly PastLine[]): PastLine[][] {
  const pages: PastLine[][] = [];
  let [letters, of] = [0, 0];
  for (const line of lines) {
    const { length } = JSON.stringify(line);
    const year = fiscalYearOf(line.at);
    if (pages.length === 0 || pages.at(-1)!.length >= pageLines || letters + length > pageLetters || year !== of) [letters] = [0, pages.push([])];
    pages.at(-1)!.push(line);
    letters += length;
    of = year;
  }
  return pages;
}
