import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Event, EventKind, StreamKey } from './event.ts';

/** One thing as it is now: the fold of all events that touched it. */
export interface Doc<T = unknown> {
  readonly noun: string;
  readonly id: string;
  readonly stream: StreamKey;
  /** The event that made it. */
  readonly born: number;
  /** The last event that changed it: an event is folded in once, however often it arrives. */
  readonly seq: number;
  /** On the server, of a thing that speaks of another (`Feature.of`): the number of the event that made that one. Who may not see it sees neither. */
  readonly about?: number | undefined;
  readonly value: T;
}

/** Names one thing that a rule needs to know. */
export interface Ref<T = unknown> {
  readonly noun: string;
  readonly id: string;
  /** The stream it must lie in, and in which its asker must see it: asked of the server also where a deed holds the workspace's lock. */
  readonly stream?: StreamKey;
  readonly _type?: T;
}

/** Raise it when what an event does to a thing changes its meaning: devices then take their snapshots anew. */
export const foldEdition = 3;

interface Fold<T> {
  /** Whether the event makes the thing. Then the thing must not be there yet: another's is never overwritten. */
  readonly begins: boolean;
  readonly id: (event: Event<any>) => string | undefined;
  readonly evolve: (now: T | undefined, event: Event<any>) => T | undefined;
}

/** A kind of thing, and how events make and change it. The same folds run on every shore. */
export interface Noun<T = any> {
  readonly noun: string;
  /** Windowed nouns (messages) come page by page; all others come whole with a snapshot. */
  readonly windowed: boolean;
  /** Lies in the tables alone: no device holds it, no node has it at hand, and it is asked for by a question. Windowed as well. (S116) */
  readonly apart: boolean;
  /** What tells about the stream itself (its room, its members) is seen by all who see the stream, whenever they joined. */
  readonly always: boolean;
  readonly folds: ReadonlyMap<string, Fold<T>>;
  /** Says by which events it begins, and so cannot begin by another. */
  readonly saysHowItBegins: boolean;
}

export class NounBuilder<T> implements Noun<T> {
  readonly folds = new Map<string, Fold<T>>();
  readonly noun: string;
  readonly windowed: boolean;
  readonly apart: boolean;
  readonly always: boolean;
  saysHowItBegins = false;
  constructor(noun: string, options: { windowed?: boolean; apart?: boolean; always?: boolean }) {
    this.noun = noun;
    this.apart = options.apart ?? false;
    this.windowed = options.windowed ?? this.apart;
    this.always = options.always ?? false;
  }
  /**
   * Tells which event makes a thing. Who sends it with the id of a thing that is already there is refused with
   * `command.idTaken`; the rule need not look. A noun that has such events is made by no other: `on` then only changes.
   * @param id which thing the event makes
   */
  begins<B>(kind: EventKind<B>, id: (event: Event<B>) => string, make: (event: Event<B>) => T): this {
    this.saysHowItBegins = true;
    this.folds.set(kind.kind, { begins: true, id, evolve: (_now, event) => make(event) });
    return this;
  }
  /**
   * Tells what an event does to a thing.
   * @param id which thing the event touches; none where it is about a thing of another noun
   * @param evolve the thing after it; `undefined` when there is nothing to change (a device may not hold the thing)
   */
  on<B>(kind: EventKind<B>, id: (event: Event<B>) => string | undefined, evolve: (now: T | undefined, event: Event<B>) => T | undefined): this {
    this.folds.set(kind.kind, { begins: false, id, evolve });
    return this;
  }
}

/** Declares a kind of thing. */
export function noun<T>(name: string, options: { windowed?: boolean; apart?: boolean; always?: boolean } = {}): NounBuilder<T> {
  return new NounBuilder<T>(name, options);
}

/** Names one thing, typed by its noun. */
export function ref<T>(of: Noun<T>, id: string): Ref<T> {
  return { noun: of.noun, id };
}

/**
 * Folds one event into the things it touches. Live, reconnect and first load all end here.
 * @param read the thing as it is now, from wherever this shore keeps it
 * @returns the things that changed
 */
export function fold(nouns: readonly Noun[], event: Event, read: (noun: string, id: string) => Doc | undefined): Doc[] {
  const changed: Doc[] = [];
  for (const noun of nouns) {
    const how = noun.folds.get(event.kind);
    const id = how?.id(event);
    if (!how || !id) continue;
    const before = read(noun.noun, id);
    // A thing belongs to one stream for ever; and an event is folded in once.
    if (before && (how.begins || before.stream !== event.stream || before.seq >= event.seq)) continue;
    // What has begun elsewhere, or before what is held here, is not made from the middle.
    if (!before && !how.begins && noun.saysHowItBegins) continue;
    const value = how.evolve(before?.value, event);
    if (value === undefined) continue;
    changed.push({ noun: noun.noun, id, stream: event.stream, born: before?.born ?? event.seq, seq: event.seq, value });
  }
  return changed;
}

/** Which things an event touches, so that they can be fetched before folding. */
export function touched(nouns: readonly Noun[], event: Event): Ref[] {
  return nouns.flatMap((noun) => {
    const id = noun.folds.get(event.kind)?.id(event);
    return id ? [{ noun: noun.noun, id }] : [];
  });
}

export type { Id, Moment };
