import type { Language } from '@noroshi/foundations/i18n';
import type { Notice } from './notice.ts';

/** A notice as a driver gets it. */
export interface Letter extends Omit<Notice, 'person' | 'channel'> {
  readonly language: Language;
  /** The whole address that opens when it is pressed; a path alone where nobody has said at which address the house is opened. */
  readonly link: string;
  /** What stands on the application's icon: how much waits. */
  readonly badge?: number | undefined;
  /** Only in a trial: with this the device tells that it has come. */
  readonly confirm?: string | undefined;
}

/** Where someone can be told by one channel: an endpoint of push, a mail address, a telephone number. */
export interface Place {
  readonly to: string;
  /** For push: what it is encrypted with, base64url. */
  readonly keys?: { readonly p256dh: string; readonly auth: string };
}

/** What became of one letter at one place. `gone`: the place is no more, and never will be again. */
export type Sent = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly gone?: boolean };

/** One channel at work. Resolves within its own patience, and throws for nothing that lies outside the house. */
export interface Driver {
  send(place: Place, letter: Letter): Promise<Sent>;
  /** Lets go of connections that are kept. */
  close?(): void;
}
