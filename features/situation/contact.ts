import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

const counts = {
  /** Devices on the line now. */
  devices: z.int(),
  /** When the server last heard them, or was last told that they read something. Absent: never. */
  heard: z.optional(momentShape),
};

/** 最終連絡・回線: when each municipality was last heard, whether it is on the line, and what of the incident waits for its people. */
export const contact = question('situation.contact', {
  about: 'When anyone of each municipality was last heard, how many of its devices are connected now, and how many of its people have something of the incident unread or unanswered; of one municipality by person. For the prefecture alone.',
  input: z.strictObject({ incident: idShape, org: z.optional(idShape) }),
  output: z.object({
    asOf: momentShape,
    /** Whether every device is counted: with several servers each knows those on its own lines alone. */
    all: z.boolean(),
    towns: z.array(z.object({
      org: idShape, people: z.int(), ...counts,
      /** People who have something of the incident unread, and who owe an answer to it. */
      unread: z.int(), unanswered: z.int(),
    })),
    /** Of the municipality that was asked about: who it is made of. */
    people: z.optional(z.array(z.object({
      person: idShape, ...counts,
      /** Messages of the incident. */
      unread: z.int(), unanswered: z.int(),
      /** The first of them. */
      first: z.optional(z.object({ room: idShape, message: idShape })),
    }))),
  }),
});
export type Contact = z.output<typeof contact.output>;
