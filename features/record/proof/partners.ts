import { canonical, type Id } from '@noroshi/foundations/kernel';
import { bodyBytes, cardText, groupsOf, parcelMark, restOf, saysOf, type PartnerCard } from '@noroshi/foundations/parcel';
import { unpack } from '@noroshi/foundations/sync';
import { fromBase64, hex, isSame, joined, utf8 } from './bytes.ts';
import type { EventLine, Manifest, SignedLine } from './form.ts';
import { sha256 } from './sha256.ts';
import type { CheckSignature, Found } from './verify.ts';

/** As which parcel an event of a room came, by what its kind is called. Never by what the line says of itself. */
export const parcelOf: Readonly<Record<string, string>> = { 'talk.said': 'say', 'talk.amended': 'amend', 'talk.withdrawn': 'withdraw', 'file.awaited': 'file' };

/** What a partner has signed of what is shown. */
export interface PartnerProof {
  readonly name: string;
  /** The numbers of its card, as they were read out over the telephone. */
  readonly numbers: readonly string[];
  /** So many events are as it signed them, */
  readonly n: number;
  /** and of so many nothing can be said: something of their message was taken out of the record. */
  readonly open: number;
}

export interface PartnerCheckNeeds {
  readonly kinds: Manifest['kinds'];
  /** The lines of partners.jsonl, where there is one. */
  readonly lines: AsyncGenerator<{ text: string; n: number }> | undefined;
  readonly checkSignature: CheckSignature;
  readonly finds: (code: string, params: Found['params'], line?: number) => void;
}

interface Known { readonly card: PartnerCard; readonly key: Uint8Array; n: number; open: number }

/** Checks what came from other deployments against what they signed: beside the walk over the events, in the same order. */
export class PartnerCheck {
  readonly #needs: PartnerCheckNeeds;
  readonly #known = new Map<Id, Known>();
  /** Whose words are to be signed from here on: those of a partner with whom a room was shared. */
  readonly #due = new Set<Id>();
  /** The last number of each direction of a room: none counts for two events. */
  readonly #last = new Map<string, number>();
  #seen: { event: EventLine; n: number }[] = [];
  #hand: SignedLine | undefined;

  constructor(needs: PartnerCheckNeeds) {
    this.#needs = needs;
  }

  /** An event's line was looked at. */
  saw(event: EventLine, n: number): void {
    this.#seen.push({ event, n });
  }

  /** Looks at those that were seen since. */
  async look(): Promise<void> {
    const seen = this.#seen;
    this.#seen = [];
    for (const { event, n } of seen) await this.#one(event, n);
  }

  /** All events were seen. */
  async end(): Promise<void> {
    await this.look();
    while (await this.#line(Number.MAX_SAFE_INTEGER)) this.#hand = undefined;
  }

  proven = (): PartnerProof[] => [...this.#known.values()].map(({ card, n, open }) => ({ name: card.name, numbers: groupsOf(sha256(utf8(cardText(card)))), n, open }));

  async #one(event: EventLine, n: number): Promise<void> {
    const called = this.#needs.kinds[String(event.kind)] ?? '';
    const values = Object.fromEntries(Object.entries(event.fields).map(([name, { value }]) => [name, value]));
    if (called === 'federation.shared' && typeof values['org'] === 'string') this.#due.add(values['org']);
    let line = await this.#line(event.i);
    while (line && line.i < event.i) {
      this.#hand = undefined;
      line = await this.#line(event.i);
    }
    const kind = parcelOf[called];
    const isShown = Object.values(event.fields).length > 0 && Object.values(event.fields).every(({ salt }) => salt !== undefined);
    if (!kind || !isShown || !(this.#due.has(event.org) || this.#known.has(event.org))) return;
    if (line?.i !== event.i || line.org !== event.org) return this.#needs.finds('partnerUnsigned', { i: event.i, at: event.at }, n);
    await this.#signed(event, n, kind, values, line, this.#known.get(line.org)!);
  }

  async #signed(event: EventLine, n: number, kind: string, values: Readonly<Record<string, unknown>>, line: SignedLine, known: Known): Promise<void> {
    const finds = (code: string): void => this.#needs.finds(code, { i: event.i, at: event.at, name: known.card.name }, n);
    const [head, signature] = [fromBase64Url(line.head), fromBase64Url(line.sig)];
    const read = head && unpack(head)?.[0];
    const [, from, , share, no, , , said, body] = read ?? [];
    if (!head || !signature || !(from instanceof Uint8Array) || !(share instanceof Uint8Array) || !(body instanceof Uint8Array) || typeof no !== 'number' || said !== kind || !isSame(from, sha256(known.key))) return finds('partnerSignature');
    if ((await this.#needs.checkSignature(known.key, signature, joined(utf8(parcelMark), head))) === false) return finds('partnerSignature');
    const way = hex(share);
    if (no <= (this.#last.get(way) ?? 0)) return finds('partnerTwice');
    this.#last.set(way, no);
    if (line.salt === undefined || line.rest === undefined) {
      known.open += 1;
      return;
    }
    const [salt, rest] = [fromBase64Url(line.salt), parsed(line.rest)];
    // What stands beside the words must be none of them: it could say what the event does not.
    if (!salt || !rest || canonical(restOf(rest)) !== canonical(rest) || !isSame(sha256(bodyBytes(salt, saysOf(kind, rest, values))), body)) return finds('partnerWords');
    known.n += 1;
  }

  /** The next line of what was signed, with the cards before it; in hand until it is taken. */
  async #line(upTo: number): Promise<SignedLine | undefined> {
    while (!this.#hand && this.#needs.lines) {
      const { value, done } = await this.#needs.lines.next();
      if (done || !value) return undefined;
      const line = parsed(value.text);
      const card = line && readCard(line);
      if (card) this.#known.set(card.card.org, card);
      else if (line && isSigned(line) && this.#known.has(line.org)) this.#hand = line;
      else this.#needs.finds('partnerUnreadable', { n: value.n });
    }
    return this.#hand && this.#hand.i <= upTo ? this.#hand : undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isSigned = (line: object): line is SignedLine => 'i' in line && Number.isSafeInteger(line.i) && 'org' in line && isText(line.org) && 'head' in line && isText(line.head) && 'sig' in line && isText(line.sig)
  && (!('salt' in line) || isText(line.salt)) && (!('rest' in line) || isText(line.rest));

function readCard({ org, name, address, key: text }: Readonly<Record<string, unknown>>): Known | undefined {
  const key = isText(text) ? fromBase64Url(text) : undefined;
  return isText(org) && isText(name) && isText(address) && isText(text) && key?.length === 32 ? { card: { org, name, address, key: text }, key, n: 0, open: 0 } : undefined;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const fromBase64Url = (text: string): Uint8Array | undefined => fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4));
