import type { Id, Moment } from '@noroshi/foundations/kernel';
import { cardText, groupsOf, houseOf, orgOf, type PartnerCard } from '@noroshi/foundations/parcel';
import { fromBase64Url, utf8 } from './bytes.ts';
import { isPartlyShown, isShown, parsed, type EventLine, type Manifest, type SignedLine } from './form.ts';
import { readHead, saysSame, valuesOf, type Head, type Values } from './parcel-says.ts';
import { sha256 } from './sha256.ts';
import type { Found } from './findings.ts';
import type { CheckSignature } from './signed-parts.ts';

/** As which parcel an event of a room came, by the number of its kind: what an export calls its kinds is nobody's to believe. */
export const parcelOf: Readonly<Record<number, string>> = { 40: 'say', 42: 'amend', 43: 'withdraw', 152: 'file' };
/** A room is shared from here on; words of a message were taken out of the record. */
const [shared, redacted] = [414, 304];

/** What a partner has signed of what is shown. */
export interface PartnerProof {
  readonly name: string;
  /** The numbers of its card, as they were read out over the telephone. */
  readonly numbers: readonly string[];
  /** So many events are as it signed them, */
  readonly n: number;
  /** and so many could not be compared: words of their message are not shown or in the record no more, or this browser checks no such signatures. */
  readonly open: number;
}

export interface PartnerCheckNeeds {
  readonly selection: Manifest['selection'];
  /** The lines of partners.jsonl, where there is one. */
  readonly lines: AsyncGenerator<{ text: string; n: number }> | undefined;
  readonly checkSignature: CheckSignature;
  readonly finds: (code: string, params: Found['params'], line?: number) => void;
}

interface Known {
  readonly card: PartnerCard;
  readonly key: Uint8Array;
  n: number;
  open: number;
}
/** An event whose salt is not there. Whether that may be is known at the end. */
interface Unsalted { readonly known: Known; readonly about: string; readonly event: { readonly i: number; readonly at: Moment }; readonly n: number }

/** Checks what came from other deployments against what they signed: beside the walk over the events, in the same order. */
export class PartnerCheck {
  readonly #needs: PartnerCheckNeeds;
  readonly #known = new Map<Id, Known>();
  /** Whose words are to be signed from here on: those of a partner with whom a room was shared. */
  readonly #due = new Set<Id>();
  /** As what each room is shared with whom, as far as it is shown. */
  readonly #shares = new Map<string, Set<Id>>();
  /** To whom each sharing's parcels go. */
  readonly #to = new Map<Id, string>();
  /** The last number of each direction of a room: none counts for two events. */
  readonly #last = new Map<Id, number>();
  /** Messages of which something is in the record no more, by stream and id. */
  readonly #emptied = new Set<string>();
  #unsalted: Unsalted[] = [];
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
    // What took the words out may lie outside of a span of time that was asked for.
    const isSpan = this.#needs.selection.from !== undefined || this.#needs.selection.until !== undefined;
    for (const { known, about, event, n } of this.#unsalted) {
      if (isSpan || this.#emptied.has(about)) known.open += 1;
      else this.#needs.finds('partnerWords', { ...event, name: known.card.name }, n);
    }
    this.#unsalted = [];
  }

  proven = (): PartnerProof[] => [...this.#known.values()].map(({ card, n, open }) => ({ name: card.name, numbers: groupsOf(sha256(utf8(cardText(card)))), n, open }));

  async #one(event: EventLine, n: number): Promise<void> {
    const values = valuesOf(event);
    if (event.kind === shared && typeof values['org'] === 'string') {
      this.#due.add(values['org']);
      const way = `${event.stream} ${values['org']}`;
      this.#shares.set(way, (this.#shares.get(way) ?? new Set()).add(String(values['share'])));
    }
    if (event.kind === redacted) this.#emptied.add(`${event.stream} ${String(values['message'])}`);
    let line = await this.#line(event.i);
    while (line && line.i < event.i) {
      this.#hand = undefined;
      line = await this.#line(event.i);
    }
    const kind = parcelOf[event.kind];
    if (!kind || !(this.#due.has(event.org) || this.#known.has(event.org))) return;
    const about = `${event.stream} ${kind === 'say' ? event.id : String(values['message'] ?? values['of'])}`;
    if (!isShown(event)) this.#emptied.add(about);
    if (!isPartlyShown(event)) return;
    if (line?.i !== event.i || line.org !== event.org) return this.#needs.finds('partnerUnsigned', { i: event.i, at: event.at }, n);
    const known = this.#known.get(line.org)!;
    const code = await this.#signed(event, kind, values, line, known, { about, n });
    if (code) this.#needs.finds(code, { i: event.i, at: event.at, name: known.card.name }, n);
  }

  /** @returns what is wrong with it */
  async #signed(event: EventLine, kind: string, values: Values, line: SignedLine, known: Known, { about, n }: { about: string; n: number }): Promise<string | undefined> {
    const head = readHead(line, known.key);
    if (!head || head.kind !== kind) return 'partnerSignature';
    const good = await this.#needs.checkSignature(known.key, head.signature, head.text);
    if (good === false || !this.#isOfRoom(event, head)) return 'partnerSignature';
    if (head.no <= (this.#last.get(head.share) ?? 0)) return 'partnerTwice';
    this.#last.set(head.share, head.no);
    if (!isShown(event)) known.open += 1;
    else if (line.salt === undefined || line.rest === undefined) this.#unsalted.push({ known, about, event: { i: event.i, at: event.at }, n });
    else {
      const who = saysSame(event, values, head, line.salt, line.rest);
      if (who === false || !isAs(known, event.by, who)) return 'partnerWords';
      if (good) known.n += 1;
      else known.open += 1;
    }
    return undefined;
  }

  /** Whether it was signed for this room and for this house: a parcel to somebody else says nothing here. */
  #isOfRoom({ stream, org }: EventLine, { share, to }: Head): boolean {
    const shares = this.#shares.get(`${stream} ${org}`);
    if (!this.#to.has(share)) this.#to.set(share, to);
    return this.#to.get(share) === to && (!shares || shares.has(share));
  }

  /** The next line of what was signed, with the cards before it; in hand until it is taken. */
  async #line(upTo: number): Promise<SignedLine | undefined> {
    while (!this.#hand && this.#needs.lines) {
      const { value, done } = await this.#needs.lines.next();
      if (done || !value) return undefined;
      const line = parsed(value.text);
      const card = line && readCard(line);
      // A second card would put other words under the numbers of the first.
      if (card && !this.#known.has(card.card.org)) this.#known.set(card.card.org, card);
      else if (!card && line && isSigned(line) && this.#known.has(line.org)) this.#hand = line;
      else this.#needs.finds('partnerUnreadable', { n: value.n });
    }
    return this.#hand && this.#hand.i <= upTo ? this.#hand : undefined;
  }
}

/** Whether an event stands under who said it. In a room with too many of them one speaks as their house. */
const isAs = ({ card }: Known, by: Id, stranger: Id | undefined): boolean => stranger === undefined || by === stranger || by === houseOf(card.id);

const isText = (value: unknown): value is string => typeof value === 'string';
const isSigned = (line: object): line is SignedLine => 'i' in line && Number.isSafeInteger(line.i) && 'org' in line && isText(line.org) && 'head' in line && isText(line.head) && 'sig' in line && isText(line.sig)
  && (!('salt' in line) || isText(line.salt)) && (!('rest' in line) || isText(line.rest));

function readCard({ id, org, name, address, key: text }: Readonly<Record<string, unknown>>): Known | undefined {
  const key = isText(text) ? fromBase64Url(text) : undefined;
  return isText(id) && isText(org) && org === orgOf(id) && isText(name) && isText(address) && isText(text) && key?.length === 32 ? { card: { id, org, name, address, key: text }, key, n: 0, open: 0 } : undefined;
}
