import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { added, nothing, type Outcome } from './outcome.ts';
import type { RoundResult } from './round.ts';

type Line = RoundResult & { readonly round: number; readonly seed: number };

/** The rounds of one seed that are finished, one a line, so that a long run can be done in parts. */
export class Progress {
  readonly #file: string;
  readonly lines: Line[];

  /** @param anew forgets what was done before */
  constructor(file: string, anew = false) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    if (anew) rmSync(file, { force: true });
    this.lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line) : [];
  }

  add(line: Line): void {
    this.lines.push(line);
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  get total(): Outcome {
    return this.lines.reduce((sum, line) => added(sum, line), nothing);
  }

  /** How often each kind was injected, and how often each deed was acknowledged. */
  sums(of: 'kinds' | 'deeds'): Record<string, number> {
    const all: Record<string, number> = {};
    for (const line of this.lines) for (const [name, n] of Object.entries(line[of])) all[name] = (all[name] ?? 0) + n;
    return all;
  }
}
