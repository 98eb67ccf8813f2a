import type { Actor, Id, Moment, Verdict } from '@noroshi/foundations/kernel';
import * as z from 'zod/mini';
import type { EventKind, StreamKey } from './event.ts';
import type { Ref } from './noun.ts';
import type { MemberCard } from './member.ts';

/** What a rule has been handed: each named need, or `undefined` where there is no such thing (or this device lacks it). */
export type Facts<N> = { readonly [K in keyof N]: N[K] extends Ref<infer T> ? T | undefined : N[K] extends Many<infer T> ? readonly T[] : never };

/**
 * A need for all things of one noun: in one stream (the workspace unless named, `*` for all), or (`person`) that
 * person's own in every stream they see. With `*` or `person` each comes with the `stream` it is in. Only deeds that hold the workspace's lock (`alone`) may ask for it.
 */
export interface Many<T = unknown> {
  readonly many: string;
  readonly stream?: StreamKey;
  readonly person?: Id;
  readonly _type?: T;
}

/** Circumstances of a deed: handed in, so that the same rule runs on both shores and in a test. */
export interface When {
  /** The server's time on the server; the device's in the browser. */
  readonly now: Moment;
  /** The command's id. */
  readonly id: Id;
  /** Ids for things that this deed makes beyond the first; the same at every repeat. */
  readonly newId: (label: string) => Id;
}

/** Something becomes true. */
export interface Happens<B = any> {
  readonly kind: EventKind<B>;
  readonly body: B;
  /** Defaults to the deed's first stream. */
  readonly on?: StreamKey;
  readonly incident?: Id | undefined;
  readonly drill?: boolean | undefined;
}

/** A stream begins with this deed. */
export interface Begins { readonly begins: StreamKey }

/** Someone joins or leaves a stream. Only under the workspace's lock. `vacates`: the place they had stands empty until someone takes it. */
export interface Joins { readonly joins: Id; readonly card: MemberCard; readonly history: boolean; readonly from?: number; readonly vacates?: boolean; readonly on: StreamKey }
export interface Leaves { readonly leaves: Id; readonly vacates?: boolean; readonly on: StreamKey }

/** Must happen later, once for each `step` of this deed: a command of `system`, whose id is written down with the deed and is guessed by nobody. */
export interface Later { readonly later: Moment; readonly step: string; readonly command: string; readonly input: unknown }

/**
 * Words are taken out of the record for good, with their salts: these fields (of one kind alone: `kind.field`) of the events that made these things, and of all
 * that changed them (`said`: of what one command said of them alone). What stays proves itself as before. It needs an event
 * beside it whose kind `empties`, which says so.
 */
export interface Empties { readonly empties: readonly string[]; readonly of: readonly Ref[]; readonly said?: Id | undefined }

export type Effect = Happens | Begins | Joins | Leaves | Later | Empties;

/** Says that an event becomes true. */
export function happens<B>(kind: EventKind<B>, body: B, more: Omit<Happens<B>, 'kind' | 'body'> = {}): Happens<B> {
  return { kind, body, ...more };
}

/** One thing people do: what it asks, whom it needs to know, who may, what is then true. */
export interface Deed<I = any, N = any> {
  readonly deed: string;
  readonly input: z.ZodMiniType<I>;
  /** The streams it writes to; they are locked in order. The first is its own. */
  readonly streams: (input: I) => readonly StreamKey[];
  /** Takes the workspace's lock and commits by itself: deeds that change members, rooms or rules. */
  readonly alone: boolean;
  /** Only the clock may do it; it stands on no API page. */
  readonly system: boolean;
  /** Whether a browser may promise it before the server has it. */
  readonly offline: boolean;
  readonly needs: (input: I, actor: Actor) => N;
  readonly may: (actor: Actor, facts: Facts<N>, input: I, when: When) => Verdict;
  readonly then: (input: I, facts: Facts<N>, actor: Actor, when: When) => readonly Effect[];
  /** One sentence for the API page. */
  readonly about: string;
}

/** Declares a deed. */
export function command<const Name extends string, S extends z.ZodMiniType, N extends Readonly<Record<string, Ref | Many>> = {}>(
  name: Name,
  deed: {
    about: string;
    input: S;
    streams: (input: z.output<S>) => readonly StreamKey[];
    alone?: boolean;
    system?: boolean;
    offline?: boolean;
    needs?: (input: z.output<S>, actor: Actor) => N;
    may: (actor: Actor, facts: Facts<N>, input: z.output<S>, when: When) => Verdict;
    then: (input: z.output<S>, facts: Facts<N>, actor: Actor, when: When) => readonly Effect[];
  },
): Deed<z.output<S>, N> & { deed: Name } {
  return { deed: name, alone: false, system: false, offline: true, needs: () => ({}) as N, ...deed } as never;
}

/** What is only read: the sister of a command. Its answer is given on the server. */
export interface Question<I = any, O = any> {
  readonly question: string;
  readonly input: z.ZodMiniType<I>;
  readonly output: z.ZodMiniType<O>;
  readonly about: string;
}

/** Declares a question. */
export function question<const Name extends string, I extends z.ZodMiniType, O extends z.ZodMiniType>(
  name: Name,
  q: { about: string; input: I; output: O },
): Question<z.output<I>, z.output<O>> & { question: Name } {
  return { question: name, ...q } as never;
}

/**
 * What is asked at the door of the house, before or beside the stair: signing in, an invitation, one's devices.
 * It makes no event, is not kept in an outbox, and is handled on the server by a map of its own.
 */
export interface Door<I = any, O = any> {
  readonly door: string;
  readonly input: z.ZodMiniType<I>;
  readonly output: z.ZodMiniType<O>;
  /** Whether only someone who is signed in may ask; nobody else hears more than `account.signedOut`. */
  readonly signedIn: boolean;
  /** Nothing of who asks comes into the server's log. */
  readonly unlogged?: boolean;
  /** How much may be said here (bytes); enough for a name and a password unless it is said. */
  readonly largest?: number;
  /** One sentence for the API page. */
  readonly about: string;
}

/** Declares a door. */
export function door<const Name extends string, I extends z.ZodMiniType, O extends z.ZodMiniType>(
  name: Name,
  d: { about: string; input: I; output: O; signedIn: boolean; unlogged?: boolean; largest?: number },
): Door<z.output<I>, z.output<O>> & { door: Name } {
  return { door: name, ...d } as never;
}

/** The pure half of a room: what both shores must know of it. */
export interface Feature {
  readonly name: string;
  readonly events: readonly EventKind[];
  readonly nouns: readonly import('./noun.ts').Noun[];
  readonly deeds: readonly Deed[];
  readonly questions: readonly Question[];
  readonly doors: readonly Door[];
  /**
   * Things that speak of another thing of their stream, by noun: of which, as the event says that makes one. They are shown
   * to whoever may see that one, and to nobody else. (S77)
   */
  readonly of?: Readonly<Record<string, Of>>;
}

/** Which thing an event speaks of. */
export type Of = (event: import('./event.ts').Event<any>) => Ref;

/** What a room makes true. */
export interface RoomFacts { readonly name: string; readonly events: readonly EventKind[]; readonly nouns: readonly import('./noun.ts').Noun[] }

/** Declares what a room makes true, apart from its deeds: a device holds the former from the first moment. */
export const facts = (name: string, parts: Omit<RoomFacts, 'name'>): RoomFacts => ({ name, ...parts });

/** Declares a room's pure half. */
export function feature(name: string, parts: Partial<Omit<Feature, 'name'>>): Feature {
  return { name, events: [], nouns: [], deeds: [], questions: [], doors: [], ...parts };
}

/** What a person gets back for a command: done and where, or why not. The same at every repeat. */
export type Answer =
  | { readonly ok: true; readonly stream: StreamKey; readonly seq: number; readonly at: Moment }
  | { readonly ok: false; readonly code: string; readonly params?: Readonly<Record<string, string | number>> | undefined };

/** A command as a device sends it. */
export interface Sent { readonly id: Id; readonly name: string; readonly input: unknown }
