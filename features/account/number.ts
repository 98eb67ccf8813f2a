import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { door } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { deviceNameShape } from './device-name.ts';
import { meShape } from './me.ts';

/** How long a number may be used, in milliseconds: long enough to walk to the other device, too short to be guessed. */
export const numberLasts = 10 * 60_000;

/** How many digits it has. Eight are read out, typed or copied in one go. */
export const numberDigits = 8;

/** A number as people type it: in full width, with a space or a hyphen in the middle. @returns its digits, however many there are */
export const digitsOf = (typed: string): string => typed.normalize('NFKC').replaceAll(/[^0-9]/g, '');

/** As it is shown: in two halves. */
export const inHalves = (digits: string): string => `${digits.slice(0, numberDigits / 2)} ${digits.slice(numberDigits / 2)}`;

/** つなぐ番号: whoever is in lets another device of theirs in. */
export const makeNumber = door('account.makeNumber', {
  about: 'Makes a number of eight digits that signs one more device in as whoever asks, once, within ten minutes and while the asking device is signed in. An earlier one of the same device ends.',
  input: z.strictObject({}),
  output: z.strictObject({ number: z.string(), expiresAt: momentShape }),
  signedIn: true,
});

/** Comes in by such a number. */
export const enterByNumber = door('account.enterByNumber', {
  about: 'Signs this device in by a number that another device of the same person shows. With the same claim it may be asked again for as long as the number would have lasted.',
  input: z.strictObject({ number: z.string().check(z.regex(new RegExp(`^[0-9]{${numberDigits}}$`))), device: z.optional(deviceNameShape), claim: z.optional(idShape) }),
  output: meShape,
  signedIn: false,
});
