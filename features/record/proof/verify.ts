import type { Moment } from '@noroshi/foundations/kernel';
import { Findings, type Found } from './findings.ts';
import { attachmentFolder, formNow, parts, type Manifest } from './form.ts';
import { fingerprint, readKey } from './note.ts';
import { PartnerCheck, type PartnerProof } from './partners.ts';
import { readForm, readManifest, readRooms } from './read.ts';
import { SignedParts, type CheckSignature } from './signed-parts.ts';
import { NotWhole, unzip, type Entry, type Source } from './unzip.ts';
import { Walk } from './walk.ts';
import { ZipParts } from './zip-parts.ts';

export type { CheckSignature } from './signed-parts.ts';
export type { Found } from './findings.ts';

export interface VerifyNeeds {
  readonly source: Source;
  readonly checkSignature: CheckSignature;
  /** Checkpoints that were kept in another place, where they are at hand. */
  readonly kept?: string | undefined;
  /** Told how far it has come, from 0 to 1. */
  readonly progress?: (part: number) => void;
}

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
  readonly #findings = new Findings();
  readonly #parts: ZipParts;
  readonly #signed: SignedParts;

  constructor(needs: VerifyNeeds, entries: ReadonlyMap<string, Entry>) {
    this.#needs = needs;
    this.#parts = new ZipParts(entries, this.#findings.finds);
    this.#signed = new SignedParts(needs.checkSignature, this.#findings.finds);
  }

  async #verdict(proven?: Verdict['proven']): Promise<Verdict> {
    const { list, more } = this.#findings;
    return { found: list, more, rooms: await this.#rooms(), proven: list.length === 0 ? proven : undefined };
  }

  async run(): Promise<Verdict> {
    const { finds } = this.#findings;
    const needed = [parts.events, parts.log, parts.checkpoints, parts.manifest, parts.signature];
    const lacking = needed.filter((name) => !this.#parts.has(name));
    if (lacking.length === needed.length) return { found: [{ code: 'noExport', params: {} }], more: 0, rooms: {} };
    for (const name of lacking) finds('partMissing', { name });
    if (lacking.length > 0) return this.#verdict();
    const words = await this.#parts.text(parts.manifest);
    const form = readForm(words ?? '');
    const manifest = form === formNow ? readManifest(words!) : undefined;
    if (manifest) return this.#whole(manifest, words!);
    if (form === undefined || form === formNow) finds('manifestUnreadable');
    else finds('otherForm', { form });
    return this.#verdict();
  }

  /** All that an export has, one after the other: what is signed, the record, and the other parts. */
  async #whole(manifest: Manifest, words: string): Promise<Verdict> {
    const keys = manifest.keys.flatMap((text) => readKey(text) ?? []);
    const isSigned = await this.#signed.manifest(manifest, words, (await this.#parts.text(parts.signature)) ?? '', keys);
    const log = await this.#signed.checkpoints((await this.#parts.text(parts.checkpoints)) ?? '', manifest, keys);
    const stamped = this.#parts.has(parts.stamps) ? this.#signed.stamps((await this.#parts.text(parts.stamps)) ?? '?', log.notes) : undefined;
    const kept = this.#needs.kept === undefined ? undefined : this.#signed.kept(this.#needs.kept);
    const partners = this.#partners(manifest);
    const walk = new Walk({
      manifest, finds: this.#findings.finds, log: this.#parts.lines(parts.log, manifest), events: this.#parts.lines(parts.events, manifest),
      checkpoints: log.all, partners, wanted: new Set(kept?.map(({ checkpoint }) => checkpoint.size)), progress: this.#needs.progress,
    });
    const roots = await walk.run();
    if (this.#findings.list.length === 0) this.#parts.lookAfterwards();
    await this.#parts.others(manifest);
    const last = log.all.findLast(({ size }) => size === manifest.size);
    const { events, hidden, first, attached } = walk;
    return this.#verdict({
      events, hidden, withheld: manifest.streams.reduce((sum, one) => sum + one.withheld, 0), streams: manifest.streams.length,
      attachments: this.#parts.attachments,
      audit: typeof manifest.audit === 'string' ? (manifest.streams.find(({ stream }) => stream === manifest.audit)?.lines ?? 0) : undefined,
      missing: [...attached].filter((sha256) => !this.#parts.has(attachmentFolder + sha256)).length,
      ...(first === undefined ? {} : { first }), ...(walk.last === undefined ? {} : { last: walk.last }),
      checkpoints: log.all.length, at: last?.at ?? manifest.at, size: manifest.size, selection: manifest.selection, drill: manifest.drill ?? false, stamped, partners: partners.proven(),
      keys: [...new Set(keys.map(fingerprint))], signed: log.signed === undefined ? undefined : isSigned, kept: kept && (await this.#signed.agreed(kept, manifest, roots, keys)),
    });
  }

  #partners(manifest: Manifest): PartnerCheck {
    const lines = this.#parts.has(parts.partners) ? this.#parts.lines(parts.partners, manifest) : undefined;
    return new PartnerCheck({ manifest, lines, checkSignature: this.#needs.checkSignature, finds: this.#findings.finds });
  }

  /** What rooms are called, for reading. */
  async #rooms(): Promise<Readonly<Record<string, string>>> {
    return this.#parts.has(parts.names) ? readRooms((await this.#parts.text(parts.names)) ?? '') : {};
  }
}
