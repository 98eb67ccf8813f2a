/** The house cannot open, for a reason that the person who started it can mend. The message is a sentence for them. */
export class CannotStart extends Error {
  override name = 'CannotStart';
}
