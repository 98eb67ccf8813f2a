import { idShape, type Id } from '@noroshi/foundations/kernel';
import * as z from 'zod/mini';
import type { CallKind } from './call-noun.ts';

// What is said on the line of a call, as JSON, one in each message. Nothing of it is kept. (CA5)

/** Where the line of a call is opened, and what is spoken on it. */
export const callPath = '/line/call';
export const callSubprotocol = 'noroshi-call.1';
/** The largest of them, in bytes: what a browser says of a connection takes half of that. */
export const largestSignal = 16 * 1024;
/** As many of them go together in one request, where there are no sockets. */
export const mostTogether = 64;
/** As many devices see each other directly; more go through Janus. (CA7) */
export const mostDirect = 4;
/** As many are in one call at all. */
export const mostDevices = 50;
/** A line may be away for so long (milliseconds). (CA4) */
export const grace = 20_000;

const sdp = z.string().check(z.maxLength(largestSignal));
/** What a browser says of how it can be reached; `null` where it has said all. */
const iceShape = z.nullable(z.strictObject({
  candidate: z.string().check(z.maxLength(1_000)),
  sdpMid: z.optional(z.nullable(z.string().check(z.maxLength(100)))),
  sdpMLineIndex: z.optional(z.nullable(z.int())),
  usernameFragment: z.optional(z.nullable(z.string().check(z.maxLength(300)))),
}));
/** Said between two devices: the offer of one, the answer of the other, and how each can be reached. `again`: it is to be offered anew. */
export const betweenShape = z.union([
  z.strictObject({ offer: sdp }), z.strictObject({ answer: sdp }), z.strictObject({ ice: iceShape }), z.strictObject({ again: z.literal(1) }),
]);
export type Between = z.output<typeof betweenShape>;

/** What a device sends, as the others are to draw it. The place is where it films, where its person tells it. */
export const stateShape = z.strictObject({
  sound: z.boolean(),
  picture: z.enum(['none', 'camera', 'screen']),
  /** What it wants of the others: nothing to be seen, and whose picture large. */
  sees: z.boolean(),
  large: z.optional(idShape),
  place: z.optional(z.strictObject({ lat: z.number().check(z.minimum(-90), z.maximum(90)), lon: z.number().check(z.minimum(-180), z.maximum(180)) })),
});
export type DeviceState = z.output<typeof stateShape>;

/** A place on a picture, from 0 to 1 across and down. */
const across = z.number().check(z.minimum(0), z.maximum(1));

export const upShape = z.discriminatedUnion('is', [
  /** First: which call, and who this device is. One that comes back says the same. */
  z.strictObject({ is: z.literal('enter'), device: idShape, room: idShape, call: idShape, state: stateShape }),
  z.strictObject({ is: z.literal('to'), device: idShape, say: betweenShape }),
  z.strictObject({ is: z.literal('state'), state: stateShape }),
  /** 指さす: on the picture of a device. */
  z.strictObject({ is: z.literal('point'), device: idShape, x: across, y: across }),
  /** Who shows says who may point. */
  z.strictObject({ is: z.literal('lets'), device: z.nullable(idShape) }),
  z.strictObject({ is: z.literal('leave') }),
  /** Through Janus: what this device sends, and which others it wants. */
  z.strictObject({ is: z.literal('publish'), offer: sdp }),
  z.strictObject({ is: z.literal('watch'), device: idShape }),
  z.strictObject({ is: z.literal('watching'), device: idShape, answer: sdp }),
  z.strictObject({ is: z.literal('alive') }),
]);
export type UpSignal = z.output<typeof upShape>;

/** What somebody said, or nothing where it is garbage. */
export function readSignal(text: string): UpSignal | undefined {
  try {
    const told = upShape.safeParse(JSON.parse(text));
    return told.success ? told.data : undefined;
  } catch {
    return undefined;
  }
}

/** A device in the call. `seat` is another one each time it comes in anew: what was agreed with it before holds no longer. */
export interface Seat { readonly device: Id; readonly person: Id; readonly seat: number; readonly state: DeviceState }

/** A server through which devices find each other, as a browser takes it. */
export interface IceServer { readonly urls: readonly string[]; readonly username?: string; readonly credential?: string }

/** Directly, or through Janus. */
export type Via = 'direct' | 'janus';

export type DownSignal =
  /** One is in. `seat` is one's own. */
  | { readonly is: 'here'; readonly kind: CallKind; readonly seat: number; readonly seats: readonly Seat[]; readonly via: Via; readonly ice: readonly IceServer[]; readonly lets: Id | null }
  | { readonly is: 'came'; readonly seat: Seat }
  | { readonly is: 'went'; readonly device: Id }
  | { readonly is: 'state'; readonly device: Id; readonly state: DeviceState }
  | { readonly is: 'from'; readonly device: Id; readonly say: Between }
  | { readonly is: 'point'; readonly by: Id; readonly device: Id; readonly x: number; readonly y: number }
  | { readonly is: 'lets'; readonly device: Id | null }
  /** From now on all goes this way. */
  | { readonly is: 'via'; readonly via: Via }
  /** Janus: the answer to what is sent, an offer of what is wanted, and whose can be had. */
  | { readonly is: 'published'; readonly answer: string }
  | { readonly is: 'offered'; readonly device: Id; readonly offer: string }
  | { readonly is: 'feeds'; readonly devices: readonly Id[] }
  /** One is out: it is over, or one may not. Nothing comes after it. */
  | { readonly is: 'over'; readonly code: string; readonly params?: Readonly<Record<string, string | number>> }
  | { readonly is: 'alive' };
