import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { door } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { deviceStates } from './device.ts';

/** Before something urgent goes out: whom it wakes, and how. */
export const reach = door('wake.reach', {
  about: 'Tells whom something urgent in a room would wake now: how many by push, how many others by mail or SMS alone, and who by nothing.',
  input: z.strictObject({ room: idShape }),
  output: z.strictObject({
    push: z.int(),
    /** Those without push whom mail or SMS would find. */
    later: z.int(),
    /** Nothing reaches these but a telephone call of a colleague. */
    none: z.array(idShape),
  }),
  signedIn: true,
});

/** How it stands with waking one person. */
export const standingShape = z.strictObject({
  person: idShape,
  /** Devices that can be woken. */
  devices: z.int(),
  /** Where there is none: what their devices say, the most hopeful of them; absent where none has said anything. */
  state: z.optional(z.enum(deviceStates)),
  /** When a push was last taken for one of them, and when one last said that a trial had come. */
  worked: z.optional(momentShape),
  confirmed: z.optional(momentShape),
  /** Why the last push was not taken. */
  failed: z.optional(z.string()),
  mail: z.boolean(),
  sms: z.boolean(),
});
export type WakeStanding = z.output<typeof standingShape>;

export const wakeStandings = door('wake.standings', {
  about: 'Tells of the people whom the asker looks after whether they can be woken, and why not.',
  input: z.strictObject({}),
  output: z.strictObject({ standings: z.array(standingShape) }),
  signedIn: true,
});
