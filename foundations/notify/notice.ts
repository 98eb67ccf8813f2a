import type { Language } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';

/** The ways by which someone is told outside the application. */
export const channels = ['push', 'mail', 'sms', 'voice'] as const;
export type Channel = (typeof channels)[number];

/**
 * One thing that one person is to be told by one channel. Its words are whole sentences in the reader's language. Only
 * push carries them: it is encrypted from here to the browser. Mail, SMS and voice say that something waits, and where.
 */
export interface Notice {
  /** Names it: the same id is sent once, however often it is handed over. */
  readonly id: Id;
  readonly person: Id;
  readonly channel: Channel;
  /** The first line: from where it comes. */
  readonly title: string;
  readonly body: string;
  /** What opens when it is pressed, such as `/talk/…`. */
  readonly path: string;
  /** A later one with the same tag takes the place of the earlier one on a screen. */
  readonly tag: string;
  readonly urgent: boolean;
  readonly drill: boolean;
  /** Shown without a sound: it can wait until its reader looks. */
  readonly silent?: boolean | undefined;
  /** Of a drill that was announced: without a sound where its reader wants quiet at this hour. */
  readonly gentle?: boolean | undefined;
  /** Answers that one press gives on the screen of a locked telephone; push alone has them, and shows two. */
  readonly acts?: readonly NoticeAct[] | undefined;
}

/** An answer by one press: what stands on it, what is shown when it is given, and the deed that gives it. */
export interface NoticeAct { readonly label: string; readonly done: string; readonly deed: string; readonly input: unknown }

/** What became of it: handed to so many devices or addresses, or why not. `notify.unknown`: nobody knows whether it went out. */
export type Told = { readonly ok: true; readonly to: number } | { readonly ok: false; readonly code: string };

/** Tells people. Resolves when it is known what became of it; never throws for what lies outside the house. */
export interface Teller {
  tell(notice: Notice): Promise<Told>;
  /** By which channels this person can be told now. */
  reach(person: Id): Promise<readonly Channel[]>;
  /** In which language this person is told. */
  languageOf(person: Id): Promise<Language>;
}
