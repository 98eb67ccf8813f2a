import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { door } from '@noroshi/foundations/sync';
import { personRoles } from '@noroshi/features/directory';
import * as z from 'zod/mini';
import { loginShape } from './login.ts';

export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

/** Who a device speaks for. */
export const meShape = z.strictObject({
  person: idShape,
  org: idShape,
  role: z.enum(personRoles),
  name: z.string(),
  orgName: z.string(),
  /** Whether this house is the demo: invented people, and one chooses at the door who to be. */
  demo: z.boolean(),
  /** In which language push, mail and documents are written to this person. */
  language: z.enum(languages),
  /** This device among the person's devices. */
  session: idShape,
  /** What they type to sign in; absent where they never were invited (the demo). */
  login: z.optional(loginShape),
  hasPassword: z.boolean(),
  /** A guest is let in until then. */
  until: z.optional(momentShape),
});
export type Me = z.output<typeof meShape>;

/** Who is asking? */
export const me = door('account.me', {
  about: 'Tells who this device is signed in as. Keeps the device signed in for another 400 days.',
  input: z.strictObject({}),
  output: meShape,
  signedIn: true,
});

/** The language of what is sent to this person. */
export const chooseLanguage = door('account.chooseLanguage', {
  about: 'Chooses the language in which push messages, mail and documents are written to this person.',
  input: z.strictObject({ language: z.enum(languages) }),
  output: meShape,
  signedIn: true,
});
