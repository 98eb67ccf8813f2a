import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { door } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { loginShape } from './login.ts';

/** How it stands with one person's account. */
export const standingShape = z.strictObject({
  person: idShape,
  login: z.optional(loginShape),
  hasPassword: z.boolean(),
  /** Devices signed in now. */
  devices: z.int(),
  /** When one of them was last heard of, to the hour. */
  seen: z.optional(momentShape),
  /** Until when an open invitation may be used. */
  invitedUntil: z.optional(momentShape),
});
export type Standing = z.output<typeof standingShape>;

export const standings = door('account.standings', {
  about: 'Tells of the accounts that the asker looks after: who was invited, who is on the line, on how many devices.',
  input: z.strictObject({}),
  output: z.strictObject({ standings: z.array(standingShape) }),
  signedIn: true,
});

export const endSessions = door('account.endSessions', {
  about: 'Signs out all devices of a person. Administrators for everyone, managers for their own organization.',
  input: z.strictObject({ person: idShape }),
  output: z.strictObject({ ended: z.int() }),
  signedIn: true,
});

/** How an attempt to come in ended. */
export const outcomes = ['in', 'wrong', 'slowed', 'disabled', 'invitation', 'number'] as const;

export const attempts = door('account.attempts', {
  about: 'Lists the last attempts to sign in, newest first. Administrators only.',
  input: z.strictObject({ before: z.optional(z.int().check(z.minimum(0))) }),
  output: z.strictObject({
    attempts: z.array(z.strictObject({
      no: z.int(),
      at: momentShape,
      /** Absent where the login is nobody's. */
      person: z.optional(idShape),
      address: z.string(),
      device: z.string(),
      outcome: z.enum(outcomes),
    })),
  }),
  signedIn: true,
});
