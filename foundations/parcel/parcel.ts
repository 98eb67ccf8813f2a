import { unseen } from '@noroshi/foundations/files';
import { bytesToId, derivedId, type Id } from '@noroshi/foundations/kernel';
import { pack, type StreamKey } from '@noroshi/foundations/sync';

// The form of what a partner signs (docs/federation.md), as far as whoever checks a record makes it again.

/** What stands in front of a parcel's head where it is signed. */
export const parcelMark = 'noroshi parcel 1\n';

/** What a card says. */
interface Card { readonly key: string; readonly address: string; readonly name: string }
/** What stands in front of a card where its numbers are made. */
const cardMark = 'noroshi card 1\n';
/** What stands in front of what a house signs of its own record. */
export const recordMark = 'noroshi record 1\n';
/**
 * What a house signs with the key to which its partners send, in a record that is taken out: that this record, as it stands, is that of whom its card names. Nobody
 * can say so of a record in which stands what went to another house.
 * @param root in hex
 */
export const recordText = (card: Card, { origin, size, root }: { readonly origin: string; readonly size: number; readonly root: string }): string => `${origin}\n${size}\n${root}\n${cardText(card)}`;

/** All that stands on a card, as it is hashed for the telephone. */
export const cardText = ({ key, address, name }: Card): string => cardMark + JSON.stringify([key, address, name]);
/** Eight groups of five digits, to be read out: the first 128 bits of a hash. */
export const groupsOf = (hash: Uint8Array): string[] => Array.from({ length: 8 }, (_, i) => String(hash[2 * i]! * 256 + hash[2 * i + 1]!).padStart(5, '0'));

/** Whether this is so many bytes. */
export const isBytes = (value: unknown, length: number): value is Uint8Array => value instanceof Uint8Array && value.length === length;

/** SHA-256 over all of these, one after the other; text as UTF-8. */
export type Hash = (...parts: readonly (Uint8Array | string)[]) => Uint8Array;
/** An id that follows from a secret or a hash, and that nobody else can find beforehand. */
export function idFrom(hash: Uint8Array): Id {
  const bytes = Uint8Array.from(hash.subarray(0, 16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytesToId(bytes);
}
/** Under which id a partner's person, and what they say, stands here. `from`: the fingerprint of the partner. A file's is never one of ours. */
export const idsHere = (hash: Hash) => ({
  stranger: (from: Uint8Array, who: string): Id => idFrom(hash('noroshi stranger 1\n', from, who)),
  message: (from: Uint8Array, share: Id, ref: string): Id => idFrom(hash('noroshi message 1\n', from, share, ref)),
  file: (from: Uint8Array, share: Id, ref: string): Id => idFrom(hash('noroshi file 1\n', from, share, ref)),
  /** As what a room of a house is known to the one that it is shared with, in hex: each room in each sharing as another, and none by its id. `of`: the fingerprint of the house it is in. */
  room: (of: Uint8Array, share: Id, room: Id): string => [...hash('noroshi room 1\n', of, share, room)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
});

type Fields = Readonly<Record<string, unknown>>;

/** The same value with all keys in their order: a body is written in one way only. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, ordered(one)]));
}

/** The body of a parcel: its salt, without which a hash of few words could be guessed, and what it says. */
export const bodyBytes = (salt: Uint8Array, says: object): Uint8Array => pack([1, salt, ordered(says)]);

/**
 * What a parcel says, put together from what is kept beside its signature and from the words where they stand.
 * @param kind of the parcel
 * @param event the fields of the event in the room that says the words, at either house
 */
export function saysOf(kind: string, rest: Fields, event: Fields): Fields {
  const { text, place, reason, attachments, sha256, size, type } = event;
  if (kind === 'amend') return { ...rest, text: text ?? '' };
  if (kind === 'withdraw' || kind === 'redact') return { ...rest, ...(reason ? { reason } : {}) };
  if (kind === 'file') return { ...rest, ...(sha256 ? { sha256, size, type } : {}) };
  if (kind !== 'say') return rest;
  return { ...rest, ...(text ? { text } : {}), ...(place ? { place } : {}), ...attached(rest['attachments'], attachments) };
}

/** Whoever checks a record makes this again of what anyone may have written. */
const isListed = (value: unknown): value is readonly Fields[] => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null);

/** What is said of photographs and files, under the names that they have on the way. */
function attached(names: unknown, told: unknown): Fields {
  if (!isListed(names) || !isListed(told)) return {};
  return { attachments: told.map(({ file: _file, sha256: _sha256, ...rest }, i) => ({ ...rest, ...names[i] })) };
}

/** The other way round: what of a body is kept beside its signature. Its words stand where they were said, and nowhere else. */
export function restOf({ text, place: _place, reason: _reason, sha256: _sha256, size: _size, type: _type, attachments, ...rest }: Fields): Fields {
  // Words that are none stand in no event.
  return { ...rest, ...(text === '' ? { text } : {}), ...(isListed(attachments) ? { attachments: attachments.map(({ ref }) => ({ ref })) } : {}) };
}

/** Under which organization the words of a partner's people stand here, */
export const orgOf = (partner: Id): Id => derivedId(partner, 'org');
/** and under which id those who have no name of their own here. */
export const houseOf = (partner: Id): Id => derivedId(partner, 'house');

/** What another house calls someone, as one line that says no more than it shows. */
export const asLine = (text: string, longest: number): string => [...text.toWellFormed().normalize('NFC').replace(unseen, '').replace(/\s+/gu, ' ').trim()].slice(0, longest).join('');
/** Who spoke, as their own house calls them. */
export interface Speaker { readonly name: string; readonly org: string; readonly post: string }
/** What they are called here, where they stand under their house. @param partner what it is called */
export function calledHere({ name, org, post }: Speaker, partner: string): { readonly name: string; readonly orgName: string; readonly post: string } {
  const theirs = asLine(org, 40);
  return { name: asLine(name, 60) || partner, orgName: partner, post: asLine([theirs === partner ? '' : theirs, asLine(post, 60)].filter(Boolean).join(' '), 100) };
}
/** So often a stranger may change what they are called in a room: each change is a line in what every device holds of them. */
export const mostNames = 10;

/** The card of another deployment, as which partner it lies here, and under which organization the words of its people stand. */
export interface PartnerCard { readonly id: Id; readonly org: Id; readonly name: string; readonly address: string; readonly key: string }
/**
 * What a partner signed of one event, in base64url, and what of it does not stand in the event. Without its salt the words of it, or of another event of
 * the message, are in the record no more.
 */
export interface SignedParcel { readonly head: string; readonly sig: string; readonly salt?: string | undefined; readonly rest?: string | undefined }
/** Where a card was read in, as an event of the house's own. */
export interface CardMet { readonly stream: StreamKey; readonly seq: number }
/** One parcel that came: in which sharing, and as which of its numbers. */
export interface Came { readonly share: Id; readonly no: number }
/** What a partner signed of one event. */
export interface SignedHere extends Came { readonly partner: PartnerCard; readonly parcel: SignedParcel }
/** The card of the house whose record it is, and what it signed with its key (`recordText`), in base64url. */
export interface HouseHere extends Card { readonly sig: string }
/** Tells what partners signed of what stands in shared rooms: the record knows none of them. */
export interface SignaturesOf {
  isShared(room: StreamKey): boolean;
  /** With whom a room is shared, or was. */
  partners(room: StreamKey): readonly { readonly card: PartnerCard; readonly met: CardMet }[];
  /** What a partner signed of which room of this house a sharing is: as what it was told to be. */
  named(room: StreamKey, partner: Id): Promise<readonly SignedParcel[]>;
  /** Whose record it is, signed for this record alone; nothing where the house has no card. */
  here(record: Parameters<typeof recordText>[1]): Promise<HouseHere | undefined>;
  /** @param events by their ids */
  of(room: StreamKey, events: readonly Id[]): Promise<ReadonlyMap<Id, SignedHere>>;
  /** All that came in a sharing up to a number, in its order. @param share one of which `of` has told something */
  upTo(share: Id, no: number): AsyncIterable<Came & { readonly org: Id; readonly head: string; readonly sig: string }>;
}

/** What took longer to come than this (milliseconds) says when it was said, by the clock over there. */
export const lateAfter = 2 * 60_000;
/** In which words: a line of the talk, with the time of the prefecture's wall. */
export const saidAtLine = 'federation.saidAt';
