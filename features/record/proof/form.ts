import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { HouseHere, PartnerCard, SignedParcel } from '@noroshi/foundations/parcel';
import type { StreamKey } from '@noroshi/foundations/sync';
import type { Envelope, Leaf } from './leaf.ts';

// The forms of what is taken out. docs: features/record/README.md

/** The version of the form. One that reads another says so and guesses nothing. */
export const formNow = 1;

/** The parts of an export, by their names in the zip. */
export const parts = { events: 'events.jsonl', log: 'log.jsonl', checkpoints: 'checkpoints.txt', stamps: 'stamps.jsonl', table: 'events.csv', names: 'names.json', partners: 'partners.jsonl', manifest: 'manifest.json', signature: 'manifest.sig' } as const;
export const attachmentFolder = 'attachments/';

/** One field of an event's words: what it says and the salt of its commitment. Empty where the words are not shown. */
export interface Field { readonly salt?: string | undefined; readonly value?: unknown }

/** A line of events.jsonl, in canonical JSON: an envelope with its place in the log and its words. */
export interface EventLine extends Envelope {
  /** Its place in the log, from 0. */
  readonly i: number;
  readonly fields: Readonly<Record<string, Field>>;
}

/** Whether all its words are shown, each with what proves it. */
export const isShown = ({ fields }: EventLine): boolean => Object.values(fields).length > 0 && Object.values(fields).every(({ salt }) => salt !== undefined);
/** Whether some of its words are. */
export const isPartlyShown = ({ fields }: EventLine): boolean => Object.values(fields).some(({ salt }) => salt !== undefined);

/** A line of log.jsonl: a leaf that is shown. `line`: its event stands in events.jsonl; `withheld`: its event may not be read by who took this out. */
export interface LeafEntry extends Leaf { readonly i: number; readonly shown?: 'line' | 'withheld' | undefined }
/** Or a whole subtree of 2^level leaves, of which only the root is shown: other rooms', or a leaf that is not what its row says any more. */
export interface NodeEntry { readonly i: number; readonly level: number; readonly hash: string }
export type LogEntry = LeafEntry | NodeEntry;

/** One stream of which something is shown. */
export interface StreamShown {
  readonly stream: StreamKey;
  /** The numbers whose leaves are shown, without a hole: from where its reader may see, to the last. */
  readonly from: number;
  readonly to: number;
  /** How many of them stand in events.jsonl, and how many may not be read. */
  readonly lines: number;
  readonly withheld: number;
}

/** The first lines of partners.jsonl, in canonical JSON: the card of a partner, and the event by which it was read in, whose leaf stands in log.jsonl by itself. */
export interface CardLine extends PartnerCard {
  readonly met: EventLine;
  /** Whose record this is, signed for it alone: files of earlier editions do not say. */
  readonly here?: HouseHere | undefined;
  /** What the partner signed of which room each sharing is; houses of earlier editions have signed nothing of it. */
  readonly rooms?: readonly SignedParcel[] | undefined;
}
/** Then what a partner signed of one event; */
export interface SignedLine extends SignedParcel { readonly i: number; readonly org: Id }
/** and last, of a room that is shown whole, what came before the last of these and is none of the events that are told so: only that it was signed. */
export interface PassedLine extends Pick<SignedParcel, 'head' | 'sig'> { readonly org: Id }

/** What the export says of itself. It is signed. */
export interface Manifest {
  readonly form: number;
  readonly origin: string;
  readonly export: Id;
  readonly by: Id;
  readonly at: Moment;
  readonly selection: { readonly incident?: Id | undefined; readonly room?: Id | undefined; readonly from?: Moment | undefined; readonly until?: Moment | undefined };
  readonly drill?: boolean | undefined;
  /** The stream of the audit, where it was taken along. */
  readonly audit?: StreamKey | undefined;
  /** The checkpoint up to which it goes. */
  readonly size: number;
  readonly root: string;
  readonly streams: readonly StreamShown[];
  /** What the numbers of kinds are called. */
  readonly kinds: Readonly<Record<string, string>>;
  /** All keys that have signed for this house. */
  readonly keys: readonly string[];
  readonly files: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;
}

/** Whether an event is among what was asked for, as far as a leaf tells. The room is told by the streams that are shown. */
export const isWithin = ({ incident, from, until }: Manifest['selection'], leaf: Pick<Leaf, 'incident' | 'at'>): boolean =>
  (incident === undefined || leaf.incident === incident) && (from === undefined || leaf.at >= from) && (until === undefined || leaf.at < until);

/** Whether all of the streams that are shown was asked for, and no span of time or disaster of it. */
export const isAll = ({ incident, from, until }: Manifest['selection']): boolean => incident === undefined && from === undefined && until === undefined;

/** The text that is signed of a manifest. */
export const manifestText = (origin: string, sha256: string): string => `noroshi record manifest\n${origin}\n${sha256}\n`;
