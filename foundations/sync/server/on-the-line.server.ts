import type { Actor, Id } from '@noroshi/foundations/kernel';
import type { IncomingMessage } from 'node:http';
import { ComeBackLater, type Stair } from './stair.server.ts';

/** A signed-in device. `actor` is asked anew for each frame, so that a right that ends, ends at once. */
export interface OnTheLine { readonly session: Id; readonly actor: () => Actor | undefined }

/** Who is behind this request, by its session; `undefined` for nobody. */
export type WhoAsks = (request: { headers: IncomingMessage['headers'] }) => Promise<OnTheLine | undefined>;

/** What else is spoken with this server, in text: opened by somebody who is signed in, on a page of ours. */
export interface Beside {
  readonly path: string;
  readonly subprotocol: string;
  /** The largest message, in bytes; and so many of them at most go together in one request. */
  readonly largest: number;
  readonly together: number;
  /** Somebody is on it. What they say is heard one after the other; `gone` ends it. */
  readonly open: (who: OnTheLine, carrier: { send(text: string): void; close(code: number, reason: string): void }) => { hear(text: string): Promise<void>; gone(): void };
}

/** As many messages of one line, or bytes, may wait to be heard; more are not taken until they have been. */
export const unheard = { messages: 64, bytes: 1 << 20 };
/** So much may wait for a device on a line beside, in bytes. */
export const mostUnsentBeside = 1_000_000;

/** How long somebody has to wait who opens one line after the other, or `undefined`. */
export function tooMany(stair: Stair, who: OnTheLine): ComeBackLater | undefined {
  try {
    stair.takesLine(who.actor()!);
    return undefined;
  } catch (error) {
    if (error instanceof ComeBackLater) return error;
    throw error;
  }
}
