import type { Id, Moment } from '@noroshi/foundations/kernel';
import type * as z from 'zod/mini';

/** The name of a stream: `w` the workspace, `r:<room>` a room, `p:<person>` one person's own devices. */
export type StreamKey = string;
export const workspaceStream: StreamKey = 'w';
export const roomStream = (room: Id): StreamKey => `r:${room}`;

/** What is now true. Immutable once numbered. Its place in `stream` is `seq`: 1, 2, 3 … without holes. */
export interface Event<Body = unknown> {
  readonly stream: StreamKey;
  readonly seq: number;
  /** The command that caused it, and its place `n` among that command's events. */
  readonly id: Id;
  readonly n: number;
  readonly kind: string;
  /** Server's time. */
  readonly at: Moment;
  readonly by: Id;
  /** Affiliation of `by` at that moment: people change desks, the record does not. */
  readonly org: Id;
  readonly incident?: Id | undefined;
  readonly drill?: boolean | undefined;
  /** The running number among the stream's messages, for those events that are one. */
  readonly message?: number | undefined;
  /**
   * The number of the event that made the thing this one is about; absent where it makes one itself, or is about the
   * stream. Kept beside the event and not sent: who may not see the thing does not hear of it either.
   */
  readonly about?: number | undefined;
  /**
   * The number of the event that made what this one takes back, where that speaks of another thing and this is about that one. Kept
   * beside the event like `about`, and unlike it no part of what the record signs.
   */
  readonly takes?: number | undefined;
  readonly body: Body;
}

/** A kind of event: its name, its number on the wire, the shape of its words. */
export interface EventKind<Body = any> {
  readonly kind: string;
  /** Never reused: old clients and old rows know it. */
  readonly no: number;
  readonly shape: z.ZodMiniType<Body>;
  /** Order of the body's fields on the wire. Fields are only ever added at the end. */
  readonly fields: readonly string[];
  /** Whether it is something said to people: it counts as unread and asks to be read. Some kinds tell it of each one. */
  readonly message: boolean | ((body: any) => boolean);
  /** True when it takes its thing back: what was said of it until then goes out without its words from now on. */
  readonly takesBack: boolean;
  /**
   * True when with it words are taken out of the record for good (see `Empties`): whatever a node has at hand of its stream
   * as it went out until then goes out no more.
   */
  readonly empties?: boolean | undefined;
  /** True for what is too much for a device to hold: it is told that something passed, and asks for it page by page. Its things are `apart` too. (S116) */
  readonly apart?: boolean | undefined;
  /** The body without its words, where what it is about has been taken back. What is folded must come out the same. */
  readonly unsaid?: ((body: any) => Readonly<Record<string, unknown>>) | undefined;
}

/**
 * Declares a kind of event.
 * @param no its number on the wire, from the block of its room (see docs/architecture)
 */
export function eventKind<S extends z.ZodMiniObject<any, any>>(
  kind: string, no: number, shape: S,
  options: { message?: boolean | ((body: z.output<S>) => boolean); takesBack?: boolean; empties?: boolean; apart?: boolean; unsaid?: (body: z.output<S>) => z.output<S> } = {},
): EventKind<z.output<S>> {
  return {
    kind, no, shape: shape as never, fields: Object.keys(shape.def.shape),
    message: false, takesBack: false, ...options,
  };
}
