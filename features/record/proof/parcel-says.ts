import { bytesToId, canonical, type Id, type Moment } from '@noroshi/foundations/kernel';
import { bodyBytes, idsHere, parcelMark, restOf, saysOf, type Speaker } from '@noroshi/foundations/parcel';
import { unpack } from '@noroshi/foundations/sync';
import { fromBase64Url, hex, isSame, joined, utf8 } from './bytes.ts';
import { parsed, type EventLine, type SignedLine } from './form.ts';
import { sha256 } from './sha256.ts';

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

/** @returns `undefined` where it is none, or names another key than this one as its sender's */
export function readHead(line: Pick<SignedLine, 'head' | 'sig'>, key: Uint8Array): Head | undefined {
  const [head, signature] = [fromBase64Url(line.head), fromBase64Url(line.sig)];
  const [, from, to, share, no, before, at, kind, body] = (head && unpack(head)?.[0]) ?? [];
  if (!head || !signature || !(from instanceof Uint8Array) || !(to instanceof Uint8Array) || !(share instanceof Uint8Array) || share.length !== 16 || !(before instanceof Uint8Array) || !(body instanceof Uint8Array)) return undefined;
  if (typeof no !== 'number' || typeof at !== 'number' || typeof kind !== 'string' || !isSame(from, sha256(key))) return undefined;
  const text = joined(utf8(parcelMark), head);
  return { from, to: hex(to), share: bytesToId(share), no, hash: hex(sha256(text)), before: hex(before), at, kind, body, text, signature };
}

/** Who speaks, as it was signed, and under which id that is here. */
export interface SpeakerHere extends Speaker { readonly id: Id }

function speakerHere(from: Uint8Array, who: unknown): SpeakerHere | undefined {
  if (typeof who !== 'object' || who === null || !('id' in who)) return undefined;
  const said = (field: string): string => String(Reflect.get(who, field) ?? '');
  return { id: ids.stranger(from, String(who.id)), name: said('name'), org: said('org'), post: said('post') };
}

/**
 * Whether an event whose words are all shown says what was signed, as the message and with the files that were.
 * @returns who speaks, `undefined` where the parcel names nobody; `false` where it says something else
 */
export function saysSame(event: EventLine, values: Values, head: Head, saltText: string, restText: string): SpeakerHere | undefined | false {
  const [salt, rest] = [fromBase64Url(saltText), parsed(restText)];
  // What stands beside the words must be none of them: it could say what the event does not.
  if (!salt || !rest || canonical(restOf(rest)) !== canonical(rest) || !isSame(sha256(bodyBytes(salt, saysOf(head.kind, rest, values))), head.body)) return false;
  return isOf(event, values, head, rest) && speakerHere(head.from, rest['who']);
}

/** What the house has made of the names under which a message and its files travelled, and of how urgent it was. */
function isOf(event: EventLine, values: Values, { from, share, kind }: Head, { ref, file, urgency, sticker, attachments }: Values): boolean {
  const message = ids.message(from, share, String(ref));
  if (kind === 'file') return values['of'] === message && values['file'] === ids.file(from, share, String(file));
  if (kind !== 'say') return values['message'] === message;
  const { text: _text, place: _place, ...more } = values;
  const files = Array.isArray(more['attachments']) ? (more['attachments'] as readonly Values[]).map((one) => one['file']) : undefined;
  const wanted = Array.isArray(attachments) ? (attachments as readonly Values[]).map((one) => ids.file(from, share, String(one['ref']))) : undefined;
  // What is 緊急 there is 重要 here. Whom it names, and to what it answers, is never told.
  return event.id === message && canonical({ ...more, attachments: files }) === canonical({ ...(urgency ? { urgency: 'important' } : {}), ...(sticker ? { sticker } : {}), attachments: wanted });
}
