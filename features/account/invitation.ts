import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { door } from '@noroshi/foundations/sync';
import { organizationShape } from '@noroshi/features/directory';
import * as z from 'zod/mini';
import { deviceNameShape } from './device-name.ts';
import { loginShape } from './login.ts';
import { languages, meShape } from './me.ts';
import { newPasswordShape } from './password.ts';

/** How long an invitation may be used, in milliseconds: two weeks, since letters between offices take days. */
export const invitationLasts = 14 * 24 * 60 * 60_000;

/** The one-time secret of an invitation: 256 bits in base64url. It stands behind the `#` of the link and in no log. */
export const tokenShape = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

const invitationShape = z.strictObject({
  person: idShape,
  /** Opens the application at `/invitation`; whoever has it can come in once. */
  url: z.string(),
  /** The same link as a picture (SVG), to be shown or printed. */
  qr: z.string(),
  login: loginShape,
  expiresAt: momentShape,
});
export type Invitation = z.output<typeof invitationShape>;

/** Puts someone's phone on the line: a link that works once. */
export const invite = door('account.invite', {
  about: 'Makes a one-time link (and QR code) that signs a device in as a person. Earlier links for them end; with fresh, whoever has a link that can be used, a password or a device gets none. Administrators for everyone, managers for their own organization.',
  input: z.strictObject({
    person: idShape, login: z.optional(loginShape),
    /** Only for someone who was never invited, so that no paper ends which somebody else has just printed. */
    fresh: z.optional(z.literal(true)),
  }),
  output: invitationShape,
  signedIn: true,
});

/** A lost password or phone: a new link, and, where asked, the end of all that was. */
export const reissue = door('account.reissue', {
  about: 'Makes a new one-time link for someone who has lost a password or a phone. With endSessions, their devices are signed out and the old password ends.',
  input: z.strictObject({ person: idShape, login: z.optional(loginShape), endSessions: z.boolean() }),
  output: invitationShape,
  signedIn: true,
});

/** A link that went astray. */
export const withdrawInvitation = door('account.withdrawInvitation', {
  about: 'Ends the open invitation of a person.',
  input: z.strictObject({ person: idShape }),
  output: z.strictObject({}),
  signedIn: true,
});

export const openInvitation = door('account.openInvitation', {
  about: 'Tells for whom an invitation is, without using it. For the very first one, nobody is named: it makes the house.',
  input: z.strictObject({ token: tokenShape }),
  output: z.strictObject({
    /** `person`: continue with account.acceptInvitation; `first`: with account.beginHouse. */
    kind: z.enum(['person', 'first']),
    name: z.optional(z.string()),
    orgName: z.optional(z.string()),
    login: z.optional(loginShape),
    hasPassword: z.boolean(),
    expiresAt: momentShape,
  }),
  signedIn: false,
});

/**
 * A random id of the device's own making. On a bad line the answer may be lost after the link was used up: with the
 * same claim, and for ten minutes, the same device may ask again, unless what it came in with was ended meanwhile.
 */
const claimShape = z.optional(idShape);

/** Comes in by a link. A password may be set now or later; the device stays signed in either way. */
export const acceptInvitation = door('account.acceptInvitation', {
  about: 'Signs this device in by an invitation, which is thereby used up. With the same claim it may be asked again for ten minutes, while that device is not signed out.',
  input: z.strictObject({ token: tokenShape, password: z.optional(newPasswordShape), device: z.optional(deviceNameShape), claim: claimShape }),
  output: meShape,
  signedIn: false,
});

/** The first start: the prefecture, and its first administrator. */
export const beginHouse = door('account.beginHouse', {
  about: 'Makes the prefecture and the first administrator, by the one-time link that the first start prints.',
  input: z.strictObject({
    token: tokenShape,
    /** Not asked for where a prefecture is already in the directory. */
    organization: z.optional(z.pick(organizationShape, { code: true, name: true, kana: true, romaji: true, short: true })),
    name: z.string().check(z.minLength(1), z.maxLength(60)),
    kana: z.string().check(z.maxLength(80)),
    login: loginShape,
    password: newPasswordShape,
    language: z.optional(z.enum(languages)),
    device: z.optional(deviceNameShape),
    claim: claimShape,
  }),
  output: meShape,
  signedIn: false,
});
