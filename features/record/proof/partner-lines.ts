import { canonical } from '@noroshi/foundations/kernel';
import { orgOf, type HouseHere, type PartnerCard, type SignedParcel } from '@noroshi/foundations/parcel';
import { fromBase64Url, hex } from './bytes.ts';
import { wordsOf } from './event-words.ts';
import type { EventLine, NodeEntry, PassedLine, SignedLine } from './form.ts';
import { readAs } from './json.ts';
import { hashOfLeaf, leafFor } from './leaf.ts';
import { envelopeIn, isLine } from './read.ts';
import { isAnything, isCount, isId, isObject, isText, listOf, maybe, objectOf, type Is } from './shape.ts';
import type { TextLine } from './zip-parts.ts';

/** The kind of event by which a card is read in. */
const met = 401;

/** A card, its key as bytes, and the event by which it was read in. */
export interface CardRead {
  readonly card: PartnerCard;
  readonly key: Uint8Array;
  readonly met: EventLine | undefined;
  /** Whose record it says that it is, and what was signed of its rooms. */
  readonly here: HouseHere | undefined;
  readonly rooms: readonly SignedParcel[];
}

const isCard = objectOf({
  id: isId, org: isText, name: isText, address: isText, key: isText, met: isAnything,
  here: maybe(objectOf({ name: isText, address: isText, key: isText, sig: isText })), rooms: maybe(listOf(objectOf({ head: isText, sig: isText, salt: isText, rest: isText }))),
});
const signed = { org: isText, head: isText, sig: isText };
/** What was signed of an event, or of none: whichever of both, that makes it no card. */
const isSigned = objectOf(signed);
const isOfEvent: Is<SignedLine> = objectOf({ ...signed, i: isCount, salt: maybe(isText), rest: maybe(isText) });
const isPassed: Is<PassedLine> = (value): value is PassedLine => isSigned(value) && !('i' in value);

/** A line of partners.jsonl, of which nothing is known yet but that it is an object. */
type Read = Readonly<Record<string, unknown>>;

function readCard(line: Read): CardRead | undefined {
  const key = isCard(line) && line.org === orgOf(line.id) ? fromBase64Url(line.key) : undefined;
  if (!isCard(line) || key?.length !== 32) return undefined;
  const { id, org, name, address, met: event, here, rooms = [] } = line;
  return { card: { id, org, name, address, key: line.key }, key, met: isLine(event) ? event : undefined, here, rooms };
}

/** Whether a leaf of the log is that of the event by which this card was read in, word for word. */
export function isMet({ card, met: event }: CardRead, { i, hash }: NodeEntry): boolean {
  if (event?.kind !== met || event.id !== card.id || event.i !== i || hex(hashOfLeaf(leafFor(envelopeIn(event)))) !== hash) return false;
  const says = Object.fromEntries(Object.entries(event.fields).map(([name, { value }]) => [name, value]));
  const say = wordsOf(event);
  return say !== 'otherFields' && 'hides' in say && !say.hides && canonical(says) === canonical({ name: card.name, address: card.address, key: card.key });
}

/** partners.jsonl, line by line: the cards, then what was signed of events, then what else was signed. What has another form is told and gone past. */
export class PartnerLines {
  readonly #from: AsyncGenerator<TextLine> | undefined;
  readonly #unreadable: (n: number) => void;
  #hand: { readonly line: Read; readonly n: number } | undefined;

  constructor(from: AsyncGenerator<TextLine> | undefined, unreadable: (n: number) => void) {
    this.#from = from;
    this.#unreadable = unreadable;
  }

  async #peek(): Promise<Read | undefined> {
    while (!this.#hand && this.#from) {
      const { value, done } = await this.#from.next();
      if (done || !value) return undefined;
      const line = readAs(isObject, value.text);
      if (line) this.#hand = { line, n: value.n };
      else this.#unreadable(value.n);
    }
    return this.#hand?.line;
  }

  /** Takes the line in hand. @param isFine whether it is what it should be */
  take(isFine = true): void {
    if (!isFine && this.#hand) this.#unreadable(this.#hand.n);
    this.#hand = undefined;
  }

  /** The cards, one for each partner: a second one would put other words under the numbers of the first. */
  async cards(): Promise<CardRead[]> {
    const cards = new Map<string, CardRead>();
    for (let line = await this.#peek(); line && !isSigned(line); line = await this.#peek()) {
      const card = readCard(line);
      const isFine = card !== undefined && !cards.has(card.card.org);
      if (isFine) cards.set(card.card.org, card);
      this.take(isFine);
    }
    return [...cards.values()];
  }

  /** The next line of an event up to this place, which stays in hand. @param isKnown whether it is of a partner whose card is there */
  async signed(upTo: number, isKnown: (org: string) => boolean): Promise<SignedLine | undefined> {
    for (let line = await this.#peek(); line; line = await this.#peek()) {
      if (isOfEvent(line) && isKnown(line.org)) return line.i <= upTo ? line : undefined;
      if (isPassed(line)) return undefined;
      this.take(false);
    }
    return undefined;
  }

  /** The next line of what is of no event, taken. */
  async passed(isKnown: (org: string) => boolean): Promise<PassedLine | undefined> {
    for (let line = await this.#peek(); line; line = await this.#peek()) {
      const one = isPassed(line) && isKnown(line.org) ? line : undefined;
      this.take(one !== undefined);
      if (one) return one;
    }
    return undefined;
  }
}
