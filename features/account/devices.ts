import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { door } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** One signed-in device of a person. */
export const deviceShape = z.strictObject({
  session: idShape,
  name: z.string(),
  created: momentShape,
  /** When it was last heard of, to the hour. */
  seen: momentShape,
  /** Whether it is the one that asks. */
  here: z.boolean(),
});
export type SignedInDevice = z.output<typeof deviceShape>;

export const devices = door('account.devices', {
  about: 'Lists the devices that are signed in as this person, the last heard of first.',
  input: z.strictObject({}),
  output: z.strictObject({ devices: z.array(deviceShape) }),
  signedIn: true,
});

export const signOutDevice = door('account.signOutDevice', {
  about: 'Signs out one of this person’s devices. Its open lines end within a second.',
  input: z.strictObject({ session: idShape }),
  output: z.strictObject({}),
  signedIn: true,
});

export const signOutOthers = door('account.signOutOthers', {
  about: 'Signs out all devices of this person but this one.',
  input: z.strictObject({}),
  output: z.strictObject({ ended: z.int() }),
  signedIn: true,
});
