import { canonical, type Moment } from '@noroshi/foundations/kernel';
import { fromHex, hex, isSame } from './bytes.ts';
import { wordsOf } from './event-words.ts';
import type { Finds } from './findings.ts';
import { isWithin, type EventLine, type LeafEntry, type Manifest, type NodeEntry } from './form.ts';
import { hashOfLeaf, leafFor, type Leaf } from './leaf.ts';
import type { Checkpoint } from './note.ts';
import type { PartnerCheck } from './partners.ts';
import { envelopeIn, readEntry, readLine } from './read.ts';
import { clockSlack } from './signed-parts.ts';
import { Frontier } from './tree.ts';
import type { TextLine } from './zip-parts.ts';

/** The kind of event that tells that the bytes of a file are here: they are looked for beside it. */
const fileArrived = 150;

export interface WalkNeeds {
  readonly manifest: Manifest;
  readonly finds: Finds;
  /** The lines of log.jsonl and of events.jsonl. */
  readonly log: AsyncGenerator<TextLine>;
  readonly events: AsyncGenerator<TextLine>;
  readonly checkpoints: readonly Checkpoint[];
  readonly partners: PartnerCheck;
  /** At which sizes the root is wanted. */
  readonly wanted: ReadonlySet<number>;
  readonly progress?: ((part: number) => void) | undefined;
}

/** A leaf whose line has not come, and behind which line it was to come. */
interface Missing { readonly leaf: LeafEntry; readonly before: number }

/** The walk over the log and the events, beside each other: every leaf has its line, every line is its leaf's, and each root is the one that was signed. */
export class Walk {
  readonly #needs: WalkNeeds;
  readonly #finds: Finds;
  readonly #tree = new Frontier();
  readonly #lines: Lines;
  readonly #roots: Roots;
  /** The next number of each stream, and how many of its lines were told of. */
  readonly #next: Map<string, number>;
  readonly #counts: Map<string, { lines: number; withheld: number }>;
  readonly #missing = new Map<number, Missing>();
  /** How many events there are, of how many words are not shown, when the first and the last were, and which files they name. */
  events = 0;
  hidden = 0;
  first: Moment | undefined;
  last: Moment | undefined;
  readonly attached = new Set<string>();

  constructor(needs: WalkNeeds) {
    this.#needs = needs;
    this.#finds = needs.finds;
    this.#lines = new Lines(needs.events);
    this.#roots = new Roots(needs);
    this.#next = new Map(needs.manifest.streams.map(({ stream, from }) => [stream, from]));
    this.#counts = new Map(needs.manifest.streams.map(({ stream }) => [stream, { lines: 0, withheld: 0 }]));
  }

  /** @returns the root at each size that is wanted */
  async run(): Promise<ReadonlyMap<number, Uint8Array>> {
    const { manifest, log, partners, progress } = this.#needs;
    const tree = this.#tree;
    let told = 0;
    await partners.begin();
    for await (const { text, n } of log) {
      const entry = readEntry(text);
      const level = entry && 'level' in entry ? entry.level : 0;
      if (!entry || entry.i !== tree.size || level > 40 || tree.size % 2 ** level !== 0) {
        this.#finds('logUnreadable', { n, place: tree.size });
        // What cannot be placed ends the walk: nothing behind it could be believed.
        this.#roots.isBroken = true;
        break;
      }
      if ('level' in entry) await this.#node(entry);
      else await this.#leaf(entry);
      this.#roots.reached(tree);
      await partners.look();
      if (tree.size - told > manifest.size / 50) progress?.((told = tree.size) / manifest.size);
    }
    await this.#leftOver();
    await partners.end();
    for (const { leaf, before } of this.#missing.values()) this.#finds('lineMissing', { i: leaf.i, stream: leaf.stream, seq: leaf.seq, at: leaf.at, after: before });
    if (!this.#roots.isBroken) this.#sums();
    return this.#roots.wanted;
  }

  /** A subtree of which the root alone is shown. */
  async #node(entry: NodeEntry): Promise<void> {
    this.#tree.append(fromHex(entry.hash, 32)!, entry.level);
    if (entry.level > 0) return;
    this.#needs.partners.leaf(entry);
    const changed = await this.#changedInTheTables(entry);
    // It has its number all the same, and is told of once.
    if (changed && this.#next.get(changed.stream) === changed.seq) {
      this.#next.set(changed.stream, changed.seq + 1);
      this.#counts.get(changed.stream)!.lines += 1;
    }
  }

  /** A leaf that is shown: with its line, or its place alone. */
  async #leaf(entry: LeafEntry): Promise<void> {
    this.#tree.append(hashOfLeaf(entry));
    this.#numbered(entry);
    this.#roots.isInTime(entry);
    const count = this.#counts.get(entry.stream);
    if (entry.shown === 'withheld' && count) count.withheld += 1;
    if (entry.shown === 'line') {
      if (count) count.lines += 1;
      await this.#line(entry);
    } else if (entry.shown !== 'withheld' && isWithin(this.#needs.manifest.selection, entry)) this.#missing.set(entry.i, { leaf: entry, before: this.#lines.n });
  }

  /** Whether all was there that the manifest tells of. */
  #sums(): void {
    const { size, streams } = this.#needs.manifest;
    if (this.#tree.size !== size) this.#finds('logShort', { size: this.#tree.size, wanted: size });
    for (const { stream, to, lines: told, withheld } of streams) {
      const count = this.#counts.get(stream)!;
      if (this.#next.get(stream)! !== to + 1) this.#finds('streamShort', { stream, seq: this.#next.get(stream)!, to });
      if (count.lines !== told || count.withheld !== withheld) this.#finds('countDiffers', { stream, told: told + withheld, n: count.lines + count.withheld });
    }
  }

  /** Numbers of a stream come one after the other. */
  #numbered(entry: LeafEntry): void {
    const wanted = this.#next.get(entry.stream);
    if (wanted === undefined) this.#finds('strangeStream', { i: entry.i, stream: entry.stream });
    else if (entry.seq !== wanted) this.#finds('hole', { stream: entry.stream, seq: entry.seq, wanted, at: entry.at });
    if (wanted !== undefined) this.#next.set(entry.stream, entry.seq + 1);
  }

  /** The line that belongs to a leaf. */
  async #line(entry: LeafEntry): Promise<void> {
    for (;;) {
      const line = await this.#lines.peek();
      if (!line) return void this.#missing.set(entry.i, { leaf: entry, before: this.#lines.n });
      if (line.event && line.event.i !== entry.i && !(line.event.stream === entry.stream && line.event.seq === entry.seq)) {
        // Ahead of its turn: this leaf's own comes later, or never.
        if (line.event.i > entry.i) return void this.#missing.set(entry.i, { leaf: entry, before: this.#lines.n });
        this.#lines.take();
        this.#outOfOrder(line, line.event);
        continue;
      }
      this.#lines.take();
      if (line.event) this.#event(line.event, line.text, line.n, entry);
      else this.#finds('lineUnreadable', { i: entry.i, seq: entry.seq, at: entry.at, stream: entry.stream }, line.n);
      return;
    }
  }

  #outOfOrder({ text, n }: TextLine, event: EventLine): void {
    const waited = this.#missing.get(event.i);
    if (!waited) return this.#finds('lineTwice', { i: event.i }, n);
    this.#missing.delete(event.i);
    this.#finds('lineOrder', { i: event.i, at: event.at, before: waited.before + 1 }, n);
    this.#event(event, text, n, waited.leaf);
  }

  /** A leaf whose row says something else by now than when it was taken in: its line tells which it is. */
  async #changedInTheTables(entry: NodeEntry): Promise<EventLine | undefined> {
    const line = await this.#lines.peek();
    if (line?.event?.i !== entry.i) return undefined;
    this.#lines.take();
    this.events += 1;
    if (hex(hashOfLeaf(leafFor(envelopeIn(line.event)))) !== entry.hash) this.#finds('notAsRecorded', { i: entry.i, at: line.event.at, stream: line.event.stream, seq: line.event.seq }, line.n);
    return line.event;
  }

  async #leftOver(): Promise<void> {
    for (let line = await this.#lines.peek(); line; line = await this.#lines.peek()) {
      this.#lines.take();
      if (line.event) this.#outOfOrder(line, line.event);
      else this.#finds('lineStrange', {}, line.n);
    }
  }

  /** Whether a line says what its leaf says, and its words what they are committed to. */
  #event(event: EventLine, text: string, n: number, entry: LeafEntry): void {
    this.events += 1;
    this.first = Math.min(this.first ?? event.at, event.at);
    this.last = Math.max(this.last ?? event.at, event.at);
    if (canonical(event) !== text) return this.#finds('lineForm', { i: entry.i }, n);
    if (event.i !== entry.i) return this.#finds('linePlace', { i: entry.i, said: event.i }, n);
    if (event.at !== entry.at) return this.#finds('lineTime', { said: event.at, at: entry.at }, n);
    const mine: Leaf = leafFor(envelopeIn(event));
    for (const name of ['stream', 'seq', 'incident', 'drill'] as const) if (mine[name] !== entry[name]) return this.#finds('lineEnvelope', { i: entry.i, at: entry.at, field: name }, n);
    const isSaid = this.#words(event, n);
    this.#needs.partners.saw(event, n);
    if (isSaid && mine.envelope !== entry.envelope) this.#finds('lineSender', { i: entry.i, at: entry.at }, n);
  }

  #words(event: EventLine, n: number): boolean {
    const say = wordsOf(event);
    if (say === 'otherFields') this.#finds('lineFields', { i: event.i, at: event.at }, n);
    else if ('wrong' in say) this.#finds('lineWords', { field: say.wrong, at: event.at, i: event.i }, n);
    else {
      if (say.hides) this.hidden += 1;
      const sha256 = event.fields['sha256']?.value;
      if (typeof sha256 === 'string' && event.kind === fileArrived) this.attached.add(sha256);
      return true;
    }
    return false;
  }
}

/** What was signed of the log as it grew, held against the roots that it comes to. */
class Roots {
  readonly #needs: WalkNeeds;
  readonly #wanted = new Map<number, Uint8Array>();
  #at = 0;
  /** One wrong leaf makes every later root wrong: the first that differs tells where. */
  isBroken = false;

  constructor(needs: WalkNeeds) {
    this.#needs = needs;
  }

  get wanted(): ReadonlyMap<number, Uint8Array> {
    return this.#wanted;
  }

  /** Whether an event is of the time between the two checkpoints around it. */
  isInTime({ i, at }: LeafEntry): void {
    const [before, after] = [this.#needs.checkpoints[this.#at - 1], this.#needs.checkpoints[this.#at]];
    if (after && at > after.at + clockSlack) this.#needs.finds('timeAfter', { i, at, signed: after.at });
    if (before && at < before.at - clockSlack) this.#needs.finds('timeBefore', { i, at, signed: before.at });
  }

  /** The log has grown so far. */
  reached(tree: Frontier): void {
    const { wanted, checkpoints, finds } = this.#needs;
    if (wanted.has(tree.size)) this.#wanted.set(tree.size, tree.root());
    while (this.#at < checkpoints.length && checkpoints[this.#at]!.size <= tree.size) {
      const stood = checkpoints[this.#at]!;
      if (stood.size < tree.size) finds('checkpointHidden', { size: stood.size });
      else if (!this.isBroken && !isSame(stood.root, tree.root())) {
        this.isBroken = true;
        finds('rootDiffers', { from: this.#at === 0 ? 0 : checkpoints[this.#at - 1]!.size, to: stood.size - 1, at: stood.at });
      }
      this.#at += 1;
    }
  }
}

interface Line extends TextLine { readonly event: EventLine | undefined }

/** The events' lines, with one in hand. */
class Lines {
  readonly #from: AsyncGenerator<TextLine>;
  #hand: Line | undefined;
  #ended = false;
  /** The last line that was taken. */
  n = 0;
  constructor(from: AsyncGenerator<TextLine>) {
    this.#from = from;
  }
  async peek(): Promise<Line | undefined> {
    if (!this.#hand && !this.#ended) {
      const { value, done } = await this.#from.next();
      if (done || !value) this.#ended = true;
      else this.#hand = { ...value, event: readLine(value.text) };
    }
    return this.#hand;
  }
  take(): void {
    this.n = this.#hand?.n ?? this.n;
    this.#hand = undefined;
  }
}
