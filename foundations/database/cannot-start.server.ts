/** The house cannot open, for a reason that the person who started it can mend: a sentence for them in Japanese, and the same in English below it. */
export class CannotStart extends Error {
  override name = 'CannotStart';

  constructor(ja: string, en: string) {
    super(`${ja}\n${en}`);
  }
}
