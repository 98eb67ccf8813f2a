import type { Chronicled } from '@noroshi/foundations/chronicled';
import type { Doc, StreamKey } from '@noroshi/foundations/sync';
import type { LowerEnd, OutboxItem, Watched } from '@noroshi/foundations/sync/web';
import type { Key, Language, Words } from '@noroshi/foundations/i18n';
import type { IconName } from '@noroshi/foundations/ui';
import type { Params, Refusal } from '@noroshi/foundations/kernel';
import { createContext, type ComponentType } from 'preact';
import { useContext } from 'preact/hooks';

/** The named parts of the path. */
export interface PageProps { readonly params: Readonly<Record<string, string>> }

/** A page, loaded when it is first opened. */
export interface WebPage {
  /** Such as `/talk/:room`. */
  readonly path: string;
  readonly load: () => Promise<{ default: ComponentType<PageProps> }>;
}

/** A thing that stands in the talk as a card: told by a note whose `ref` names it. */
export interface CardProps {
  readonly id: string;
  readonly stream: StreamKey;
  /** Which line it is, such as `request.sent`: its sentence, `note.<line>`, is for those who cannot have the card. */
  readonly line: string;
  readonly params: Params;
}

/** Something this person owes now. Oldest urgent first, then by deadline. */
export interface Owe {
  readonly key: string;
  readonly weight: 'urgent' | 'short' | 'plain';
  /** Since when, for the age. */
  readonly since: number;
  readonly deadline?: number | undefined;
  /** The tag: 緊急, 不足 6 … */
  readonly tag: { readonly key: Key; readonly params?: Params };
  /** What it is about. What the hotline itself said is a sentence in the reader's language. */
  readonly title: string | ((words: Words) => string);
  readonly sub?: string | ((words: Words) => string) | undefined;
  readonly href: string;
  readonly drill?: boolean | undefined;
  /** Answers without opening. */
  readonly act?: { readonly label: Key; readonly run: () => Promise<unknown> };
}

/** How an organization stands in an incident, as headquarters looks at it: short of people, late with its answer, out of reach; or weighing, helping, served. */
export type SightState = 'short' | 'late' | 'unreached' | 'unreported' | 'considers' | 'helps' | 'served';

/** One thing to be seen of an organization in an incident. */
export interface Sight {
  readonly org: string;
  readonly state: SightState;
  /** The number in it: 不足 7, 支援 8. */
  readonly n?: number;
  readonly since: number;
  /** Why, in a sentence. */
  readonly says?: (words: Words) => string;
  /** What it is made of. */
  readonly href: string;
  /** Who has it in hand, in a sentence. */
  readonly inHand?: (words: Words) => string;
  /** What whoever looks can do about it there. */
  readonly acts?: readonly SightAct[];
}

/** Something that can be done about what is seen, where it is seen: at once, or on the page that it opens. */
export interface SightAct {
  readonly label: Key;
  readonly icon: IconName;
  /** Where it is done; or else `run` does it, and says where to go on. */
  readonly href?: string;
  readonly run?: (words: Words) => Promise<Refusal | { readonly ok: true; readonly go?: string }>;
}

/** 必要・決定・到着・不足, and what they are made of. */
export interface SightSums { readonly needed: number; readonly committed: number; readonly arrived: number; readonly short: number; readonly surplus: number; readonly home: number; readonly href: string }

/** What a room of the house knows of an incident. `sums`: of all of it together, and `sumsOf` of each town that asks. */
export interface Seen {
  readonly sights: readonly Sight[];
  readonly sums?: SightSums;
  readonly sumsOf?: ReadonlyMap<string, SightSums>;
  /** How an organization fares in a short line, such as its damage. It calls for nobody's eyes by itself. */
  readonly glances?: readonly { readonly org: string; readonly says: (words: Words) => string; readonly href: string }[];
  /** All of it together in a few short sayings, the first of them first, such as the damage that was reported and by how many. Absent where nothing is known. */
  readonly overall?: { readonly says: (words: Words) => readonly string[]; readonly href: string };
}

/** Someone in the sheet of who has read a message. */
export interface ReaderProps { readonly room: string; readonly message: string; readonly person: string }

/** The foot of that sheet. `unread`: how many have not read it. */
export interface RemindProps { readonly room: string; readonly message: string; readonly unread: number }

/** An entry of the page その他 / More, with the group in which one looks for it. They come with that page. */
export interface MoreEntry { readonly label: Key; readonly icon: IconName; readonly href: string; readonly under: 'disaster' | 'everyday' | 'prepare' | 'tending' | 'mine'; readonly when?: (stair: LowerEnd) => Promise<boolean> }

/** What one can make of a message: take it into the chronology, into a request … `when` tells whether it is offered of this one. */
export interface MessageAction { readonly label: Key; readonly icon: IconName; readonly href: (room: string, message: string) => string; readonly when?: (stair: LowerEnd, room: string, message: string) => Promise<boolean> }

/** What one can put into a talk with ＋: a deed of another room of the house. `when` tells whether it is offered in this talk. */
export interface PlusEntry { readonly label: Key; readonly icon: IconName; readonly href: (room: string) => string; readonly when?: (stair: LowerEnd, room: string) => Promise<boolean> }

/** What a talk offers of the other rooms of the house: of its messages, and with ＋. */
export interface TalkOffers { readonly actions: readonly MessageAction[]; readonly plus: readonly PlusEntry[] }

/** What a first step is handed. `onReady`: it is done, and nothing of it is left for later; `onDone`: on to the next. */
export interface FirstStepProps { readonly onReady: () => void; readonly onDone: () => void }

/** One of the first steps that a newcomer is led through: a heading of level 2, what it is for, and one deed. `at` is its place among them. */
export interface FirstStep { readonly at: number; readonly load: () => Promise<{ default: ComponentType<FirstStepProps> }> }

/** A room of the house as the browser mounts it. */
export interface WebRoom {
  readonly name: string;
  readonly pages?: readonly WebPage[];
  /** Its pages are for those inside: for a guest there are none. */
  readonly inside?: boolean;
  /** Components that stand in the talk, by the noun that a note refers to. */
  readonly cards?: Readonly<Record<string, () => Promise<{ default: ComponentType<CardProps> }>>>;
  /** What stands under the title of a talk: the four numbers of its request, and so on. */
  readonly strips?: readonly ComponentType<{ readonly room: string }>[];
  /** Buttons at the title of a talk that is open. A telephone has room for one. */
  readonly tools?: readonly ComponentType<{ readonly room: string }>[];
  /** What stands above the words that one writes in a talk: what whoever writes must know first. */
  readonly above?: readonly ComponentType<{ readonly room: string }>[];
  /** What stands below something that people said, above how far it has come here; nothing where there is nothing to say. `born`: its number in the talk. */
  readonly besides?: readonly ComponentType<{ readonly stream: StreamKey; readonly born: number; readonly org: string }>[];
  /** What stands at the right of a talk on the desk, fetched only there; nothing where it has nothing to say. */
  readonly sides?: readonly (() => Promise<{ default: ComponentType<{ readonly room: string }> }>)[];
  /** What stands at the right of Home on the desk: a `Pane` each, fetched only there. */
  readonly homeSides?: readonly (() => Promise<{ default: ComponentType }>)[];
  /** Lines above what is owed on Home, fetched behind it; nothing where there is nothing to say. */
  readonly homeNotes?: readonly (() => Promise<{ default: ComponentType }>)[];
  /** What stands in the sheet that asks whether something urgent goes out: what it will do to these people, the sender left out. */
  readonly beforeSending?: readonly (() => Promise<{ default: ComponentType<{ readonly room: string; readonly people: readonly { readonly person: string; readonly name: string }[] }> }>)[];
  /** What stands on the page about a room, above its people: one's own wishes for it. */
  readonly aboutRoom?: readonly (() => Promise<{ default: ComponentType<{ readonly room: string }> }>)[];
  /** What stands on the page about a room and on that of a board, for whoever is there. */
  readonly aboutPlace?: readonly (() => Promise<{ default: ComponentType<{ readonly room: string }> }>)[];
  /** What stands at the head of the page of an incident, where there is something to do about it. */
  readonly aboutIncident?: readonly (() => Promise<{ default: ComponentType<{ readonly incident: string }> }>)[];
  /** What stands on someone's card in the address book, below how to reach them. */
  readonly aboutPerson?: readonly (() => Promise<{ default: ComponentType<{ readonly person: string }> }>)[];
  /** Done once at each start, when the first screen stands and the line is open. `go` opens a path. */
  readonly starts?: (language: Language, go: (path: string) => void) => Promise<void>;
  /** What a newcomer is led through on their first day. */
  readonly firstSteps?: readonly FirstStep[];
  /** Stands over every screen, wherever one is. */
  readonly over?: ComponentType;
  /** What one must have where the icon opens a place of its own, which knows nothing of this one: on an iPhone. */
  readonly iconApart?: readonly (() => Promise<{ default: ComponentType }>)[];
  /** Bands across every screen. */
  readonly bands?: readonly ComponentType[];
  /** What one can make of a message and put into a talk, fetched with the sheet that offers it: a room's `more.ts` has it. */
  readonly offers?: () => Promise<TalkOffers>;
  /** In the sheet of who has read urgent words: what stands behind someone who has not answered, and at its foot. */
  readonly readers?: {
    readonly person: () => Promise<{ default: ComponentType<ReaderProps> }>;
    readonly foot: () => Promise<{ default: ComponentType<RemindProps> }>;
  };
  /** What the server would not take, by its deed: what it said, and where it is put right and sent again. */
  readonly undone?: Readonly<Record<string, { readonly words: () => Promise<{ default: ComponentType<{ readonly item: OutboxItem }> }>; readonly mend: (item: OutboxItem) => string }>>;
  /** What this person owes. Several screens ask for it: what is read for it is read `together`. */
  readonly owes?: (stair: LowerEnd) => Watched<readonly Owe[]>;
  /** What it knows of an incident, fetched where someone asks: what headquarters sees of it, and what it tells the chronology by itself. */
  readonly sees?: () => Promise<{
    readonly sees?: (stair: LowerEnd, incident: string) => Watched<Seen>;
    readonly chronicles?: (stair: LowerEnd, incident: string) => Watched<readonly Chronicled[]>;
  }>;
}

export const RoomsContext = createContext<readonly WebRoom[]>([]);

/** All rooms of the house. */
export const useRooms = (): readonly WebRoom[] => useContext(RoomsContext);

export type { Doc };
