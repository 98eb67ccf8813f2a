import { bytesToId, canonical, type Id, type Moment } from '@noroshi/foundations/kernel';
import { bodyBytes, idsHere, isBytes, parcelMark, restOf, saysOf, type Speaker } from '@noroshi/foundations/parcel';
import { roomStream, unpack } from '@noroshi/foundations/sync';
import { fromBase64Url, fromHex, hex, isSame, joined, utf8 } from './bytes.ts';
import type { EventLine, SignedLine } from './form.ts';
import { readAs } from './json.ts';
import { sha256 } from './sha256.ts';
import { isCount, isMoment, isObject, isText, listOf, objectOf } from './shape.ts';

/** The head of a parcel as it was signed (docs/federation.md). */
export interface Head {
  readonly from: Uint8Array;
  /** The key of the house that it went to, in hex. */
  readonly to: string;
  readonly share: Id;
  readonly no: number;
  /** The hash of this one, as the next one names it, and of the one before it. */
  readonly hash: string;
  readonly before: string;
  /** When it was said, by the clock over there. */
  readonly at: Moment;
  readonly kind: string;
  /** The hash of what it says. */
  readonly body: Uint8Array;
  /** What is signed, and the signature. */
  readonly text: Uint8Array;
  readonly signature: Uint8Array;
}
export type Values = Readonly<Record<string, unknown>>;

const ids = idsHere((...pieces) => sha256(...pieces.map((piece) => (typeof piece === 'string' ? utf8(piece) : piece))));

export const valuesOf = ({ fields }: EventLine): Values => Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));

const areNames = listOf(objectOf({ ref: isText }));
const areFiles = listOf(objectOf({ file: isText }));
const isSpeaker = objectOf({ id: isText, name: isText, org: isText, post: isText });
const isNaming = objectOf({ yours: isText });

/** @returns `undefined` where it is none, or names another key than this one as its sender's */
export function readHead(line: Pick<SignedLine, 'head' | 'sig'>, key: Uint8Array): Head | undefined {
  const [head, signature] = [fromBase64Url(line.head), fromBase64Url(line.sig)];
  const frames = head && unpack(head);
  const [version, from, to, share, no, before, at, kind, body, ...more] = (frames?.length === 1 && frames[0]) || [];
  if (!head || !signature || version !== 1 || more.length > 0 || !isBytes(from, 32) || !isSame(from, sha256(key)) || !isBytes(to, 32) || !isBytes(share, 16)) return undefined;
  if (!isCount(no) || no === 0 || !isBytes(before, 32) || !isMoment(at) || !isText(kind) || !isBytes(body, 32)) return undefined;
  const text = joined(utf8(parcelMark), head);
  return { from, to: hex(to), share: bytesToId(share), no, hash: hex(sha256(text)), before: hex(before), at, kind, body, text, signature };
}

/** Who speaks, as it was signed, and under which id that is here. */
export interface SpeakerHere extends Speaker { readonly id: Id }

/** @returns `false` where somebody is named in a way that no house does */
function speakerHere(from: Uint8Array, who: unknown): SpeakerHere | undefined | false {
  if (!isSpeaker(who)) return who === undefined && undefined;
  const { id, name, org, post } = who;
  return { id: ids.stranger(from, id), name, org, post };
}

/** A text among words that anyone may have written; empty where something else stands there. */
export const textOf = (value: unknown): string => (isText(value) ? value : '');

/**
 * Whether an event whose words are all shown says what was signed, as the message and with the files that were.
 * @returns who speaks, `undefined` where the parcel names nobody; `false` where it says something else
 */
export function saysSame(event: EventLine, values: Values, head: Head, saltText: string, restText: string): SpeakerHere | undefined | false {
  const [salt, rest] = [fromBase64Url(saltText), readAs(isObject, restText)];
  // What stands beside the words must be none of them: it could say what the event does not.
  if (!salt || !rest || canonical(restOf(rest)) !== canonical(rest) || !isSame(sha256(bodyBytes(salt, saysOf(head.kind, rest, values))), head.body)) return false;
  return isOf(event, values, head, rest) && speakerHere(head.from, rest['who']);
}

/** As what a room is known to whoever signed this acceptance, as its own house has told it; `undefined` where nothing of it was signed so. */
export function roomIn({ kind, body }: Head, saltText: string, restText: string): string | undefined {
  const [salt, rest] = [fromBase64Url(saltText), readAs(isNaming, restText)];
  return kind === 'accept' && salt && rest && isSame(sha256(bodyBytes(salt, rest)), body) ? rest.yours : undefined;
}

/** Whether an event stands in the room which a partner has signed that it is. */
export const isRoom = ({ stream }: EventLine, { to, share }: Head, named: string): boolean => stream === roomStream(stream.slice(2)) && ids.room(fromHex(to)!, share, stream.slice(2)) === named;

/** What the house has made of the names under which a message and its files travelled, and of how urgent it was. */
function isOf(event: EventLine, values: Values, { from, share, kind }: Head, { ref, file, urgency, sticker, attachments: names }: Values): boolean {
  const message = ids.message(from, share, textOf(ref));
  if (kind === 'file') return values['of'] === message && values['file'] === ids.file(from, share, textOf(file));
  if (kind !== 'say') return values['message'] === message;
  const { text: _text, place: _place, attachments, ...more } = values;
  const [told, signed] = [attachments ?? [], names ?? []];
  if (!areFiles(told) || !areNames(signed)) return false;
  const [files, wanted] = [told.map((one) => one.file), signed.map((one) => ids.file(from, share, one.ref))];
  // What is 緊急 there is 重要 here. Whom it names, and to what it answers, is never told.
  return event.id === message && canonical([more, files]) === canonical([{ ...(urgency ? { urgency: 'important' } : {}), ...(sticker ? { sticker } : {}) }, wanted]);
}
