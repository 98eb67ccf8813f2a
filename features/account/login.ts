import * as z from 'zod/mini';

/**
 * What one types to sign in. People in a town often share one e-mail address, so it is a name that an administrator
 * gives: romaji and a number, or an e-mail address that nobody else has on their card.
 */
export const loginShape = z.string().check(z.minLength(2), z.maxLength(254), z.regex(/^[A-Za-z0-9][A-Za-z0-9._@+-]*$/));

/** A login as it was typed on whatever keyboard: full-width letters and capitals are the same. */
export function loginKey(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** The beginning of a login for someone of an organization: `seiyo-` of Seiyo. A number follows. */
export function loginStem(romaji: string): string {
  const letters = romaji.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]/g, '').slice(0, 24);
  return `${letters || 'user'}-`;
}
