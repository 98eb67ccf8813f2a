import { idShape } from '@noroshi/foundations/kernel';
import { door, feature } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { personRoles } from '@noroshi/features/directory';
import { deviceNameShape } from './device-name.ts';
import { meShape } from './me.ts';

/** The cast: what each of them shows of the house. The sentences are in the language files as `demo.cast.<part>`. */
export const parts = ['hanako', 'taro', 'aoi', 'ken', 'mika'] as const;
export type Part = (typeof parts)[number];

const whoShape = z.strictObject({
  person: idShape,
  name: z.string(),
  role: z.enum(personRoles),
  org: idShape,
  orgName: z.string(),
  /** Their highest post, as it is said; empty for a guest. */
  post: z.string(),
});

export const demoPeople = door('demo.people', {
  about: 'Lists whom one can be in the demo: the cast first, then everyone by organization.',
  input: z.strictObject({}),
  output: z.strictObject({
    cast: z.array(z.strictObject({ ...whoShape.def.shape, part: z.enum(parts) })),
    organizations: z.array(z.strictObject({ org: idShape, name: z.string(), people: z.array(whoShape) })),
  }),
  signedIn: false,
});

export const demoSignIn = door('demo.signIn', {
  about: 'Signs this device in as anyone, without a password. Only in the demo.',
  input: z.strictObject({ person: idShape, device: z.optional(deviceNameShape) }),
  output: meShape,
  signedIn: false,
});

/** What exists in the demo and nowhere else. It is part of the house only when that is started as the demo. */
export const demo = feature('demo', { doors: [demoPeople, demoSignIn] });
