import type { Words } from '@noroshi/foundations/i18n';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Happens, NounBuilder, Ref, StreamKey } from '@noroshi/foundations/sync';

/**
 * What of a thing two people can take out of the record together, as finely as its events say it: its words, its place,
 * its photographs and files, who is named in it, what was answered to it, and why something was done.
 */
export type Part = 'text' | 'place' | 'files' | 'people' | 'answers' | 'reasons';

/** 黒塗り: the mark that stands where words stood. Which, why, who asked and who agreed, and when. */
export interface Blacked {
  readonly parts: readonly Part[];
  readonly reason: string;
  readonly by: readonly [first: Id, second: Id];
  readonly at: Moment;
  /** Its term was over: the reason is the years. */
  readonly disposal?: Id;
  /** Of what was said by this command alone. */
  readonly said?: Id;
}

/** A thing that can bear such marks. */
export interface Redactable { readonly redacted?: readonly Blacked[] }

/** What has to be known of a thing before its words go. */
export interface Bearing {
  /** When something was last said of it: its term does not begin before. */
  readonly at: Moment;
  readonly incident?: Id | undefined;
  readonly drill?: boolean | undefined;
  /** It was taken back: its words are not in it any more, and lie in the record still. */
  readonly gone?: boolean | undefined;
  /** Of these parts an earlier version may lie in the record that it does not say any more. */
  readonly earlier?: readonly Part[];
  /** The hotline itself says it. */
  readonly note?: boolean | undefined;
  /** The thing below which it stands. */
  readonly under?: Id | undefined;
}

/** Among the things of another noun of the same room, those whose files say the same. */
export interface Carried<T> { readonly noun: string; readonly among: (all: readonly unknown[], value: T, said: Id | undefined) => readonly Id[] }
/** @param says whether the files of one say what the thing says; `said` of what this command said alone */
export const carriedBy = <C extends { readonly id: Id }, T>({ noun }: NounBuilder<C>, says: (carrier: C, value: T, said: Id | undefined) => boolean): Carried<T> => ({
  // What is handed in is of this noun: it was asked for by its name.
  noun, among: (all, value, said) => (all as readonly C[]).filter((one) => says(one, value, said)).map(({ id }) => id),
});

/** The noun below whose things something stands, and what such a thing says of those below it: of which incident they are. */
export interface Above { readonly noun: string; readonly says: (above: unknown) => Pick<Bearing, 'incident' | 'drill'> }
export const standsBelow = <C>({ noun }: NounBuilder<C>, says: (above: C) => Pick<Bearing, 'incident' | 'drill'>): Above => ({
  // As with `carriedBy`.
  noun, says: (above) => says(above as C),
});

/** The thing of which another is a part. */
export interface PartOf<T> { readonly whole: (value: T) => Ref<unknown>; readonly isBack: (whole: unknown) => boolean }
/** @param isBack whether the whole was taken back */
export const partOf = <T, W>(whole: (value: T) => Ref<W>, isBack: (whole: W) => boolean): PartOf<T> => ({
  // As with `carriedBy`: what is handed in is what the reference named.
  whole, isBack: (of) => isBack(of as W),
});

/**
 * What of a room's things can be blacked out. Each room says it of its own nouns; the roof puts them together, so that the
 * keeping of the house knows no room by name. The thing without its words must be what the emptied events fold to.
 */
export interface Redacts<T = any> {
  readonly noun: NounBuilder<T>;
  /** For each part, the fields of events in which it stands; of one kind of events alone with that before it: `request.closed.reason`. */
  readonly fields: Readonly<Partial<Record<Part, readonly string[]>>>;
  /** What it says now of a part, in lines: nothing where there is nothing to take out. @param said of what this command said alone */
  readonly says: (value: T, part: Part, said: Id | undefined) => readonly string[];
  /** The thing without these parts. */
  readonly without: (value: T, parts: ReadonlySet<Part>, said: Id | undefined) => T;
  readonly bearing: (value: T, said: Id | undefined) => Bearing;
  /** The page on which it stands. @param room the room in which it lies, where it lies in one */
  readonly href: (value: T, id: string, room: Id | undefined) => string;
  /** It lies in a room; else where all inside see it. */
  readonly inRoom: boolean;
  /** It is said bit by bit and goes bit by bit: the commands that said it. */
  readonly bits?: (value: T) => readonly Id[];
  /** Each bit is a field of its own in the event that made the thing: which. Then it is no command that says a bit, and all of them can go as one (with no `said`) when the term of the last is over. */
  readonly bitField?: (value: T, said: Id) => string;
  /** The part with which photographs and files go, where they have none of their own. */
  readonly filesWith?: Part;
  /** Of other things of the room are the files that say the same: of which of this noun. */
  readonly filesOf?: Carried<T>;
  /** What else is true then, for who must know later that something stood here. */
  readonly also?: (value: T, said: Id | undefined) => readonly Happens[];
  /** Of what it is a part: whoever does not see that is told nothing of this, and where that was taken back it says nothing any more. */
  readonly partOf?: PartOf<T>;
  /** Below what it stands. */
  readonly under?: Above;
  /** A thing of another noun and the same id, in another stream, that says the same: it goes with it. */
  readonly twin?: { readonly noun: string; readonly stream: (room: Id) => StreamKey };
}

/** What goes behind words that were taken out and lies in no event, as the room that keeps it says: done again, it does nothing more. */
export interface Behind {
  /** An event after which something may have to go, beside those that take words out. */
  follows(event: { readonly kind: string }): boolean;
  /** Whether a stop may have left something. */
  waits(): boolean;
  go(): Promise<void>;
}

/** The marks in one line, for rows, paper and tables: which, why, who asked, who agreed, when. Empty where there are none. */
export const blackedSays = (marks: readonly Blacked[] | undefined, { t, language }: Words, person: (id: Id) => string): string => (marks ?? []).map(({ parts, reason, by: [first, second], at, disposal }) => {
  const time = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { timeZone: 'Asia/Tokyo', year: 'numeric', month: language === 'ja' ? 'long' : 'short', day: 'numeric' }).format(at);
  return t('keeping.line', {
    what: disposal ? t('keeping.gone') : t('keeping.blacked', { parts: parts.map((part) => t(`keeping.part.${part}`)).join(t('talk.and')) }),
    why: disposal ? t('keeping.goneTerm', { n: reason }) : t('keeping.blackedWhy', { reason }), by: t('keeping.blackedBy', { first: person(first), second: person(second), time }),
  });
}).join(' ');
