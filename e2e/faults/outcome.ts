/** What a checker counts. All but the first two must be 0. */
export interface Outcome {
  readonly faults: number;
  /** Commands that the server has acknowledged to a device. */
  readonly acknowledged: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly misordered: number;
  readonly misread: number;
  readonly disagreeing: number;
  readonly wrongSums: number;
  readonly leaked: number;
}

/** What is counted as wrong. */
export const wrongs = ['lost', 'duplicated', 'misordered', 'misread', 'disagreeing', 'wrongSums', 'leaked'] as const;
export type Wrong = (typeof wrongs)[number];

export const nothing: Outcome = { faults: 0, acknowledged: 0, lost: 0, duplicated: 0, misordered: 0, misread: 0, disagreeing: 0, wrongSums: 0, leaked: 0 };

/** Among the deeds, how often a device stood on the line of a call: it comes into one by its line, and gives no command for it. */
export const onTheLine = 'call line';

export const added = (a: Outcome, b: Outcome): Outcome =>
  Object.fromEntries((Object.keys(nothing) as (keyof Outcome)[]).map((figure) => [figure, a[figure] + b[figure]])) as unknown as Outcome;

export const isWell = (outcome: Outcome): boolean => wrongs.every((wrong) => outcome[wrong] === 0);

/** Collects what is wrong, each with a word on it. */
export class Findings {
  readonly words: string[] = [];
  readonly #counts = new Map<Wrong, number>();

  add(wrong: Wrong, word: string): void {
    this.#counts.set(wrong, (this.#counts.get(wrong) ?? 0) + 1);
    // Enough to see what it is; a broken round would tell of thousands.
    if (this.count(wrong) <= 20) this.words.push(`${wrong}: ${word}`);
  }

  /** Takes over what another has collected, which has its own number of words. */
  take(other: Findings): void {
    for (const wrong of wrongs) this.#counts.set(wrong, this.count(wrong) + other.count(wrong));
    this.words.push(...other.words);
  }

  count(wrong: Wrong): number {
    return this.#counts.get(wrong) ?? 0;
  }

  outcome(faults: number, acknowledged: number): Outcome {
    return { faults, acknowledged, ...(Object.fromEntries(wrongs.map((wrong) => [wrong, this.count(wrong)])) as Record<Wrong, number>) };
  }
}
