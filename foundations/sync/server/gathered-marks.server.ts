import { down, pack, together, type Bytes, type MarkRow } from '@noroshi/foundations/sync';
import type { OpenLine } from './lines.server.ts';

export interface GatheredMarksNeeds {
  /** Runs `work` once, after as long as marks are gathered. */
  readonly soon: (work: () => void) => void;
  readonly tell: (line: OpenLine, marks: Bytes) => void;
}

/** Marks for lines that are to be spared: told together after a while. */
export class GatheredMarks {
  readonly #needs: GatheredMarksNeeds;
  /** Lines for which there are any. */
  readonly #lines = new Set<OpenLine>();

  constructor(needs: GatheredMarksNeeds) {
    this.#needs = needs;
  }

  /** These are told to a line that is to be spared with the next. Of each member only the last counts. */
  add(line: OpenLine, streamNo: number, rows: readonly MarkRow[]): void {
    let marks = line.gathered.get(streamNo);
    if (!marks) line.gathered.set(streamNo, (marks = new Map()));
    for (const row of rows) marks.set(row[0], row);
    if (this.#lines.size === 0) this.#needs.soon(() => this.#tellAll());
    this.#lines.add(line);
  }

  #tellAll(): void {
    const lines = [...this.#lines];
    this.#lines.clear();
    for (const line of lines) this.#tell(line);
  }

  #tell(line: OpenLine): void {
    for (const [streamNo, marks] of line.gathered) if (line.rooms.has(streamNo)) this.#needs.tell(line, marksFrames(streamNo, 0, [...marks.values()])(line));
    line.gathered.clear();
  }

  /** Says anew whether a line is to be spared. @param sparing as the device says it */
  spare(line: OpenLine, sparing: unknown): void {
    line.sparing = sparing === 1;
    if (!line.sparing) this.#tell(line);
  }
}

/** Marks as each line takes them, packed once for all who take them alike. */
export function marksFrames(streamNo: number, whole: 0 | 1, rows: readonly MarkRow[]): (line: OpenLine) => Bytes {
  let joint: Bytes | undefined;
  let single: Bytes | undefined;
  return (line) => (line.joint ? (joint ??= pack([down.marks, streamNo, whole, together(rows)])) : (single ??= pack([down.marks, streamNo, whole, rows])));
}
