import { door } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { deviceNameShape } from './device-name.ts';
import { meShape } from './me.ts';
import { longestPassword } from './password.ts';

/** Comes in with a login and a password. An unknown login and a wrong password are answered alike, after the same time. Of several people who share an e-mail address, the password says who it is. */
export const signIn = door('account.signIn', {
  about: 'Signs this device in with login (or e-mail address) and password. Sets the session cookie.',
  input: z.strictObject({
    login: z.string().check(z.minLength(1), z.maxLength(254)),
    password: z.string().check(z.minLength(1), z.maxLength(longestPassword)),
    device: z.optional(deviceNameShape),
  }),
  output: meShape,
  signedIn: false,
});

/**
 * A device that is not let in any more asks whether that is the end. Only then does it clear what it holds: a session
 * that ran out, or that the browser or a backup lost, is no reason to take from anyone what they have in a disaster.
 */
export const ended = door('account.ended', {
  about: 'Tells a device whether the session that it brings was ended: signed out there or elsewhere, pushed out, or the account closed. A session that merely ran out, or that nobody knows, was not.',
  input: z.strictObject({}),
  output: z.strictObject({ ended: z.boolean() }),
  signedIn: false,
});

/** Leaves: this device's session ends, and its lines. */
export const signOut = door('account.signOut', {
  about: 'Signs this device out. Asked by a device that is not signed in, it does nothing.',
  input: z.strictObject({}),
  output: z.strictObject({}),
  signedIn: false,
});
