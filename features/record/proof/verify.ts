import { canonical, type Moment } from '@noroshi/foundations/kernel';
import { fromBase64, fromHex, fromUtf8, hex, isSame, utf8 } from './bytes.ts';
import { attachmentFolder, formNow, isWithin, manifestText, parsed, parts, type EventLine, type LeafEntry, type LogEntry, type Manifest, type NodeEntry } from './form.ts';
import { hashOfLeaf, leafFor, type Leaf } from './leaf.ts';
import { fingerprint, readCheckpoint, readKey, readNote, signatureBy, splitNotes, type Checkpoint, type Note, type PublicKey } from './note.ts';
import { commitmentOf, sha256 as hashOf, Sha256 } from './sha256.ts';
import { readStamp } from './stamp.ts';
import { PartnerCheck, type PartnerProof } from './partners.ts';
import { Frontier } from './tree.ts';
import { NotWhole, unzip, type Entry, type Source } from './unzip.ts';

/** Checks an Ed25519 signature; `undefined` where this browser cannot. */
export type CheckSignature = (key: Uint8Array, signature: Uint8Array, text: Uint8Array) => Promise<boolean | undefined>;

export interface VerifyNeeds {
  readonly source: Source;
  readonly checkSignature: CheckSignature;
  /** Checkpoints that were kept in another place, where they are at hand. */
  readonly kept?: string | undefined;
  /** Told how far it has come, from 0 to 1. */
  readonly progress?: (part: number) => void;
}

/** Something that is not as it was recorded. `code` names its sentence: `record.found.<code>`. */
export interface Found { readonly code: string; readonly line?: number; readonly params: Readonly<Record<string, string | number>> }

/** What was found, and what is proven where nothing was. */
export interface Verdict {
  readonly found: readonly Found[];
  /** More was found than is listed. */
  readonly more: number;
  /** What the streams are called. */
  readonly rooms: Readonly<Record<string, string>>;
  readonly proven?: {
    readonly events: number;
    /** How many of them are lines of the audit, where it was taken along. */
    readonly audit?: number | undefined;
    /** Whose words are not shown, in all or in part. */
    readonly hidden: number;
    /** Which its taker might not read, and of which only the place is shown. */
    readonly withheld: number;
    readonly streams: number;
    readonly attachments: number;
    /** Attachments that the events name and that are not in the file. */
    readonly missing: number;
    readonly first?: Moment; readonly last?: Moment;
    readonly checkpoints: number;
    /** The last of them: all that is here was there at this time at the latest. */
    readonly at: Moment;
    readonly size: number;
    readonly selection: Manifest['selection'];
    readonly drill: boolean;
    /** How many of them a timestamping service has stamped, and when the last. */
    readonly stamped: { readonly n: number; readonly at: Moment } | undefined;
    /** What other deployments have signed of it, each by its card. */
    readonly partners: readonly PartnerProof[];
    /** Under whose keys. */
    readonly keys: readonly string[];
    /** `undefined`: this browser could not check signatures. */
    readonly signed: boolean | undefined;
    /** How many of the checkpoints kept elsewhere agree; `undefined` where none were at hand. */
    readonly kept: number | undefined;
  } | undefined;
}

/** So much is listed. Where more is wrong, more of the same is no help. */
const mostFound = 30;
/** A server's clock may be put right: a time this far from the checkpoints around it is still believed (milliseconds). */
const clockSlack = 5 * 60_000;

/** Checks an export against what it says of itself and against what was signed, and says what is wrong and where. Reads it once, as a stream. */
export async function verify(needs: VerifyNeeds): Promise<Verdict> {
  let entries: ReadonlyMap<string, Entry>;
  try {
    entries = await unzip(needs.source);
  } catch (error) {
    if (!(error instanceof NotWhole)) throw error;
    return { found: [{ code: error.cut ? 'cut' : 'noZip', params: {} }], more: 0, rooms: {} };
  }
  return new Check(needs, entries).run();
}

class Check {
  readonly #needs: VerifyNeeds;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #found: Found[] = [];
  #more = 0;
  #hidden = 0;
  #events = 0;
  #first: Moment | undefined;
  #last: Moment | undefined;
  readonly #attached = new Set<string>();
  #partners: PartnerCheck | undefined;
  /** What differs without anything in it having been found to differ was changed all the same. */
  readonly #afterwards: (() => void)[] = [];

  constructor(needs: VerifyNeeds, entries: ReadonlyMap<string, Entry>) {
    this.#needs = needs;
    this.#entries = entries;
  }

  #finds(code: string, params: Found['params'] = {}, line?: number): void {
    if (this.#found.length < mostFound) this.#found.push({ code, params, ...(line === undefined ? {} : { line }) });
    else this.#more += 1;
  }

  async #verdict(proven?: Verdict['proven']): Promise<Verdict> {
    return { found: this.#found, more: this.#more, rooms: await this.#rooms(), proven: this.#found.length === 0 ? proven : undefined };
  }

  async run(): Promise<Verdict> {
    const needed = [parts.events, parts.log, parts.checkpoints, parts.manifest, parts.signature];
    const lacking = needed.filter((name) => !this.#entries.has(name));
    if (lacking.length === needed.length) return { found: [{ code: 'noExport', params: {} }], more: 0, rooms: {} };
    for (const name of lacking) this.#finds('partMissing', { name });
    if (lacking.length > 0) return this.#verdict();
    const manifestWords = await this.#text(parts.manifest);
    const manifest = manifestWords === undefined ? undefined : readManifest(manifestWords);
    if (!manifest) {
      this.#finds('manifestUnreadable');
      return this.#verdict();
    }
    if (manifest.form !== formNow) {
      this.#finds('otherForm', { form: manifest.form });
      return this.#verdict();
    }
    const keys = manifest.keys.flatMap((text) => readKey(text) ?? []);
    let signed = await this.#manifestSigned(manifest, manifestWords!, keys);
    const checkpoints = await this.#checkpoints(manifest, keys);
    if (checkpoints.signed === undefined) signed = undefined;
    const stamped = await this.#stamps(checkpoints.notes);
    const kept = this.#keptNotes();
    const roots = await this.#record(manifest, checkpoints.all, new Set(kept?.map(({ checkpoint }) => checkpoint.size)));
    if (this.#found.length === 0) for (const look of this.#afterwards) look();
    await this.#otherParts(manifest);
    const last = checkpoints.all.findLast(({ size }) => size === manifest.size);
    return this.#verdict({
      events: this.#events, hidden: this.#hidden, withheld: manifest.streams.reduce((sum, one) => sum + one.withheld, 0), streams: manifest.streams.length,
      attachments: [...this.#entries.keys()].filter((name) => name.startsWith(attachmentFolder)).length,
      audit: typeof manifest.audit === 'string' ? (manifest.streams.find(({ stream }) => stream === manifest.audit)?.lines ?? 0) : undefined,
      missing: [...this.#attached].filter((sha256) => !this.#entries.has(attachmentFolder + sha256)).length,
      ...(this.#first === undefined ? {} : { first: this.#first }), ...(this.#last === undefined ? {} : { last: this.#last }),
      checkpoints: checkpoints.all.length, at: last?.at ?? manifest.at, size: manifest.size, selection: manifest.selection, drill: manifest.drill ?? false, stamped, partners: this.#partners?.proven() ?? [], keys: [...new Set(keys.map(fingerprint))], signed, kept: kept && (await this.#agreed(kept, manifest, roots, keys)),
    });
  }

  /** What a part says, as one text. @returns `undefined` where it cannot be read */
  async #text(name: string): Promise<string | undefined> {
    const pieces: Uint8Array[] = [];
    try {
      for await (const piece of this.#entries.get(name)!.read()) pieces.push(piece);
    } catch {
      return undefined;
    }
    const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return fromUtf8(whole);
  }

  async #manifestSigned(manifest: Manifest, words: string, keys: readonly PublicKey[]): Promise<boolean | undefined> {
    const note = readNote((await this.#text(parts.signature)) ?? '');
    const wanted = manifestText(manifest.origin, hex(new Sha256().update(utf8(words)).digest()));
    if (!note || note.text !== wanted) {
      this.#finds('manifestChanged');
      return false;
    }
    return this.#signedBy(note, keys, () => this.#finds('manifestSignature'));
  }

  /** Whether a note is signed by one of the keys; tells where it is not. */
  async #signedBy(note: Note, keys: readonly PublicKey[], wrong: () => void): Promise<boolean | undefined> {
    for (const key of keys) {
      const signature = signatureBy(note, key);
      if (!signature) continue;
      const good = await this.#needs.checkSignature(key.bytes, signature, utf8(note.text));
      if (good === false) wrong();
      return good;
    }
    wrong();
    return false;
  }

  async #checkpoints(manifest: Manifest, keys: readonly PublicKey[]): Promise<{ all: Checkpoint[]; notes: ReadonlyMap<string, { text: string; at: Moment }>; signed: boolean | undefined }> {
    const all: Checkpoint[] = [];
    const notes = new Map<string, { text: string; at: Moment }>();
    let signed: boolean | undefined = true;
    for (const [i, text] of splitNotes((await this.#text(parts.checkpoints)) ?? '').entries()) {
      const note = readNote(text);
      const checkpoint = note && readCheckpoint(note.text);
      if (!note || !checkpoint) {
        this.#finds('checkpointUnreadable', { n: i + 1 });
        continue;
      }
      const good = await this.#signedBy(note, keys, () => this.#finds('checkpointSignature', { n: i + 1, size: checkpoint.size }));
      if (good === undefined) signed = undefined;
      all.push(checkpoint);
      notes.set(`${checkpoint.origin} ${checkpoint.size}`, { text, at: checkpoint.at });
    }
    all.sort((a, b) => a.size - b.size || a.at - b.at);
    const last = all.findLast(({ size, origin }) => size === manifest.size && origin === manifest.origin);
    if (!last) this.#finds('noCheckpoint', { size: manifest.size });
    else if (hex(last.root) !== manifest.root) this.#finds('otherRoot', { size: manifest.size });
    return { all, notes, signed };
  }

  /** What a timestamping service has said of checkpoints: of these, and not of a time before they were signed. Its own signature is not looked at. */
  async #stamps(notes: ReadonlyMap<string, { text: string; at: Moment }>): Promise<{ n: number; at: Moment } | undefined> {
    if (!this.#entries.has(parts.stamps)) return undefined;
    let [n, last] = [0, 0];
    for (const [i, line] of ((await this.#text(parts.stamps)) ?? '?').split('\n').filter(Boolean).entries()) {
      const told = parsed(line);
      const note = told && notes.get(`${String(told['origin'])} ${String(told['size'])}`);
      const stamp = readStamp(fromBase64(String(told?.['stamp'])) ?? new Uint8Array(0));
      if (!note || !stamp) this.#finds('stampUnreadable', { n: i + 1 });
      else if (!isSame(stamp.hash, hashOf(utf8(note.text)))) this.#finds('stampOther', { n: i + 1, size: String(told['size']) });
      else if (stamp.at < note.at - clockSlack) this.#finds('stampBefore', { n: i + 1, at: stamp.at, signed: note.at });
      else [n, last] = [n + 1, Math.max(last, stamp.at)];
    }
    return { n, at: last };
  }

  /** Walks the log and the events beside each other. @returns the root at each size that is told */
  async #record(manifest: Manifest, checkpoints: readonly Checkpoint[], wanted: ReadonlySet<number>): Promise<ReadonlyMap<number, Uint8Array>> {
    const roots = new Map<number, Uint8Array>();
    const tree = new Frontier();
    const next = new Map(manifest.streams.map(({ stream, from }) => [stream, from]));
    const counts = new Map(manifest.streams.map(({ stream }) => [stream, { lines: 0, withheld: 0 }]));
    const lines = new Lines(this.#lines(parts.events, manifest));
    const signed = this.#entries.has(parts.partners) ? this.#lines(parts.partners, manifest) : undefined;
    this.#partners = new PartnerCheck({ selection: manifest.selection, lines: signed, checkSignature: this.#needs.checkSignature, finds: (code, params, line) => this.#finds(code, params, line) });
    const missing = new Map<number, { leaf: LeafEntry; before: number }>();
    let at = 0;
    const around: { before?: Checkpoint | undefined; after?: Checkpoint | undefined } = { after: checkpoints[0] };
    let progress = 0;
    // One wrong leaf makes every later root wrong: the first that differs tells where.
    let broken = false;
    const reached = (): void => {
      if (wanted.has(tree.size)) roots.set(tree.size, tree.root());
      while (at < checkpoints.length && checkpoints[at]!.size <= tree.size) {
        const stood = checkpoints[at]!;
        if (stood.size < tree.size) this.#finds('checkpointHidden', { size: stood.size });
        else if (!broken && !isSame(stood.root, tree.root())) {
          broken = true;
          this.#finds('rootDiffers', { from: at === 0 ? 0 : checkpoints[at - 1]!.size, to: stood.size - 1, at: stood.at });
        }
        at += 1;
      }
      around.before = checkpoints[at - 1];
      around.after = checkpoints[at];
    };
    for await (const { text, n } of this.#lines(parts.log, manifest)) {
      const entry = readEntry(text);
      const level = entry && 'level' in entry ? entry.level : 0;
      if (!entry || entry.i !== tree.size || level > 40 || tree.size % 2 ** level !== 0) {
        this.#finds('logUnreadable', { n, place: tree.size });
        // What cannot be placed ends the walk: nothing behind it could be believed.
        broken = true;
        break;
      }
      if ('level' in entry) {
        tree.append(fromHex(entry.hash, 32)!, level);
        const changed = level === 0 ? await this.#changedInTheTables(entry, lines) : undefined;
        // It has its number all the same, and is told of once.
        if (changed && next.get(changed.stream) === changed.seq) {
          next.set(changed.stream, changed.seq + 1);
          counts.get(changed.stream)!.lines += 1;
        }
      } else {
        tree.append(hashOfLeaf(entry));
        this.#numbered(entry, next);
        const count = counts.get(entry.stream);
        if (entry.shown === 'withheld' && count) count.withheld += 1;
        const { before, after } = around;
        if (after && entry.at > after.at + clockSlack) this.#finds('timeAfter', { i: entry.i, at: entry.at, signed: after.at });
        if (before && entry.at < before.at - clockSlack) this.#finds('timeBefore', { i: entry.i, at: entry.at, signed: before.at });
        if (entry.shown === 'line') {
          if (count) count.lines += 1;
          await this.#line(entry, lines, missing);
        } else if (entry.shown !== 'withheld' && isWithin(manifest.selection, entry)) missing.set(entry.i, { leaf: entry, before: lines.n });
      }
      reached();
      await this.#partners.look();
      if (tree.size - progress > manifest.size / 50) this.#needs.progress?.((progress = tree.size) / manifest.size);
    }
    await this.#leftOver(lines, missing);
    await this.#partners.end();
    for (const { leaf, before } of missing.values()) this.#finds('lineMissing', { i: leaf.i, stream: leaf.stream, seq: leaf.seq, at: leaf.at, after: before });
    if (!broken) {
      if (tree.size !== manifest.size) this.#finds('logShort', { size: tree.size, wanted: manifest.size });
      for (const { stream, to, lines: told, withheld } of manifest.streams) {
        const count = counts.get(stream)!;
        if (next.get(stream)! !== to + 1) this.#finds('streamShort', { stream, seq: next.get(stream)!, to });
        if (count.lines !== told || count.withheld !== withheld) this.#finds('countDiffers', { stream, told: told + withheld, n: count.lines + count.withheld });
      }
    }
    return roots;
  }

  /** Numbers of a stream come one after the other. */
  #numbered(entry: LeafEntry, next: Map<string, number>): void {
    const wanted = next.get(entry.stream);
    if (wanted === undefined) this.#finds('strangeStream', { i: entry.i, stream: entry.stream });
    else if (entry.seq !== wanted) this.#finds('hole', { stream: entry.stream, seq: entry.seq, wanted, at: entry.at });
    if (wanted !== undefined) next.set(entry.stream, entry.seq + 1);
  }

  /** The line that belongs to a leaf. */
  async #line(entry: LeafEntry, lines: Lines, missing: Map<number, { leaf: LeafEntry; before: number }>): Promise<void> {
    for (;;) {
      const line = await lines.peek();
      if (!line) return void missing.set(entry.i, { leaf: entry, before: lines.n });
      if (line.event && line.event.i !== entry.i && !(line.event.stream === entry.stream && line.event.seq === entry.seq)) {
        // Ahead of its turn: this leaf's own comes later, or never.
        if (line.event.i > entry.i) return void missing.set(entry.i, { leaf: entry, before: lines.n });
        lines.take();
        this.#outOfOrder(line as Line & { event: EventLine }, missing);
        continue;
      }
      lines.take();
      if (line.event) this.#event(line.event, line.text, line.n, entry);
      else this.#finds('lineUnreadable', { i: entry.i, seq: entry.seq, at: entry.at, stream: entry.stream }, line.n);
      return;
    }
  }

  #outOfOrder({ event, text, n }: Line & { readonly event: EventLine }, missing: Map<number, { leaf: LeafEntry; before: number }>): void {
    const waited = missing.get(event.i);
    if (!waited) return this.#finds('lineTwice', { i: event.i }, n);
    missing.delete(event.i);
    this.#finds('lineOrder', { i: event.i, at: event.at, before: waited.before + 1 }, n);
    this.#event(event, text, n, waited.leaf);
  }

  /** A leaf whose row says something else by now than when it was taken in: its line tells which it is. */
  async #changedInTheTables(entry: NodeEntry, lines: Lines): Promise<EventLine | undefined> {
    const line = await lines.peek();
    if (line?.event?.i !== entry.i) return undefined;
    lines.take();
    this.#events += 1;
    if (hex(hashOfLeaf(leafFor(envelopeIn(line.event)))) !== entry.hash) this.#finds('notAsRecorded', { i: entry.i, at: line.event.at, stream: line.event.stream, seq: line.event.seq }, line.n);
    return line.event;
  }

  async #leftOver(lines: Lines, missing: Map<number, { leaf: LeafEntry; before: number }>): Promise<void> {
    for (let line = await lines.peek(); line; line = await lines.peek()) {
      lines.take();
      if (line.event) this.#outOfOrder(line as Line & { event: EventLine }, missing);
      else this.#finds('lineStrange', {}, line.n);
    }
  }

  /** Whether a line says what its leaf says, and its words what they are committed to. */
  #event(event: EventLine, text: string, n: number, entry: LeafEntry): void {
    this.#events += 1;
    this.#first = Math.min(this.#first ?? event.at, event.at);
    this.#last = Math.max(this.#last ?? event.at, event.at);
    if (canonical(event) !== text) return this.#finds('lineForm', { i: entry.i }, n);
    if (event.i !== entry.i) return this.#finds('linePlace', { i: entry.i, said: event.i }, n);
    if (event.at !== entry.at) return this.#finds('lineTime', { said: event.at, at: entry.at }, n);
    const mine: Leaf = leafFor(envelopeIn(event));
    for (const name of ['stream', 'seq', 'incident', 'drill'] as const) if (mine[name] !== entry[name]) return this.#finds('lineEnvelope', { i: entry.i, at: entry.at, field: name }, n);
    const isSaid = this.#words(event, n);
    this.#partners?.saw(event, n);
    if (isSaid && mine.envelope !== entry.envelope) this.#finds('lineSender', { i: entry.i, at: entry.at }, n);
  }

  #words(event: EventLine, n: number): boolean {
    const names = Object.keys(event.fields).sort();
    const length = event.commitments.length / 64;
    if (names.length === 0 && length > 0) {
      this.#hidden += 1;
      return true;
    }
    if (names.length !== length) {
      this.#finds('lineFields', { i: event.i, at: event.at }, n);
      return false;
    }
    let hides = false;
    for (const [k, name] of names.entries()) {
      const { salt, value } = event.fields[name]!;
      if (salt === undefined && value === undefined) {
        hides = true;
        continue;
      }
      const key = fromHex(salt ?? '');
      if (!key || hex(commitmentOf(key, name, canonical(value))) !== event.commitments.slice(k * 64, (k + 1) * 64)) {
        this.#finds('lineWords', { field: name, at: event.at, i: event.i }, n);
        return false;
      }
    }
    if (hides) this.#hidden += 1;
    const sha256 = event.fields['sha256']?.value;
    // The kind of event that tells that the bytes of a file are here: they are looked for beside it.
    if (typeof sha256 === 'string' && event.kind === 150) this.#attached.add(sha256);
    return true;
  }

  /** The lines of a part, and whether it is what the manifest says, once all have been read. */
  async* #lines(name: string, manifest: Manifest): AsyncGenerator<{ text: string; n: number }> {
    const hash = new Sha256();
    let rest = new Uint8Array(0);
    let [n, size] = [0, 0];
    try {
      for await (const piece of this.#entries.get(name)!.read()) {
        hash.update(piece);
        size += piece.length;
        const whole = new Uint8Array(rest.length + piece.length);
        whole.set(rest);
        whole.set(piece, rest.length);
        let from = 0;
        for (let end = whole.indexOf(10, from); end >= 0; end = whole.indexOf(10, from)) {
          yield { text: fromUtf8(whole.subarray(from, end)) ?? '', n: ++n };
          from = end + 1;
        }
        rest = whole.slice(from);
      }
    } catch {
      return this.#finds('partUnreadable', { name, n: n + 1 });
    }
    if (rest.length > 0) yield { text: fromUtf8(rest) ?? '', n: ++n };
    const sha256 = hex(hash.digest());
    this.#afterwards.push(() => this.#isAsTold(name, size, sha256, manifest));
  }

  #isAsTold(name: string, size: number, sha256: string, manifest: Manifest): void {
    const told = manifest.files[name];
    if (!told) this.#finds('partStrange', { name });
    else if (told.size !== size || told.sha256 !== sha256) this.#finds('partChanged', { name });
  }

  async #otherParts(manifest: Manifest): Promise<void> {
    const done: ReadonlySet<string> = new Set([parts.events, parts.log, parts.partners, parts.manifest, parts.signature]);
    for (const name of Object.keys(manifest.files)) if (!this.#entries.has(name)) this.#finds('partMissing', { name });
    for (const [name, entry] of this.#entries) {
      if (done.has(name)) continue;
      const hash = new Sha256();
      let size = 0;
      try {
        for await (const piece of entry.read()) {
          hash.update(piece);
          size += piece.length;
        }
      } catch {
        this.#finds('partUnreadable', { name, n: 1 });
        continue;
      }
      const sha256 = hex(hash.digest());
      if (name.startsWith(attachmentFolder) && name !== attachmentFolder + sha256) this.#finds('attachmentChanged', { name });
      else this.#isAsTold(name, size, sha256, manifest);
    }
  }

  /** What was kept in another place. */
  #keptNotes(): { note: Note; checkpoint: Checkpoint }[] | undefined {
    if (this.#needs.kept === undefined) return undefined;
    return splitNotes(this.#needs.kept).flatMap((text, i) => {
      const note = readNote(text);
      const checkpoint = note && readCheckpoint(note.text);
      if (note && checkpoint) return [{ note, checkpoint }];
      this.#finds('keptUnreadable', { n: i + 1 });
      return [];
    });
  }

  /** How many of what was kept elsewhere agree with what is here; of this log alone, and as far as this export goes. */
  async #agreed(kept: readonly { note: Note; checkpoint: Checkpoint }[], manifest: Manifest, roots: ReadonlyMap<number, Uint8Array>, keys: readonly PublicKey[]): Promise<number> {
    let [agree, compared] = [0, 0];
    for (const { note, checkpoint: { origin, size, root, at } } of kept) {
      if (origin !== manifest.origin || size > manifest.size) continue;
      compared += 1;
      const mine = roots.get(size);
      if (!mine) this.#finds('keptHidden', { size, at });
      else if (!isSame(mine, root)) this.#finds('keptDiffers', { size, at });
      else if ((await this.#signedBy(note, keys, () => this.#finds('keptSignature', { size }))) !== false) agree += 1;
    }
    if (compared === 0) this.#finds('keptNone');
    return agree;
  }

  /** What rooms are called, for reading. */
  async #rooms(): Promise<Readonly<Record<string, string>>> {
    const rooms = this.#entries.has(parts.names) ? parsed((await this.#text(parts.names)) ?? '')?.['rooms'] : undefined;
    return typeof rooms === 'object' && rooms !== null ? (rooms as Record<string, string>) : {};
  }
}

interface Line { readonly text: string; readonly n: number; readonly event: EventLine | undefined }

/** The events' lines, with one in hand. */
class Lines {
  readonly #from: AsyncGenerator<{ text: string; n: number }>;
  #hand: Line | undefined;
  #ended = false;
  /** The last line that was taken. */
  n = 0;
  constructor(from: AsyncGenerator<{ text: string; n: number }>) {
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

const envelopeIn = ({ i: _i, fields: _fields, ...envelope }: EventLine) => envelope;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash = (value: unknown): value is string => typeof value === 'string' && fromHex(value, 32) !== undefined;

function readLine(text: string): EventLine | undefined {
  const line = parsed(text);
  const fields = line?.['fields'];
  const isFine = line && isCount(line['i']) && isCount(line['seq']) && isCount(line['at']) && typeof line['stream'] === 'string' && typeof line['commitments'] === 'string'
    && typeof fields === 'object' && fields !== null && Object.values(fields).every((one) => typeof one === 'object' && one !== null);
  return isFine ? (line as unknown as EventLine) : undefined;
}

function readEntry(text: string): LogEntry | undefined {
  const entry = parsed(text);
  if (!entry || !isCount(entry['i']) || canonical(entry) !== text) return undefined;
  if ('level' in entry) return isCount(entry['level']) && isHash(entry['hash']) ? (entry as unknown as LogEntry) : undefined;
  return typeof entry['stream'] === 'string' && isCount(entry['seq']) && isCount(entry['at']) && isHash(entry['envelope']) ? (entry as unknown as LogEntry) : undefined;
}

function readManifest(text: string): Manifest | undefined {
  const read = parsed(text);
  const isFine = read && typeof read['form'] === 'number' && typeof read['origin'] === 'string' && isCount(read['size']) && isHash(read['root']) && Array.isArray(read['streams']) && Array.isArray(read['keys'])
    && (read['streams'] as unknown[]).every((one) => typeof one === 'object' && one !== null && typeof (one as { stream?: unknown }).stream === 'string')
    && typeof read['files'] === 'object' && read['files'] !== null && typeof read['selection'] === 'object' && read['selection'] !== null;
  return isFine ? (read as unknown as Manifest) : undefined;
}

