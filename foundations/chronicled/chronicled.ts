import type { Words } from '@noroshi/foundations/i18n';
import type { Id, Moment } from '@noroshi/foundations/kernel';

/** 被害・要請・指示・報告・決定: what kind of thing a line of the chronology tells. */
export const chronicleKinds = ['damage', 'request', 'order', 'report', 'decision'] as const;
export type ChronicleKind = (typeof chronicleKinds)[number];

/** What organizations and people are called, for whoever puts a line into words. Empty for those that are not known. */
export interface Names { readonly org: (id: Id) => string; readonly person: (id: Id) => string }

/**
 * Something that was done in an incident, as the room that knows it tells the chronology: worked out from the room's own
 * things and written down nowhere a second time. Who does not hold those things has no such line.
 */
export interface Chronicled {
  /** The same for the same thing, whenever it is worked out. */
  readonly key: string;
  readonly at: Moment;
  readonly by: Id;
  readonly org: Id;
  /** Organizations that it concerns, beside whose it is. */
  readonly about: readonly Id[];
  readonly kind: ChronicleKind;
  readonly says: (words: Words, names: Names) => string;
  /** What opens it. */
  readonly href: string;
}

/**
 * How a room tells the chronology, wherever its things are held: from each thing of one noun, what was done in an incident.
 * @param orgOf whose people they are, as far as it is known
 */
export interface Tells<T = any> {
  readonly noun: string;
  readonly told: (value: T, incident: Id, orgOf: (person: Id) => Id | undefined) => readonly Chronicled[];
}
