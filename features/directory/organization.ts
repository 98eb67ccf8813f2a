import type { Language } from '@noroshi/foundations/i18n';
import { idShape, type Id } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

export const organizationKinds = ['prefecture', 'city', 'town', 'village', 'outside'] as const;

/** National local-government code: five digits and the check digit. */
export const localGovernmentCode = z.string().check(z.regex(/^\d{6}$/), z.refine(hasRightCheckDigit));

/** A prefecture, a municipality, or a body outside. */
export const organizationShape = z.strictObject({
  id: idShape,
  code: z.optional(localGovernmentCode),
  name: z.string().check(z.minLength(1), z.maxLength(60)),
  kana: z.string().check(z.maxLength(60)),
  romaji: z.string().check(z.maxLength(60)),
  /** What stands on its mark: two characters where that is enough. */
  short: z.string().check(z.minLength(1), z.maxLength(4)),
  kind: z.enum(organizationKinds),
  lat: z.optional(z.number().check(z.minimum(-90), z.maximum(90))),
  lon: z.optional(z.number().check(z.minimum(-180), z.maximum(180))),
  /** Its place on the tile map, 1-based. */
  tile: z.optional(z.strictObject({ row: z.int().check(z.minimum(1), z.maximum(20)), column: z.int().check(z.minimum(1), z.maximum(20)) })),
});
export type Organization = z.output<typeof organizationShape>;

/** The check digit of a code: weights 6 to 2, remainder of eleven (JIS X 0401/0402 as the ministry publishes it). */
function hasRightCheckDigit(code: string): boolean {
  if (!/^\d{6}$/.test(code)) return false;
  const sum = [6, 5, 4, 3, 2].reduce((total, weight, i) => total + weight * Number(code[i]), 0);
  return Number(code[5]) === (11 - (sum % 11)) % 10;
}

export const organizationAdded = eventKind('directory.organizationAdded', 10, organizationShape);
export const organizationAmended = eventKind('directory.organizationAmended', 11, organizationShape);

export const organization = noun<Organization>('organization')
  .begins(organizationAdded, (e) => e.body.id, (e) => e.body)
  .on(organizationAmended, (e) => e.body.id, (now, e) => now && e.body);

export const theOrganization = (id: Id): Ref<Organization> => ref(organization, id);

/** An organization's name in the reader's letters; nothing where this device does not hold it. */
export const nameIn = (org: Organization | undefined, language: Language): string => (language === 'en' && org?.romaji ? org.romaji : org?.name) ?? '';
