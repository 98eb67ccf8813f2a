import { person as personNoun, type Person } from '@noroshi/features/directory';
import { derivedId, newId, systemActor, systemPerson, wallAhead, type Id, type Moment } from '@noroshi/foundations/kernel';
import type { Deed } from '@noroshi/foundations/sync';
import { ComeBackLater, type Stair } from '@noroshi/foundations/sync/server';
import { randomBytes } from 'node:crypto';
import { auditStream, beginAudit, noteAudit, type What } from '../audit.ts';

/** What is to be noted. */
export interface ToNote { readonly what: What; readonly by?: Id | undefined; readonly of?: Id | undefined; readonly address?: string | undefined; readonly device?: string | undefined; readonly note?: string | undefined; readonly when?: Moment; readonly off?: boolean; readonly times?: number }

/** For so long an answer waits for its note; with the database away for longer it is another question (milliseconds). */
const patience = 3_000;
/** With more than this waiting the database does not follow, and what comes now is told to whoever runs the server instead. */
const longestQueue = 10_000;
const logs = new WeakMap<Stair, AuditLog>();

/** Whether it was written before an answer would have waited too long. */
export function inTime(written: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout>;
  return Promise.race([written.then(() => true), new Promise<boolean>((late) => { timer = setTimeout(() => late(false), patience); })]).finally(() => clearTimeout(timer));
}

/**
 * Writes the audit, many notes at once. Whoever notes something waits for it before they answer (`inTime`); what cannot be
 * written while the database is away is kept in memory and goes when it is back.
 */
export class AuditLog {
  readonly #stair: Stair;
  readonly #report: (error: unknown, what: string) => void;
  readonly #waiting: { readonly id: Id; readonly it: ToNote; readonly at: Moment; readonly written: () => void }[] = [];
  #working: Promise<void> | undefined;
  private constructor(stair: Stair, report: (error: unknown, what: string) => void) {
    this.#stair = stair;
    this.#report = report;
  }

  /** The one of this node. */
  static of(stair: Stair, report: (error: unknown, what: string) => void = (error, what) => console.error(what, error)): AuditLog {
    let log = logs.get(stair);
    if (!log) logs.set(stair, (log = new AuditLog(stair, report)));
    return log;
  }

  /** @returns when it is written: on the disk of the database, or found there already */
  note(it: ToNote, id: Id = newId(this.#stair.now(), randomBytes(10))): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#waiting.length >= longestQueue) {
      this.#report(new Error(`not noted: ${it.what}`), 'the audit');
      return promise;
    }
    this.#waiting.push({ id, it, at: this.#stair.now(), written: resolve });
    this.#working ??= this.#work();
    return promise;
  }

  /** The same at most once a day, at the prefecture's clock, for the same: its id follows from it, and a command happens once. */
  noteDaily(it: ToNote & { readonly by: Id; readonly of: Id }): Promise<void> {
    return this.note(it, derivedId(it.by, `audit/${it.what}/${it.of}/${Math.floor(((it.when ?? this.#stair.now()) + wallAhead) / 86_400_000)}`));
  }

  /** What a device tells once or twice is noted once: by its own name for it, and whose it is. */
  noteOnce(it: ToNote & { readonly by: Id }, id: Id): Promise<void> {
    return this.note(it, derivedId(it.by, `audit/late/${id}`));
  }

  /** Waits until all that was noted is written. */
  async idle(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const some = this.#waiting.slice(0, 100);
      const late = this.#stair.now() - some[0]!.at > 1_000;
      try {
        if (!this.#stair.memory.streams.has(auditStream)) await this.#submit(beginAudit, newId(this.#stair.now(), randomBytes(10)), {}, undefined);
        await Promise.all(some.map(({ id, at, it: { by, ...what } }) => this.#submit(noteAudit, id, Object.fromEntries(Object.entries({ ...what, when: what.when ?? (late ? at : undefined) }).filter(([, value]) => value !== undefined)), by)));
        for (const { written } of this.#waiting.splice(0, some.length)) written();
      } catch (error) {
        if (!(error instanceof ComeBackLater)) this.#report(error, 'the audit');
        await new Promise((later) => setTimeout(later, error instanceof ComeBackLater ? error.after : 5_000).unref());
      }
    }
    // In the same breath as nothing was found: whoever notes the next thing begins anew.
    this.#working = undefined;
  }

  async #submit(deed: Deed & { deed: string }, id: Id, input: unknown, by: Id | undefined): Promise<void> {
    const org = by === undefined ? undefined : (this.#stair.memory.get(personNoun.noun, by)?.value as Person | undefined)?.org;
    const answer = await this.#stair.submit({ ...systemActor, person: by ?? systemPerson, org: org ?? systemPerson }, { id, name: deed.deed, input });
    // Begun elsewhere meanwhile, or noted today already.
    if (!answer.ok && answer.code !== 'command.idTaken' && answer.code !== 'command.idReused') this.#report(new Error(answer.code), 'the audit');
  }
}
