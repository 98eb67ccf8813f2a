import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Event, Noun } from '@noroshi/foundations/sync';

/** What can be expected of who plays in a drill. Of reading no event tells: that is asked of the marks. */
export type MeasuredAct = 'answer' | 'say' | 'report' | 'request' | 'decide' | 'arrive' | 'enter';

/** How a thing that asks for people stands: who asks, how many are promised and how many are short; over where nobody is asked any more. */
export interface Standing { readonly no: string; readonly org: Id; readonly incident: Id; readonly committed: number; readonly short: number; readonly over: boolean }

/** One step by which people were reminded of a message: by which way, and whom, by their numbers in the room. */
export interface Reminding { readonly message: Id; readonly at: Moment; readonly way: 'push' | 'mail' | 'sms' | 'voice' | 'phone'; readonly people: readonly number[] }

/**
 * What a room of the house lets a drill be measured by. Each room says it of itself; the roof puts them together, so that the
 * drill knows no room by name.
 */
export interface Measured {
  /** The act that one of its events is, and whose. */
  readonly act?: (event: Event<any>) => { readonly act: MeasuredAct; readonly org: Id; readonly message?: Id } | undefined;
  /** Its things that ask for people, and how one of them stands. */
  readonly asks?: { readonly noun: Noun; readonly stands: (value: any) => Standing };
  /** Its things that say how people were reminded. */
  readonly reminds?: { readonly noun: string; readonly tells: (value: any) => readonly Reminding[] };
}
