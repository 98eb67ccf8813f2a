import type { Id, Moment } from '@noroshi/foundations/kernel';
import { createHmac } from 'node:crypto';
import type { IceServer } from '../signal.ts';

/** Where TURN is, and the secret that it shares with us (coturn: `use-auth-secret`). */
export interface Turn { readonly urls: readonly string[]; readonly secret: string }

/** For so long credentials hold (milliseconds): longer than a call, and no longer than a shift. */
export const credentialsHold = 12 * 3_600_000;

/**
 * Credentials that end by themselves: `expiry:user`, and its HMAC-SHA1 with the secret (draft-uberti-behave-turn-rest-00). They are
 * told to whoever is in the call, and to nobody else. (CA6)
 * @param person by whom the relay counts (coturn: `user-quota`); what a device is called is its own choice, and would be no bound
 */
export function iceServersFor(turn: Turn | undefined, person: Id, now: Moment): IceServer[] {
  if (!turn) return [];
  const username = `${Math.floor((now + credentialsHold) / 1000)}:${person}`;
  return [{ urls: turn.urls, username, credential: createHmac('sha1', turn.secret).update(username).digest('base64') }];
}
