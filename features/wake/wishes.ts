import { idShape } from '@noroshi/foundations/kernel';
import { door } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { hoursShape, mineShape } from './device.ts';

/** A person has so many quiet rooms at most. */
export const mostMutes = 500;

export const muteRoom = door('wake.mute', {
  about: 'Mutes a room for the asker, or ends that. What is urgent or important there, or names them, still wakes them.',
  input: z.strictObject({ room: idShape, on: z.boolean() }),
  output: mineShape,
  signedIn: true,
});

export const setHours = door('wake.hours', {
  about: 'Sets the hours of the day in which the asker is woken by the urgent alone; without hours there are none.',
  input: z.strictObject({ hours: z.optional(hoursShape) }),
  output: mineShape,
  signedIn: true,
});
