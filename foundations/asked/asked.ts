import type { Words } from '@noroshi/foundations/i18n';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Event } from '@noroshi/foundations/sync';

/** Someone of whom an answer may be asked, with the organization they speak for. */
export interface Who { readonly person: Id; readonly org: Id }

/** How someone stands to a thing that asks: nothing is wanted of them, their answer is wanted, or they said at a moment that they need time. */
export type Stands = 'free' | 'owes' | { readonly needsTime: Moment };

/** What an event begins: the thing asks all who owe from now on; or those who need time are to be asked again later. */
export interface Begins { readonly thing: Id; readonly needsTime?: { readonly person?: Id; readonly org?: Id } }

/** Where a thing that asks comes from, and what it is called. */
export interface Told {
  readonly by: Id;
  readonly at: Moment;
  readonly incident?: Id | undefined;
  readonly drill: boolean;
  /** It tells of its incident itself: when that is over, nobody is asked any more. */
  readonly announces?: boolean;
  /** What it says, in one line. */
  line(words: Words): string;
  /** What opens it. */
  readonly path: string;
  /** Answers that one press gives where it is told, without opening it. A telephone shows two. */
  readonly acts?: (words: Words) => readonly Act[];
  /** Where what someone said by telephone is entered for them; nothing where each can only answer for themselves. */
  readonly heardFrom?: (person: Id) => string;
}

/** An answer by one press: what stands on it, what is said when it is given, and the deed that gives it. */
export interface Act { readonly label: string; readonly done: string; readonly deed: string; readonly input: unknown }

/**
 * A kind of thing that asks people for an answer, as the room that knows it says. Whoever reminds them needs no word of
 * that room; the roof puts the two together.
 */
export interface Asked<T = any> {
  readonly noun: string;
  begins(event: Event<any>): Begins | undefined;
  /** Of what an event tells everyone at once who has not been shown it, by push and whatever they muted. */
  tellsNow?(event: Event<any>): { readonly thing: Id } | undefined;
  /** Whether someone need not be told so: they answered, or it is their own. */
  isTold?(thing: T, person: Id, org: Id): boolean;
  stands(thing: T, who: Who): Stands;
  /** Since when it asks what someone owes now, where it may ask them more than once: told since then, they are not asked anew. */
  since?(thing: T, who: Who): Moment;
  /** @param room where it lies */
  tells(thing: T, room: Id): Told;
}
