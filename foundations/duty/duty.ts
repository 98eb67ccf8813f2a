import type { Id, Moment } from '@noroshi/foundations/kernel';

/** A stretch of time in which someone holds the line of an organization, and who takes it up where they cannot. */
export interface Watch { readonly org: Id; readonly person: Id; readonly deputy?: Id | undefined; readonly from: Moment; readonly until: Moment }

/**
 * Who holds the line, as the room that knows it says. Whoever rings people needs no word of that room; the roof puts the two
 * together.
 */
export interface Duty<T = any> {
  /** Where it is written down: things of this noun, of everyone. */
  readonly noun: string;
  /** Who holds the line at a moment, by one such thing. */
  onDuty(thing: T, at: Moment): readonly Watch[];
}
