import { organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import type { Words } from '@noroshi/foundations/i18n';
import { canonical, type Actor, type Id } from '@noroshi/foundations/kernel';
import type { CardMet, SignaturesOf } from '@noroshi/foundations/parcel';
import { currentStay, member as memberNoun, roomStream, type Doc, type Member, type StreamKey } from '@noroshi/foundations/sync';
import { takenBack, thingsOf, type Stair } from '@noroshi/foundations/sync/server';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordExport } from '../export-noun.ts';
import type { makingParts } from '../making.ts';
import { hex } from '../proof/bytes.ts';
import { attachmentFolder, formNow, isAll, isWithin, manifestText, parts, type EventLine, type LogEntry, type Manifest, type StreamShown } from '../proof/form.ts';
import { hashOfLeaf, leafFor } from '../proof/leaf.ts';
import { notesText, type Checkpoint } from '../proof/note.ts';
import { parcelOf } from '../proof/partners.ts';
import { lastLogged, logged, loggedAt, type LoggedRow } from './export.store.ts';
import { allKeys, checkpointsUpTo, envelopeOf, type Signed } from './log.store.ts';
import { fieldsShown, subtrees } from './leaves.ts';
import type { RecordLog } from './logger.server.ts';
import { readMe } from './read-me.ts';
import { signedLines } from './signed-words.server.ts';
import { tableHead, tableRow, type Names } from './table.ts';
import { zip, type ZipPart } from './zip.server.ts';

/** What of an export papers are made of. Only what the actor may read goes into them. */
export interface PapersNeeds { readonly stair: Stair; readonly actor: Actor; readonly asked: RecordExport; readonly words: Words }
/** Makes what goes with an export to be read, such as the chronology: files one after the other, each made as it is read. */
export type PapersOf = (needs: PapersNeeds) => AsyncIterable<ReadablePart> | Iterable<ReadablePart>;
interface ReadablePart { readonly name: string; readonly data: AsyncIterable<Uint8Array> | Iterable<Uint8Array> }

export interface ExportNeeds {
  readonly stair: Stair;
  readonly log: RecordLog;
  /** The record knows no room by name; what is to be read of theirs is made by who knows them all. Nothing unless told. */
  readonly papers?: (() => Promise<PapersOf>) | undefined;
  /** What partners have signed of what stands in shared rooms: made by who knows them. Nothing unless told. */
  readonly signatures?: (() => Promise<(stair: Stair) => SignaturesOf>) | undefined;
  /** Told how far it is. */
  readonly tell?: ((part: (typeof makingParts)[number], done: number, of: number) => void) | undefined;
  /** The stream of the audit, for whoever chose to take it along. */
  readonly audit?: StreamKey | undefined;
  /** The folder of files; undefined where there is none. */
  readonly files?: string | undefined;
}

/** A stream that is shown, and from where on its reader may see. */
interface Shown { readonly no: number; readonly key: StreamKey; readonly from: number; to: number; lines: number; withheld: number }

/** At most so many checkpoints go with an export; of more, every so manieth, and the last. */
const mostCheckpoints = 20_000;

/**
 * Takes a part of the record out, as a zip that is written as it goes: what its asker may read now, up to a checkpoint that
 * is signed now. What they may not read (other rooms, what was said before they came, what was taken back) is in it as hashes,
 * so that the rest can be proven whole.
 */
export async function exportZip(needs: ExportNeeds, actor: Actor, asked: RecordExport, words: Words): Promise<AsyncIterable<Uint8Array>> {
  const stood = (await needs.log.sign())!;
  await needs.log.stamped();
  const streams = await shownTo(needs, actor, asked, stood.size);
  return zip(new Export(needs, actor, asked, words, stood, streams).parts(), new Date(needs.stair.now()));
}

/** The streams that are shown: those that the asker sees now, and the audit where an administrator asked for it. */
async function shownTo({ stair, audit }: ExportNeeds, actor: Actor, asked: RecordExport, size: number): Promise<Map<number, Shown>> {
  const seen: [StreamKey, { readonly visibleFrom: number }][] = [...stair.memory.sight(actor.person)].filter(([key]) => asked.room === undefined || key === roomStream(asked.room));
  // Whatever the command says: it is for administrators, and of no room and no disaster.
  if (audit !== undefined && takesAudit(actor, asked) && stair.memory.streams.has(audit)) seen.push([audit, { visibleFrom: 1 }]);
  const nos = seen.map(([key]) => stair.memory.streams.get(key)!.no);
  const last = await lastLogged(stair.pool, size, nos);
  return new Map(seen.flatMap(([key, { visibleFrom }], i) => {
    const to = last.get(nos[i]!);
    return to === undefined || to < visibleFrom ? [] : [[nos[i]!, { no: nos[i]!, key, from: visibleFrom, to, lines: 0, withheld: 0 }]];
  }));
}

/** Whether the audit goes with it. */
export const takesAudit = (actor: Actor, { audit, room, incident }: RecordExport): boolean => audit === true && actor.role === 'administrator' && room === undefined && incident === undefined;

class Export {
  readonly #needs: ExportNeeds;
  readonly #actor: Actor;
  readonly #asked: RecordExport;
  readonly #words: Words;
  readonly #stood: Checkpoint;
  readonly #streams: ReadonlyMap<number, Shown>;
  readonly #files: Record<string, { size: number; sha256: string }> = {};
  readonly #kinds = new Map<string, string>();
  /** Files that its events speak of, by id. */
  readonly #attached = new Set<Id>();
  /** The events by which the cards of partners were read in, by their places in the log: nobody is in their stream, and their leaves are shown all the same. */
  readonly #met = new Map<number, { readonly at: CardMet; readonly line: EventLine }>();

  constructor(needs: ExportNeeds, actor: Actor, asked: RecordExport, words: Words, stood: Checkpoint, streams: ReadonlyMap<number, Shown>) {
    this.#needs = needs;
    this.#actor = actor;
    this.#asked = asked;
    this.#words = words;
    this.#stood = stood;
    this.#streams = streams;
  }

  async* parts(): AsyncGenerator<ZipPart> {
    const { pool } = this.#needs.stair;
    const signed = thinned(await checkpointsUpTo(pool, this.#stood.size));
    const signatures = (await this.#needs.signatures?.())?.(this.#needs.stair);
    const shared = this.#shared(signatures);
    if (signatures) await this.#meets(signatures, shared.keys());
    yield this.#part('README.txt', [readMe()]);
    yield this.#part(parts.events, this.#events());
    yield this.#part(parts.log, this.#log(signed));
    yield this.#part(parts.checkpoints, [notesText(signed.map(({ note }) => note))]);
    if (signed.some(({ stamp }) => stamp)) yield this.#part(parts.stamps, signed.flatMap(({ size, origin, stamp }) => (stamp ? [`${canonical({ size, origin, stamp: stamp.toString('base64') })}\n`] : [])));
    yield this.#part(parts.table, this.#table());
    if (signatures && shared.size > 0) yield this.#part(parts.partners, signedLines({
      signatures, shared, record: { origin: this.#stood.origin, size: this.#stood.size, root: hex(this.#stood.root) }, lines: this.#lines('table'), isSigned: (no) => no in parcelOf,
      met: (of) => [...this.#met.values()].find(({ at }) => at.stream === of.stream && at.seq === of.seq)?.line,
    }));
    yield this.#part(parts.names, [`${JSON.stringify(this.#names(), null, 1)}\n`]);
    let attached = 0;
    for (const id of this.#attached) {
      this.#needs.tell?.('attachments', attached++, this.#attached.size);
      yield* this.#attachment(id);
    }
    this.#needs.tell?.('papers', 0, 0);
    const papers = await this.#needs.papers?.();
    // Packed already, as far as it goes.
    if (papers) for await (const { name, data } of papers({ stair: this.#needs.stair, actor: this.#actor, asked: this.#asked, words: this.#words })) yield this.#part(name, data, true);
    const manifest = `${JSON.stringify(await this.#manifest(), null, 1)}\n`;
    yield { name: parts.manifest, data: [Buffer.from(manifest)] };
    const hash = createHash('sha256').update(manifest).digest('hex');
    yield { name: parts.signature, data: [Buffer.from(this.#needs.log.signer.note(this.#stood.origin, manifestText(this.#stood.origin, hash)))] };
  }

  /** The shared rooms that are shown, and whether all of each is. */
  #shared(signatures: SignaturesOf | undefined): ReadonlyMap<StreamKey, { readonly isWhole: boolean }> {
    return new Map([...this.#streams.values()].filter(({ key }) => signatures?.isShared(key)).map(({ key, from }) => [key, { isWhole: isAll(this.#asked) && from === 1 }]));
  }

  async #meets(signatures: SignaturesOf, rooms: Iterable<StreamKey>): Promise<void> {
    const { pool, memory } = this.#needs.stair;
    for (const { met: at } of [...rooms].flatMap((room) => signatures.partners(room))) {
      const row = await loggedAt(pool, this.#stood.size, memory.streams.get(at.stream)!.no, at.seq);
      if (row) this.#met.set(row.idx, { at, line: { i: row.idx, ...envelopeOf(at.stream, row), fields: fieldsShown(row, row.json ?? {}, row.json ?? {}) } });
    }
  }

  /** A part whose size and hash the manifest tells. */
  #part(name: string, data: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>, stored = false): ZipPart {
    const hash = createHash('sha256');
    let size = 0;
    const told = this.#files;
    return {
      name, stored,
      data: (async function* () {
        for await (const piece of data) {
          const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
          hash.update(bytes);
          size += bytes.length;
          yield bytes;
        }
        told[name] = { size, sha256: hash.digest('hex') };
      })(),
    };
  }

  /** What becomes of a leaf: its event stands in the record, may not be read, or was not asked for. */
  #shownAs(row: LoggedRow): 'line' | 'withheld' | 'place' | 'hash' {
    const stream = this.#streams.get(row.stream);
    if (!stream || row.seq === null || row.seq < stream.from) return 'hash';
    const { incident, at, of } = { ...row, incident: row.incident ?? undefined };
    // What is about a thing of the disaster belongs to it, such as the bytes of a photograph that have come.
    const isAsked = isWithin(this.#asked, { incident, at }) || (of === this.#asked.incident && isWithin(this.#asked, { incident: of, at }));
    if (row.about !== null && row.about < stream.from) return isAsked ? 'withheld' : 'place';
    return isAsked ? 'line' : 'place';
  }

  async* #pages(part: 'events' | 'log' | 'table'): AsyncGenerator<LoggedRow[]> {
    const { size } = this.#stood;
    let done = 0;
    this.#needs.tell?.(part, done, size);
    for await (const rows of logged(this.#needs.stair.pool, size, [...this.#streams.keys()], part !== 'log')) {
      yield rows;
      this.#needs.tell?.(part, done += rows.length, size);
    }
  }

  /** Events in the order of the log, as many as a page of the tables holds at once. */
  async* #lines(part: 'events' | 'table'): AsyncGenerator<{ row: LoggedRow; line: EventLine }> {
    const { stair: { pool, house } } = this.#needs;
    const backs = [...house.kinds.values()].filter(({ takesBack }) => takesBack).map(({ no }) => no);
    const things = thingsOf(house);
    const thingOf = ({ kind, seq, about, takes }: LoggedRow): number => things({ kind: house.kindByNo.get(kind)?.kind ?? '', seq, about: about ?? undefined, takes: takes ?? undefined });
    for await (const rows of this.#pages(part)) {
      const wanted = rows.filter((row) => this.#shownAs(row) === 'line');
      const gone = new Map<number, Set<number>>();
      // As it stood when it was signed: what is taken back while it is written is told by no event of it, and would be hidden in one part and shown in another.
      for (const [no, of] of Map.groupBy(wanted, ({ stream }) => stream)) gone.set(no, await takenBack(pool, no, of.map(thingOf), backs, this.#streams.get(no)!.to));
      for (const row of wanted) {
        const kind = house.kindByNo.get(row.kind);
        const body = row.json ?? {};
        const left = kind?.unsaid && gone.get(row.stream)!.has(thingOf(row)) ? (kind.unsaid(body) as Record<string, unknown>) : body;
        this.#kinds.set(String(row.kind), kind?.kind ?? '');
        yield { row, line: { i: row.idx, ...envelopeOf(this.#streams.get(row.stream)!.key, row), fields: fieldsShown(row, body, left) } };
      }
    }
  }

  async* #events(): AsyncGenerator<string> {
    for await (const { row, line } of this.#lines('events')) {
      this.#streams.get(row.stream)!.lines += 1;
      const file = line.fields['file']?.value;
      if (typeof file === 'string' && this.#file(file)) this.#attached.add(file);
      yield `${canonical(line)}\n`;
    }
  }

  /** The whole log, with as little as proves it: leaves of what is shown, and the roots of what is not, cut where something was signed. */
  async* #log(signed: readonly Signed[]): AsyncGenerator<string> {
    const cuts = [...new Set(signed.map(({ size }) => size)), this.#stood.size].toSorted((a, b) => a - b);
    let cut = 0;
    // The subtree that is being gathered from leaves that are not shown: it ends where one is shown, or at a cut.
    let hidden: { from: number; hashes: Buffer[] } = { from: 0, hashes: [] };
    const flush = function* (): Generator<string> {
      for (const entry of subtrees(hidden.from, hidden.hashes)) yield `${canonical(entry)}\n`;
      hidden = { from: hidden.from + hidden.hashes.length, hashes: [] };
    };
    for await (const rows of this.#pages('log')) {
      for (const row of rows) {
        while (cut < cuts.length && cuts[cut]! <= row.idx) {
          yield* flush();
          cut += 1;
        }
        const as = this.#shownAs(row);
        const leaf = as === 'hash' ? undefined : leafFor(envelopeOf(this.#streams.get(row.stream)!.key, row));
        // What does not say any more what it said when it was taken in cannot be shown as a leaf: its line will be told from it.
        if (leaf && Buffer.from(hashOfLeaf(leaf)).equals(row.hash)) {
          yield* flush();
          hidden.from = row.idx + 1;
          const entry: LogEntry = { i: row.idx, ...leaf, shown: as === 'line' || as === 'withheld' ? as : undefined };
          if (as === 'withheld') this.#streams.get(row.stream)!.withheld += 1;
          yield `${canonical(entry)}\n`;
        } else if (leaf || this.#met.has(row.idx)) {
          yield* flush();
          hidden.from = row.idx + 1;
          yield `${canonical({ i: row.idx, level: 0, hash: row.hash.toString('hex') } satisfies LogEntry)}\n`;
        } else {
          hidden.hashes.push(row.hash);
          if (hidden.hashes.length >= 65_536 && (hidden.from + hidden.hashes.length) % 65_536 === 0) yield* flush();
        }
      }
    }
    yield* flush();
  }

  async* #table(): AsyncGenerator<string> {
    const names = this.#names();
    yield tableHead(this.#words);
    for await (const { line } of this.#lines('table')) yield tableRow(line, this.#kinds.get(String(line.kind)) ?? '', names, this.#words);
  }

  /** What the ids in it are called now. For reading; it is not proven. */
  #names(): Names {
    const { memory } = this.#needs.stair;
    const rooms: Record<string, string> = { w: '—' };
    const people: Record<Id, string> = {};
    const orgs: Record<Id, string> = {};
    for (const { key } of this.#streams.values()) {
      if (key === this.#needs.audit) rooms[key] = this.#words.t('audit.title');
      const told = (memory.get(roomNoun.noun, key.slice(2))?.value as Room | undefined)?.name;
      if (told !== undefined) rooms[key] = told;
      for (const { value } of memory.of(key, memberNoun.noun) as Doc<Member>[]) {
        people[value.person] = value.card.name;
        orgs[value.card.org] = value.card.orgName;
      }
    }
    if (currentStay(memory.member('w', this.#actor.person))) {
      for (const { value } of memory.of('w', person.noun) as Doc<Person>[]) people[value.id] = value.name;
      for (const { value } of memory.of('w', organization.noun) as Doc<Organization>[]) orgs[value.id] = value.name;
    }
    return { rooms, people, orgs };
  }

  #file(id: Id): StoredFile | undefined {
    const file = this.#needs.stair.see<StoredFile>(this.#actor, storedFile.noun, id)?.value;
    return file?.state === 'arrived' && file.sha256 !== undefined ? file : undefined;
  }

  async* #attachment(id: Id): AsyncGenerator<ZipPart> {
    const file = this.#file(id);
    const name = file && `${attachmentFolder}${file.sha256!}`;
    if (!name || !this.#needs.files || name in this.#files) return;
    const path = join(this.#needs.files, file.sha256!.slice(0, 2), file.sha256!);
    // What is not on this disk (any more) is missing in the export too, and its event says which it was.
    if (await stat(path).catch(() => undefined)) yield this.#part(name, createReadStream(path), true);
  }

  async #manifest(): Promise<Manifest> {
    const { id, incident, room, from, until, drill } = this.#asked;
    const audit = [...this.#streams.values()].find(({ key }) => key === this.#needs.audit);
    const { origin, size, root } = this.#stood;
    return {
      form: formNow, origin, export: id, by: this.#actor.person, at: this.#needs.stair.now(), selection: { incident, room, from, until }, ...(drill && { drill }), ...(audit && { audit: audit.key }), size, root: hex(root),
      streams: [...this.#streams.values()].map(({ key: stream, from: first, to, lines, withheld }): StreamShown => ({ stream, from: first, to, lines, withheld })),
      kinds: Object.fromEntries([...this.#kinds].toSorted(([a], [b]) => Number(a) - Number(b))), keys: await allKeys(this.#needs.stair.pool), files: this.#files,
    };
  }
}

function thinned(signed: readonly Signed[]): Signed[] {
  const step = Math.ceil(signed.length / mostCheckpoints);
  return signed.filter(({ stamp }, i) => stamp || (signed.length - 1 - i) % step === 0);
}

