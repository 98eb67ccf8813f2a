import type { Names } from '@noroshi/foundations/chronicled';
import type { Words } from '@noroshi/foundations/i18n';
import type { Id, Moment } from '@noroshi/foundations/kernel';

/** Under which heading something is found, in the order of the page. The index knows a shelf by its place here: only ever add at the end. */
export const shelves = ['message', 'request', 'damage', 'chronology', 'board', 'incident', 'organization', 'person', 'file', 'room', 'calendar', 'past'] as const;
export type Shelf = (typeof shelves)[number];

/** Something that can be found. */
export interface Thing {
  readonly id: Id;
  /** When it was said; absent of what has no time of its own, such as a person. */
  readonly at?: Moment | undefined;
  readonly by?: Id | undefined;
  /** What of it can be looked for. Empty of what is gone: then it is found no more. */
  readonly words: string;
}

/** What something that was found is called, and what opens it. */
export interface Shown {
  readonly title: string;
  /** Absent where it is opened with what it belongs to: `of`. */
  readonly href?: string;
  readonly of?: Id;
  readonly drill?: boolean | undefined;
}

/**
 * What a room of the house lets people find: the words of its things of one noun. Server and device make them alike; who
 * may see the thing may find it, and nobody else. The search knows no room by name.
 */
export interface Finds<T = any> {
  readonly noun: string;
  readonly shelf: Shelf;
  /** What a thing of this noun holds: itself, or its parts. What once was told is told for ever, with empty words when it is gone. */
  readonly things: (value: T, id: string, words: Words, names: Names) => readonly Thing[];
  /** How one of them stands in the list. Absent of what is said in a talk: the search draws it as it was said. @param room the id of the room whose stream it is in; absent where all inside see it */
  readonly shows?: (value: T, thing: Id, words: Words, names: Names, room: Id | undefined) => Shown;
  /** What opens one of them where no device holds any: by what was found alone. @param room as for `shows` */
  readonly opens?: (thing: Id, at: Moment | undefined, room: Id | undefined) => string;
}
