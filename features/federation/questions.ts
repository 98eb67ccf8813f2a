import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

const act = z.object({ by: idShape, at: momentShape });
/** Eight groups of five digits, made from all that stands on a card, that two people read to each other. */
const numbers = z.array(z.string());

/** What an administrator sees of the partners. */
export const partners = question('federation.partners', {
  about: 'Our own card, the partners, what they ask to share and what is shared. For administrators.',
  input: z.strictObject({}),
  output: z.object({
    /** Our card as a text to hand over; absent where this house has no address in the world, or no prefecture yet. */
    card: z.optional(z.string()), numbers: z.optional(numbers),
    partners: z.array(z.object({
      id: idShape, name: z.string(), address: z.string(), at: momentShape, numbers,
      confirmed: z.optional(z.object({ ...act.def.shape, spokeTo: z.string() })), revoked: z.optional(act), held: z.optional(z.object({ at: momentShape, why: z.enum(['forked', 'restored']) })),
      /** When they were last heard of, since this server was started. */
      heard: z.optional(momentShape),
    })),
    asks: z.array(z.object({ share: idShape, partner: idShape, name: z.string(), at: momentShape })),
    /** `room`: where the asker sits in it. `waits`: so many things have no receipt yet. */
    shares: z.array(z.object({ share: idShape, partner: idShape, room: z.optional(idShape), state: z.enum(['offered', 'open', 'ended']), at: momentShape, waits: z.int() })),
  }),
});

/** What an administrator is told: our card, the partners, what they ask and what is shared. */
export type PartnersTold = z.output<typeof partners.output>;
export type PartnerTold = PartnersTold['partners'][number];
export type AskTold = PartnersTold['asks'][number];
export type ShareTold = PartnersTold['shares'][number];

/** Whom one has to telephone. It wakes nothing that speaks with partners: every Home of an administrator asks it. */
export const heldPartners = question('federation.held', {
  about: 'The names of the partners that are held until somebody has spoken with them. For administrators.',
  input: z.strictObject({}),
  output: z.object({ names: z.array(z.string()) }),
});
