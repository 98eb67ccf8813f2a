import { planFileShape } from '@noroshi/features/incident/plan-file';
import { localGovernmentCode, organizationKinds, organizationShape } from '@noroshi/features/directory';
import * as z from 'zod/mini';

const { name, kana, romaji, short, lat, lon, tile } = organizationShape.def.shape;

/** An organization as a file tells of it. Without `short`, the name without its 市・町・村 stands on the mark. */
const place = { code: z.optional(localGovernmentCode), name, kana, romaji, short: z.optional(short), lat, lon, tile };

const names = z.array(name).check(z.maxLength(100));

/** A prefecture's organizations, groups and support plan in one file. What it tells beyond this is passed over. */
export const prefectureFileShape = z.object({
  prefecture: z.object(place),
  municipalities: z.array(z.object({ ...place, kind: z.enum(organizationKinds).check(z.refine((kind) => kind !== 'prefecture' && kind !== 'outside')) })).check(z.minLength(1), z.maxLength(200)),
  /** Bodies outside the prefecture, whose people come as guests. */
  outside: z.optional(z.array(z.object(place)).check(z.maxLength(100))),
  counterpartGroups: z.array(z.object({
    /** A, B, C: what stands on its mark. */
    id: z.string().check(z.minLength(1), z.maxLength(4)),
    name: z.optional(z.string().check(z.minLength(1), z.maxLength(80))),
    members: names,
    /** In this group only as supporters. */
    supportOnly: z.optional(names),
  })).check(z.maxLength(50)),
  ...planFileShape.def.shape,
});
export type PrefectureFile = z.output<typeof prefectureFileShape>;
