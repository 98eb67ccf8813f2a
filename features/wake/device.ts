import { languages } from '@noroshi/features/account';
import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { channels } from '@noroshi/foundations/notify';
import { door } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/**
 * Whether a device can be woken, as it says itself: `on`; `off` where its owner wants that; `unasked`, `denied` by its
 * owner or system; `notInstalled`, an iPhone whose browser alone cannot; `unsupported`; `failed`, it tried in vain.
 */
export const deviceStates = ['on', 'off', 'unasked', 'denied', 'notInstalled', 'unsupported', 'failed'] as const;
export type DeviceState = (typeof deviceStates)[number];

/** Where a browser can be pushed to, and what is encrypted for it. */
export const subscriptionShape = z.strictObject({
  endpoint: z.string().check(z.minLength(1), z.maxLength(1_000)),
  p256dh: z.string().check(z.regex(/^[A-Za-z0-9_-]{87}$/)),
  auth: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/)),
});

/** Minutes of the day at the prefecture's clock; they may pass midnight. */
const minuteShape = z.int().check(z.minimum(0), z.maximum(1_439));
export const hoursShape = z.strictObject({ begins: minuteShape, ends: minuteShape });
export type Hours = z.output<typeof hoursShape>;

/** How it stands with waking the asker. */
export const mineShape = z.strictObject({
  /** The key for which this house's subscriptions are made, base64url. */
  publicKey: z.string(),
  /** Whether pushes go to this device. */
  on: z.boolean(),
  /** When one was last taken for it, and why the last one was not. */
  worked: z.optional(momentShape),
  failed: z.optional(z.string()),
  /** The last trial: when it was sent, and after how many milliseconds this device said that it had come. */
  tried: z.optional(momentShape),
  took: z.optional(z.int()),
  /** By which other ways this house could reach the asker. */
  others: z.array(z.enum(channels)),
  mutes: z.array(idShape),
  hours: z.optional(hoursShape),
});
export type Mine = z.output<typeof mineShape>;

/** A device says at each start how it stands: subscriptions vanish without a word. */
export const sync = door('wake.sync', {
  about: 'Says whether this device can be woken, and where. Asked at each start of the application.',
  input: z.strictObject({
    state: z.enum(deviceStates),
    /** In which language it is written to; as before where it does not say. */
    language: z.optional(z.enum(languages)),
    subscription: z.optional(subscriptionShape),
  }),
  output: mineShape,
  signedIn: true,
});

export const mine = door('wake.mine', {
  about: 'Tells how it stands with waking the asker: on this device, by other ways, and what they do not want to be woken for.',
  input: z.strictObject({}),
  output: mineShape,
  signedIn: true,
});

export const tryOut = door('wake.try', {
  about: 'Sends a push to this device alone. The device says by `wake.confirm` that it has come.',
  input: z.strictObject({}),
  output: z.strictObject({}),
  signedIn: true,
});

export const confirm = door('wake.confirm', {
  about: 'A device says that the push of a trial has come.',
  input: z.strictObject({ token: idShape }),
  output: z.strictObject({ took: z.int() }),
  signedIn: true,
});
