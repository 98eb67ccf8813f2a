import type { Id } from '@noroshi/foundations/kernel';
import { cardText, groupsOf, houseOf, recordMark, recordText, type HouseHere } from '@noroshi/foundations/parcel';
import type { StreamKey } from '@noroshi/foundations/sync';
import { fromBase64Url, hex, utf8 } from './bytes.ts';
import type { Finds } from './findings.ts';
import { isAll, isShown, type EventLine, type Manifest, type NodeEntry, type SignedLine } from './form.ts';
import { isRoom, readHead, roomIn, saysSame, textOf, valuesOf, type Head, type Values } from './parcel-says.ts';
import { isMet, PartnerLines, type CardRead } from './partner-lines.ts';
import { PartnerNames } from './partner-names.ts';
import { Numbers } from './partner-numbers.ts';
import { SaidAt } from './partner-times.ts';
import { sha256 } from './sha256.ts';
import { clockSlack, type CheckSignature } from './signed-parts.ts';
import type { TextLine } from './zip-parts.ts';

/** As which parcel an event of a room came, by the number of its kind: what an export calls its kinds is nobody's to believe. */
export const parcelOf: Readonly<Record<number, string>> = { 40: 'say', 42: 'amend', 43: 'withdraw', 152: 'file' };
const tells: ReadonlySet<string> = new Set(Object.values(parcelOf));
/**
 * What else stands under a partner where its parcels are taken in (features/federation, take): its people come and leave, lines of the hotline, a pin that
 * goes with a message, files that never come or go, and that a room is shared or is so no more. Nothing else of theirs can be without a signature.
 */
const made: ReadonlySet<number> = new Set([1, 2, 36, 41, 151, 153, 414, 415]);
/** A room is shared from here on; words of a message were taken out of the record, or taken back by whoever said them. */
const [shared, redacted, withdrawn] = [414, 304, 43];

/** What a partner has signed of what is shown. */
export interface PartnerProof {
  readonly name: string;
  /** The numbers of its card, as they were read out over the telephone. */
  readonly numbers: readonly string[];
  /** So many events are as it signed them, */
  readonly n: number;
  /** and so many could not be compared: words of their message are not shown or in the record no more, or this browser checks no such signatures. */
  readonly open: number;
  /** So many stand before the time at which they were said, by the clock over there. */
  readonly early: number;
  /** So many things that it said or changed are no event here. */
  readonly absent: number;
  /** Whose record this is, as it proves with the key to which they sent: its name, and the numbers of its card. */
  readonly house?: { readonly name: string; readonly numbers: readonly string[] } | undefined;
  /** So many were signed for another house than that, or for one of which nothing is known, */
  readonly elsewhere: number;
  /** and of so many is not known for which room. */
  readonly roomless: number;
  /** Whether its numbers were looked at: each room of theirs is shown whole. */
  readonly isWhole: boolean;
}

export interface PartnerCheckNeeds {
  readonly manifest: Pick<Manifest, 'selection' | 'streams' | 'audit' | 'origin' | 'size' | 'root'>;
  /** The lines of partners.jsonl, where there is one. */
  readonly lines: AsyncGenerator<TextLine> | undefined;
  readonly checkSignature: CheckSignature;
  readonly finds: Finds;
}

interface Known extends CardRead {
  /** The event by which the card was read in has its place in the log. */
  isMet: boolean;
  n: number;
  open: number;
  early: number;
  absent: number;
  isWhole: boolean;
  /** The key of this house, as `Head` says to whom something goes; unknown where nothing proves it. */
  to: string | undefined;
  /** How many it signed for this house, and how many for another. */
  forHere: number;
  elsewhere: number;
  roomless: number;
  /** As what the room of each sharing is known to it, as it has signed it itself: what another partner signs of its sharings is nobody's word. */
  readonly roomOf: Map<Id, string>;
}
/** Where something of a partner stands: its event, and the line of events.jsonl. */
interface At { readonly event: EventLine; readonly n: number }
/** An event of which something is hidden, or whose salt is not there. Whether that may be is known at the end. */
interface Hidden extends At { readonly known: Known; readonly about: string }

/** Checks what came from other deployments against what they signed: beside the walk over the events, in the same order. */
export class PartnerCheck {
  readonly #needs: PartnerCheckNeeds;
  readonly #lines: PartnerLines;
  readonly #known = new Map<Id, Known>();
  /** Whose words are to be signed from here on: those of a partner with whom a room was shared. */
  readonly #due = new Set<Id>();
  /** As what each room is shared with whom, as far as it is shown. */
  readonly #shares = new Map<string, Set<Id>>();
  /** To whom each sharing's parcels go, of which room they are, and the last of its numbers that was an event: they come in the order of the log. */
  readonly #ways = new Map<Id, { readonly to: string; readonly stream: StreamKey; readonly known: Known; last: number }>();
  readonly #numbers = new Numbers();
  /** Whose each sharing is of which something came. */
  readonly #whose = new Map<Id, Known>();
  readonly #saidAt: SaidAt;
  readonly #names = new PartnerNames();
  /** Who said each of their messages, by stream and id. */
  readonly #speakers = new Map<string, Id>();
  /** Messages of which something was taken out of the record, or taken back, by stream and id. */
  readonly #emptied = new Set<string>();
  #hidden: Hidden[] = [];
  #seen: At[] = [];

  constructor(needs: PartnerCheckNeeds) {
    this.#needs = needs;
    this.#lines = new PartnerLines(needs.lines, (n) => needs.finds('partnerUnreadable', { n }));
    this.#saidAt = new SaidAt(needs.manifest.selection.incident === undefined);
  }

  /** Reads the cards, before the walk begins. */
  async begin(): Promise<void> {
    for (const card of await this.#lines.cards()) {
      const known: Known = { ...card, isMet: false, n: 0, open: 0, early: 0, absent: 0, isWhole: true, to: await this.#houseOf(card), forHere: 0, elsewhere: 0, roomless: 0, roomOf: new Map() };
      this.#known.set(card.card.org, known);
      for (const one of card.rooms) await this.#room(one, known);
    }
  }

  /** The key to which partners send, where this house has signed this record with it: whoever shows what went to another house cannot. */
  async #houseOf({ here, card }: CardRead): Promise<string | undefined> {
    if (!here) return undefined;
    const [key, signature] = [fromBase64Url(here.key), fromBase64Url(here.sig)];
    const good = key?.length === 32 && signature ? await this.#needs.checkSignature(key, signature, utf8(recordMark + recordText(here, this.#needs.manifest))) : false;
    if (good === false) this.#needs.finds('partnerHouse', { name: card.name });
    return good ? hex(sha256(key!)) : undefined;
  }

  /** What a partner has signed of a room. */
  async #room({ head: text, sig, salt, rest }: CardRead['rooms'][number], { card, key, roomOf }: Known): Promise<void> {
    const head = readHead({ head: text, sig }, key);
    const good = head && (await this.#needs.checkSignature(key, head.signature, head.text));
    const room = head && roomIn(head, salt ?? '', rest ?? '');
    if (!head || good === false || room === undefined) return this.#needs.finds('partnerAbsent', { name: card.name });
    if (good) roomOf.set(head.share, room);
  }

  /** A leaf of which nothing is shown but its hash. */
  leaf(entry: NodeEntry): void {
    for (const known of this.#known.values()) if (known.met?.i === entry.i) known.isMet = isMet(known, entry);
  }

  /** An event's line was looked at. */
  saw(event: EventLine, n: number): void {
    this.#seen.push({ event, n });
  }

  /** Looks at those that were seen since. */
  async look(): Promise<void> {
    const seen = this.#seen;
    this.#seen = [];
    for (const at of seen) await this.#one(at);
  }

  /** All events were seen. */
  async end(): Promise<void> {
    await this.look();
    this.#saidAt.end();
    for (let line = await this.#line(Infinity); line; line = await this.#line(Infinity)) await this.#absent(line);
    for (let line = await this.#lines.passed(this.#isKnown); line; line = await this.#lines.passed(this.#isKnown)) await this.#absent(line);
    this.#sums();
    for (const { known, about, event, n } of this.#hidden) {
      // What took the words out may lie outside of what was asked for.
      if (!isAll(this.#needs.manifest.selection) || this.#emptied.has(about)) known.open += 1;
      else this.#wrong('partnerWords', known, { event, n });
    }
    this.#hidden = [];
  }

  proven = (): PartnerProof[] => [...this.#known.values()].filter(({ n, open, absent }) => n + open + absent > 0)
    .map(({ card, here, forHere, n, open, early, absent, isWhole, elsewhere, roomless }) => ({
      name: card.name, numbers: numbersOf(card), n, open, early, absent, isWhole, elsewhere, roomless, ...(here && forHere > 0 ? { house: { name: here.name, numbers: numbersOf(here) } } : {}),
    }));

  #isKnown = (org: string): boolean => this.#known.has(org);
  #line = (upTo: number): Promise<SignedLine | undefined> => this.#lines.signed(upTo, this.#isKnown);
  #wrong = (code: string, { card }: Known, { event: { i, at }, n }: At): void => this.#needs.finds(code, { i, at, name: card.name }, n);

  async #one(at: At): Promise<void> {
    const { event } = at;
    const values = valuesOf(event);
    this.#saidAt.next(event, values);
    this.#names.next(event, values);
    if (event.kind === shared) this.#isShared(at, values);
    if (event.kind === redacted || event.kind === withdrawn) this.#emptied.add(`${event.stream} ${textOf(values['message'])}`);
    let line = await this.#line(event.i);
    for (; line && line.i < event.i; line = await this.#line(event.i)) await this.#absent(line);
    const kind = parcelOf[event.kind];
    if (!this.#isTheirs(event) || (!kind && made.has(event.kind))) return;
    if (!kind) return this.#unsigned(at);
    const about = `${event.stream} ${kind === 'say' ? event.id : textOf(values['message'] ?? values['of'])}`;
    if (kind === 'say') this.#speakers.set(about, event.by);
    if (line?.i !== event.i || line.org !== event.org) return this.#unsigned(at);
    this.#lines.take();
    const known = this.#known.get(line.org)!;
    const code = await this.#signed(at, kind, values, line, known, about);
    if (code) this.#wrong(code, known, at);
  }

  #unsigned = ({ event: { i, at }, n }: At): void => this.#needs.finds('partnerUnsigned', { i, at }, n);

  /** Nothing takes these words out of a record: whoever hides them hides whose signatures are due. */
  #isShared({ event: { i, at, stream }, n }: At, { org, share }: Values): void {
    if (typeof org !== 'string') return this.#needs.finds('partnerHidden', { i, at }, n);
    this.#due.add(org);
    this.#shares.set(`${stream} ${org}`, (this.#shares.get(`${stream} ${org}`) ?? new Set()).add(textOf(share)));
  }

  /** Whether an event of a room stands under a partner, or under somebody who came in as one of its people. */
  #isTheirs = ({ stream, org, by }: EventLine): boolean =>
    stream !== this.#needs.manifest.audit && [org, this.#names.orgOf(by)].some((one) => one !== undefined && (this.#due.has(one) || this.#known.has(one)));

  /** @returns what is wrong with it */
  async #signed(at: At, kind: string, values: Values, line: SignedLine, known: Known, about: string): Promise<string | undefined> {
    const { event } = at;
    const head = readHead(line, known.key);
    if (head?.kind !== kind) return 'partnerSignature';
    const good = await this.#needs.checkSignature(known.key, head.signature, head.text);
    if (good === false || !this.#isOfRoom(event, head, known)) return 'partnerSignature';
    const way = this.#ways.get(head.share)!;
    if (!this.#numbers.add(head) || head.no <= way.last) return 'partnerTwice';
    this.#whose.set(head.share, known);
    way.last = head.no;
    // Where no signature can be checked, nothing is said of for whom it was.
    if (good) known[head.to === known.to ? 'forHere' : 'elsewhere'] += 1;
    const room = known.roomOf.get(head.share);
    if (good && room === undefined) known.roomless += 1;
    if (room !== undefined && !isRoom(event, head, room)) return 'partnerRoom';
    if (event.at < head.at - clockSlack) known.early += 1;
    if (kind === 'say') this.#saidAt.said(event, head, () => this.#wrong('partnerTime', known, at));
    if (!isShown(event) || line.salt === undefined || line.rest === undefined) this.#hidden.push({ known, about, ...at });
    else {
      const who = saysSame(event, values, head, line.salt, line.rest);
      // A file stands under whoever said the words that it belongs to.
      const speaker = kind === 'file' ? this.#speakers.get(about) : who ? who.id : undefined;
      if (who === false || !isAs(known, event.by, speaker, kind)) return 'partnerWords';
      if (who && this.#isWhole(event.stream) && !this.#names.isCalled(event, who, known.card.name)) return 'partnerWho';
      if (good && (kind !== 'file' || speaker !== undefined)) known.n += 1;
      else known.open += 1;
    }
    return undefined;
  }

  /**
   * Whether it was signed for the same house and stands in the same room as all of its sharing. That the house is this one is looked at where it has proved its
   * key, and that the room is the one that was meant where the partner has signed it.
   */
  #isOfRoom({ stream, org }: EventLine, { share, to }: Head, known: Known): boolean {
    const shares = this.#shares.get(`${stream} ${org}`);
    const way = this.#ways.get(share) ?? { to, stream, known, last: 0 };
    this.#ways.set(share, way);
    return way.to === to && way.stream === stream && way.known === known && (!shares || shares.has(share));
  }

  /** What they signed and what is no event here: an acceptance and a farewell, and what was said again, could not be read, or was left out. */
  async #absent(line: Pick<SignedLine, 'org' | 'head' | 'sig'>): Promise<void> {
    this.#lines.take();
    const known = this.#known.get(line.org)!;
    const head = readHead(line, known.key);
    const good = head && (await this.#needs.checkSignature(known.key, head.signature, head.text));
    if (!head || good === false) return this.#needs.finds('partnerAbsent', { name: known.card.name });
    if (!this.#numbers.add(head)) return this.#needs.finds('partnerNumber', { name: known.card.name, no: head.no });
    this.#whose.set(head.share, known);
    if (tells.has(head.kind)) known.absent += 1;
  }

  /** Whether all of a room is shown, so that what is not here is not anywhere. */
  #isWhole(stream: StreamKey): boolean {
    const { selection, streams } = this.#needs.manifest;
    return isAll(selection) && streams.some((one) => one.stream === stream && one.from === 1);
  }

  /** Whether the cards are those that were read in, and whether anything was left out between the first and the last that came. */
  #sums(): void {
    const { manifest: { selection }, finds } = this.#needs;
    for (const { card, isMet: stands } of this.#known.values()) if (!stands) finds('partnerCard', { name: card.name });
    for (const [share, known] of this.#whose) {
      const way = this.#ways.get(share);
      // Of a sharing of which no event is shown numbers are told too: it must have no hole either.
      const isWhole = way ? this.#isWhole(way.stream) : isAll(selection);
      if (!isWhole) known.isWhole = false;
      const hole = isWhole ? this.#numbers.hole(share) : undefined;
      if (hole !== undefined) finds('partnerNumber', { name: known.card.name, no: hole });
    }
  }
}

const numbersOf = (card: Omit<HouseHere, 'sig'>): string[] => groupsOf(sha256(utf8(cardText(card))));

/** Whether an event stands under who said it. In a room with too many of them one speaks as their house; a file never under another than its words. */
const isAs = ({ card }: Known, by: Id, speaker: Id | undefined, kind: string): boolean => speaker === undefined || by === speaker || (kind !== 'file' && by === houseOf(card.id));
