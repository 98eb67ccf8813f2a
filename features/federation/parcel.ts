import { attachmentShape, longestText, stickers } from '@noroshi/features/talk';
import { largestFile, sha256Shape } from '@noroshi/foundations/files';
import * as z from 'zod/mini';

/** SHA-256, in hex. */
export const hashShape = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** How far one direction of one shared room is: the last number, and the hash of its parcel. */
export interface Chain { readonly no: number; readonly hash: string }
export const start: Chain = { no: 0, hash: '0'.repeat(64) };

/** What travels. */
export const parcelKinds = ['offer', 'accept', 'say', 'file', 'amend', 'withdraw', 'redact', 'end'] as const;
export type ParcelKind = (typeof parcelKinds)[number];

/**
 * What becomes of a parcel whose signature is good, by its number and by what stands before it (docs/federation.md, Taking it in).
 * `next`: it is applied. `again`: it is here already, and gets the same receipt. `early`: one before it is missing, and the receipt
 * says from where on. `forked`: their house has said two things under one number; nothing more is applied.
 * @param kept the hash of the parcel that is here under this number, where it is an earlier one than the last
 */
export function judge(stands: Chain, parcel: { readonly no: number; readonly before: string; readonly hash: string }, kept?: string): 'next' | 'again' | 'early' | 'forked' {
  if (parcel.no > stands.no + 1) return 'early';
  if (parcel.no === stands.no + 1) return parcel.before === stands.hash ? 'next' : 'forked';
  return parcel.hash === (parcel.no === stands.no ? stands.hash : kept) ? 'again' : 'forked';
}

const line = (longest: number) => z.string().check(z.maxLength(longest));
/** Who said it, as they are called there. `id`: an HMAC of theirs with a secret for this partner. */
const whoShape = z.strictObject({ id: hashShape, name: line(200), org: line(200), post: line(200) });
export type Who = z.output<typeof whoShape>;

/** A photograph or file that is to follow the words, under the name by which this partner knows it. Of what its bytes are, a `file` tells. */
const attachedShape = z.extend(z.omit(attachmentShape, { file: true, sha256: true }), { ref: hashShape });
const reasonShape = z.string().check(z.minLength(1), z.maxLength(200));

/** What each kind of parcel carries beside its salt. Fields are the wire's: only ever add optional ones. */
export const bodyShapes = {
  offer: z.strictObject({ name: line(200) }),
  /** `room`: as what the room of whoever sends it is known here; `yours`: as what that of whoever gets it was told to be. Houses of earlier editions say neither, and go past it. */
  accept: z.strictObject({ room: z.optional(hashShape), yours: z.optional(hashShape) }),
  say: z.strictObject({
    ref: hashShape, who: whoShape,
    text: z.optional(line(longestText)),
    urgency: z.optional(z.enum(['important', 'urgent'])),
    sticker: z.optional(z.enum(stickers.map((s) => s.id) as [string, ...string[]])),
    place: z.optional(z.strictObject({ name: z.string().check(z.minLength(1), z.maxLength(200)), lat: z.optional(z.number().check(z.minimum(-90), z.maximum(90))), lon: z.optional(z.number().check(z.minimum(-180), z.maximum(180))) })),
    /** So many photographs and files stayed there: houses of the first edition say so, and send none. */
    files: z.optional(z.int().check(z.minimum(1), z.maximum(10))),
    attachments: z.optional(z.array(attachedShape).check(z.minLength(1), z.maxLength(10), z.refine((all) => new Set(all.map(({ ref }) => ref)).size === all.length))),
  }),
  /** The bytes of a file have come to their house, or were refused there. */
  file: z.union([
    z.strictObject({ ref: hashShape, file: hashShape, sha256: sha256Shape, size: z.int().check(z.minimum(1), z.maximum(largestFile)), type: line(120) }),
    z.strictObject({ ref: hashShape, file: hashShape, refused: z.literal(true) }),
  ]),
  amend: z.strictObject({ ref: hashShape, who: whoShape, text: line(longestText) }),
  withdraw: z.strictObject({ ref: hashShape, who: whoShape, reason: z.optional(reasonShape.check(z.refine((reason) => reason.trim() === reason))) }),
  /** A wish: their administrators have taken its words out of their record. */
  redact: z.strictObject({ ref: hashShape, who: whoShape, reason: reasonShape }),
  end: z.strictObject({}),
} satisfies Record<ParcelKind, z.ZodMiniType>;
export type Bodies = { readonly [K in ParcelKind]: z.output<(typeof bodyShapes)[K]> };
