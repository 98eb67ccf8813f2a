import { derivedId, newId, refused, type Actor, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import {
  currentStay, fold, joined, left, readInput, touched, workspaceStream,
  type Answer, type Deed, type Doc, type Effect, type Event, type House, type Many, type Member, type Ref, type Sent, type StreamKey,
} from '@noroshi/foundations/sync';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Memory, StreamMemory } from './memory.server.ts';
import { answersGiven, docsByRef, inputHash, lockStreams, write, type AnswerRow, type JobRow, type StreamRow, type Written } from './rows.server.ts';

/** Commands that arrive while a batch is being written go into the next one, at most this many together. */
const batchSize = 256;
/** More than this waiting means that the database does not follow: who comes now is asked to come back. */
const longestQueue = 10_000;
/** A transaction that takes longer than this has lost its database, however quiet the connection is (milliseconds). */
const patience = 15_000;
/** How often a command is tried when two nodes stood in each other's way. */
const tries = 3;

/** Nothing was decided: the database is away, or too much came at once. Not an answer; the same command may come again. */
export class ComeBackLater extends Error {
  /** Milliseconds after which to come back. */
  readonly after: number;
  /** `busy`: this person sends too much; `away`: the database does not answer. */
  readonly why: 'busy' | 'away';
  constructor(why: 'busy' | 'away', after: number, cause?: unknown) {
    super(`come back in ${after} ms: ${why}`, { cause });
    this.why = why;
    this.after = after;
  }
}

/** A rule threw. That is a bug: it is reported, the sender is told `command.failed`, and nothing is stored. */
class RuleFailed extends Error {}

interface Waiting {
  readonly actor: Actor;
  readonly deed: Deed;
  readonly sent: Sent;
  readonly hash: Buffer;
  readonly deviceAt: Moment | null;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** What a batch made true, in the order of each stream. */
export interface Committed { readonly stream: StreamMemory; readonly events: readonly Event[] }

export interface CommitterNeeds {
  readonly pool: pg.Pool;
  readonly memory: Memory;
  readonly house: House;
  readonly now: () => Moment;
  readonly heard: (committed: readonly Committed[]) => void;
  /** Takes in, and tells, what others have committed to a stream. */
  readonly learn: (db: pg.PoolClient, stream: StreamMemory) => Promise<void>;
  /** Tells whoever runs the server of a bug. */
  readonly report: (error: unknown, what: string) => void;
}

/**
 * Turns commands into events. Commands that arrive together are committed together: their streams are locked in one
 * order, each command is judged in turn by what those before it have made true, and the survivors are numbered.
 */
export class Committer {
  readonly #needs: CommitterNeeds;
  #queue: Waiting[] = [];
  /** The same command arriving twice at once has one answer. */
  readonly #underWay = new Map<string, { hash: Buffer; answer: Promise<Answer> }>();
  #running: Promise<void> | undefined;

  constructor(needs: CommitterNeeds) {
    this.#needs = needs;
  }

  /**
   * Asks for a deed. Four questions: who (the caller has answered it), well-formed, done already, may they?
   * @throws ComeBackLater when nothing was decided
   */
  submit(actor: Actor, sent: Sent, deviceAt: Moment | null = null): Promise<Answer> {
    const deed = this.#needs.house.deeds.get(sent.name);
    if (!deed || (deed.system && actor.role !== 'system')) return Promise.resolve(refused('command.unknown'));
    const read = readInput(deed.input, sent.input);
    if (!read.ok) return Promise.resolve(read);
    const input = read.value;
    const hash = inputHash(sent.name, input);
    const key = keyOf(actor.person, sent.id);
    const same = this.#underWay.get(key);
    if (same) return same.hash.equals(hash) ? same.answer : Promise.resolve(refused('command.idReused'));
    if (this.#queue.length >= longestQueue) return Promise.reject(new ComeBackLater('away', 2_000));
    // Whatever a device's clock says is kept, if it is a time at all; it decides nothing.
    const at = Number.isSafeInteger(deviceAt) ? deviceAt : null;
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#queue.push({ actor, deed, sent: { ...sent, input }, hash, deviceAt: at, resolve, reject });
    });
    this.#underWay.set(key, { hash, answer });
    const forget = (): void => void this.#underWay.delete(key);
    answer.then(forget, forget);
    this.#running ??= this.#run();
    return answer;
  }

  /** Waits until all that was asked has been answered. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // Let all that arrived in this turn of the loop into the first batch.
    await new Promise<void>((turn) => setImmediate(turn));
    while (this.#queue.length > 0) await this.#attempt(this.#next());
    this.#running = undefined;
  }

  #next(): Waiting[] {
    let size = 0;
    while (size < batchSize && size < this.#queue.length && !this.#queue[size]!.deed.alone) size++;
    return this.#queue.splice(0, Math.max(1, size));
  }

  async #attempt(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#commit(batch);
    } catch (error) {
      if (isAway(error)) this.#putOff(batch, error);
      else if (batch.length === 1) await this.#again(batch[0]!, error, 1);
      // One of them spoils the batch: each by itself, so that the others are not held up by it.
      else for (const [i, one] of batch.entries()) if (!(await this.#single(one))) return this.#putOff(batch.slice(i), error);
    }
  }

  /** @returns whether it was decided on, rather than the database being away */
  async #single(one: Waiting): Promise<boolean> {
    try {
      await this.#commit([one]);
    } catch (error) {
      if (isAway(error)) return false;
      await this.#again(one, error, 1);
    }
    return true;
  }

  /** What to do with one command that the database or its rule would not have. */
  async #again(one: Waiting, error: unknown, tried: number): Promise<void> {
    const { code, table } = error instanceof pg.DatabaseError ? error : { code: undefined, table: undefined };
    if (code === '23505' && table?.startsWith('noun')) return one.resolve(refused('command.idTaken'));
    // Another node had the same command, the same new number or the same locks in another order.
    const inTheWay = code === '23505' || code === '40001' || code === '40P01';
    if (inTheWay && tried < tries) {
      try {
        return await this.#commit([one]);
      } catch (next) {
        return this.#again(one, next, tried + 1);
      }
    }
    if (inTheWay || isAway(error)) return this.#putOff([one], error);
    this.#needs.report(error, `command ${one.deed.deed}`);
    one.resolve(refused('command.failed'));
  }

  /**
   * Nothing was decided on these, and so nothing is on what the same senders have sent after them: all come again in
   * their order. A commit whose answer was lost is found as done when it comes again.
   */
  #putOff(batch: readonly Waiting[], cause: unknown): void {
    const whole = cause !== undefined && isAway(cause);
    const persons = new Set(batch.map((one) => one.actor.person));
    const late = [...batch, ...this.#queue.filter((one) => whole || persons.has(one.actor.person))];
    this.#queue = this.#queue.filter((one) => !late.includes(one));
    if (cause !== undefined) this.#needs.report(cause, 'the database did not decide on a batch');
    for (const one of late) one.reject(new ComeBackLater('away', 2_000, cause));
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const { pool, memory } = this.#needs;
    const client = await pool.connect();
    const overdue = setTimeout(() => (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy(), patience);
    let broken: Error | undefined;
    let committed: Committed[];
    const outcome = new Map<Waiting, Answer>();
    try {
      await client.query('begin');
      const work = new Work(this.#needs, client);
      const streams = batch.flatMap((b) => [...work.streamsOf(b)]);
      await work.lock(streams);
      if (batch.some((b) => b.deed.alone)) {
        await work.lookAround();
        // One of them may have begun elsewhere while we waited for the workspace.
        await work.lock(streams);
      }
      // Asked under the locks: another node may have decided on the same command while we waited for them.
      const given = await answersGiven(client, batch.map((b) => ({ person: b.actor.person, id: b.sent.id })));
      const answers = new Map(given.map((g) => [keyOf(g.person, g.id), g]));
      const fresh: Waiting[] = [];
      for (const one of batch) {
        const before = answers.get(keyOf(one.actor.person, one.sent.id));
        if (before) outcome.set(one, before.hash.equals(one.hash) ? before.answer : refused('command.idReused'));
        else fresh.push(one);
      }
      await work.bring(fresh.flatMap((b) => work.refsOf(b)));
      for (const one of fresh) outcome.set(one, await work.do(one));
      if (fresh.length > 0) await write(client, work.written(fresh.map((one) => answerRow(one, outcome.get(one)!, work.now))));
      await client.query('commit');
      committed = work.remember(memory);
    } catch (error) {
      broken = error as Error;
      if (broken instanceof pg.DatabaseError || broken instanceof RuleFailed) await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      clearTimeout(overdue);
      // A connection that failed once is not handed to the next batch.
      client.release(broken && !(broken instanceof pg.DatabaseError || broken instanceof RuleFailed) ? broken : undefined);
    }
    for (const [one, answer] of outcome) one.resolve(answer);
    if (committed.length > 0) this.#needs.heard(committed);
  }
}

const keyOf = (person: Id, id: Id): string => `${person}/${id}`;

/** Whether an error says nothing of the command: the database is away, full, starting, or read-only. */
function isAway(error: unknown): boolean {
  if (error instanceof RuleFailed) return false;
  if (!(error instanceof pg.DatabaseError)) return true;
  return /^(08|25|53|57|58)/.test(error.code ?? '');
}

function answerRow(one: Waiting, answer: Answer, at: Moment): AnswerRow {
  return { person: one.actor.person, id: one.sent.id, name: one.deed.deed, hash: one.hash, answer, at, deviceAt: one.deviceAt };
}

/** Calls a room's own code. What it throws is a bug there and not the database's fault. */
function asRule<T>(rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    throw new RuleFailed(`a rule threw: ${(error as Error).message}`, { cause: error });
  }
}

/** What one command makes true, apart from all else until it is known that nothing of it is in the way. */
interface Draft {
  readonly docs: Map<string, Doc & { fresh: boolean }>;
  readonly rows: Map<StreamKey, StreamRow>;
  readonly begun: StreamKey[];
  readonly events: Event[];
  readonly jobs: JobRow[];
}

/** One batch at work: the locked streams, and what has become true in it so far. Seen by nobody until it is committed. */
class Work {
  readonly now: Moment;
  readonly #needs: CommitterNeeds;
  readonly #client: pg.PoolClient;
  readonly #rows = new Map<StreamKey, StreamRow>();
  readonly #begun = new Set<StreamKey>();
  readonly #docs = new Map<string, Doc & { fresh: boolean }>();
  /** Windowed things fetched because they were not at hand; as they are under this batch's locks. */
  readonly #fetched = new Map<string, Doc>();
  readonly #events: Event[] = [];
  readonly #jobs: JobRow[] = [];
  readonly #jobsDone: Id[] = [];
  #lastNo = 0;

  constructor(needs: CommitterNeeds, client: pg.PoolClient) {
    this.#needs = needs;
    this.#client = client;
    this.now = needs.now();
  }

  /** The streams that a command will write to, as far as they can be known before it is judged. */
  streamsOf(one: Waiting): readonly StreamKey[] {
    const own = asRule(() => one.deed.streams(one.sent.input));
    return one.deed.alone ? [...own, workspaceStream] : own;
  }

  refsOf(one: Waiting): Ref[] {
    return Object.values(this.#needsOf(one)).filter((need): need is Ref => 'noun' in need);
  }

  #needsOf(one: Waiting): Record<string, Ref | Many> {
    return asRule(() => one.deed.needs(one.sent.input, one.actor) as Record<string, Ref | Many>);
  }

  /** Locks what is not locked yet and takes in what other nodes committed to it. @returns whether there was anything new */
  async lock(keys: Iterable<StreamKey>): Promise<boolean> {
    const { memory, learn } = this.#needs;
    const nos: number[] = [];
    const unknown: StreamKey[] = [];
    for (const key of new Set(keys)) {
      if (this.#rows.has(key)) continue;
      const known = memory.streams.get(key);
      if (known) nos.push(known.no);
      else unknown.push(key);
    }
    if (nos.length + unknown.length === 0) return false;
    let behind = false;
    const workspace = memory.streams.get(workspaceStream)!;
    for (const { rules, ...row } of await lockStreams(this.#client, nos, unknown)) {
      this.#rows.set(row.key, row);
      const known = memory.addStream({ ...row, head: 0, messages: 0 });
      for (const [stream, head] of [[known, row.head], [workspace, rules]] as const) {
        if (head <= stream.head) continue;
        await learn(this.#client, stream);
        behind = true;
      }
    }
    if (behind) this.#fetched.clear();
    return behind;
  }

  /** Under the workspace's lock: takes in whatever other nodes have done anywhere, new streams included. */
  async lookAround(): Promise<void> {
    const { memory, learn } = this.#needs;
    for (const stream of await memory.moved(this.#client)) await learn(this.#client, stream);
  }

  /** Fetches windowed things that are needed and not at hand. */
  async bring(refs: readonly Ref[]): Promise<void> {
    const { house } = this.#needs;
    const missing = refs.filter((r) => house.nounByName.get(r.noun)?.windowed && !this.#read(r.noun, r.id));
    if (missing.length === 0) return;
    for (const doc of await docsByRef(this.#client, missing)) this.#fetched.set(`${doc.noun}\0${doc.id}`, doc);
  }

  #read = (noun: string, id: string): Doc | undefined =>
    this.#docs.get(`${noun}\0${id}`) ?? this.#needs.memory.get(noun, id) ?? this.#fetched.get(`${noun}\0${id}`);

  /** Judges one command and, if it may be, lets it happen. */
  async do(one: Waiting): Promise<Answer> {
    const { deed, actor, sent } = one;
    const streams = asRule(() => deed.streams(sent.input));
    if (actor.role === 'system') this.#jobsDone.push(sent.id);
    if (!deed.alone && actor.role !== 'system') {
      // Deny by default: who has no place in a stream has no deed in it, and learns nothing of it.
      for (const key of streams) if (!currentStay(this.#member(key, actor.person))) return refused('stream.notFound');
    }
    const when = { now: this.now, id: sent.id, newId: (label: string): Id => derivedId(sent.id, label) };
    for (;;) {
      const facts = this.#facts(one, streams);
      const verdict = asRule(() => deed.may(actor, facts as never, sent.input, when));
      if (!verdict.ok) return verdict as Refusal;
      const effects = asRule(() => deed.then(sent.input, facts as never, actor, when));
      // A deed that writes beyond its own streams learns which ones only here; if they had moved on, it is judged again.
      if (deed.alone && (await this.lock(effects.flatMap((e) => ('on' in e && e.on ? [e.on] : []))))) {
        await this.bring(this.refsOf(one));
        continue;
      }
      return this.#happen(one, effects, streams[0] ?? workspaceStream);
    }
  }

  #member(stream: StreamKey, person: Id): Member | undefined {
    return this.#read('member', `${stream}/${person}`)?.value as never;
  }

  #facts(one: Waiting, streams: readonly StreamKey[]): Record<string, unknown> {
    const facts: Record<string, unknown> = {};
    for (const [name, need] of Object.entries(this.#needsOf(one))) {
      facts[name] = 'noun' in need ? this.#fact(one, need, streams) : this.#many(one, need);
    }
    return facts;
  }

  /** A rule is handed only what stands in the deed's own streams or in the workspace: what lies elsewhere does not exist for it. */
  #fact(one: Waiting, need: Ref, streams: readonly StreamKey[]): unknown {
    const doc = this.#read(need.noun, need.id);
    if (!doc) return undefined;
    if (one.deed.alone || one.actor.role === 'system') return doc.value;
    if (doc.stream !== workspaceStream && !streams.includes(doc.stream)) return undefined;
    const stay = currentStay(this.#member(doc.stream, one.actor.person));
    return doc.stream === workspaceStream || (stay && this.#needs.memory.isVisible(doc, stay)) ? doc.value : undefined;
  }

  #many(one: Waiting, need: Many): unknown[] {
    if (!one.deed.alone) throw new RuleFailed(`${one.deed.deed} asks for many things without the workspace's lock`);
    const { memory } = this.#needs;
    const everywhere = need.stream === '*';
    const keys = everywhere ? [...memory.streams.keys()] : need.person !== undefined ? [...memory.sight(need.person).keys()] : [need.stream ?? workspaceStream];
    const docs = new Map<string, Doc>();
    for (const key of keys) for (const doc of memory.of(key, need.many)) docs.set(doc.id, doc);
    for (const doc of this.#docs.values()) if (doc.noun === need.many && (everywhere || keys.includes(doc.stream))) docs.set(doc.id, doc);
    const mine = [...docs.values()].filter((doc) => need.person === undefined || (doc.value as { person?: Id }).person === need.person);
    return mine.map((doc) => (everywhere || need.person !== undefined ? { ...(doc.value as object), stream: doc.stream } : doc.value));
  }

  async #happen(one: Waiting, effects: readonly Effect[], home: StreamKey): Promise<Answer> {
    const { deed } = one;
    const draft: Draft = { docs: new Map(), rows: new Map(), begun: [], events: [], jobs: [] };
    const wanted = new Set<string>();
    for (const effect of effects) {
      let done = true;
      if ('later' in effect) {
        // Once for each step. Its id is nobody's to guess: what it will make has ids that follow from it, and who took one beforehand would stop it.
        if (!wanted.has(effect.step)) draft.jobs.push({ id: newId(this.now, randomBytes(10)), due: effect.later, command: effect.command, input: effect.input });
        wanted.add(effect.step);
      }
      else if ('kind' in effect) done = await this.#tell(one, draft, effect.on ?? home, effect.kind.kind, effect.body, effect);
      else if (!deed.alone) throw new RuleFailed(`${deed.deed} changes who is in a stream without the workspace's lock`);
      else if ('begins' in effect) done = await this.#begin(draft, effect.begins);
      else if ('joins' in effect) {
        const row = this.#row(draft, effect.on, deed);
        const no = (this.#draftRead(draft)('member', `${effect.on}/${effect.joins}`)?.value as Member | undefined)?.no ?? (row.members += 1);
        done = await this.#tell(one, draft, effect.on, joined.kind, { person: effect.joins, no, card: effect.card, history: effect.history });
      } else done = await this.#tell(one, draft, effect.on, left.kind, { person: effect.leaves });
      if (!done) return refused('command.idTaken');
    }
    for (const [name, doc] of draft.docs) this.#docs.set(name, doc);
    for (const [key, row] of draft.rows) this.#rows.set(key, row);
    for (const key of draft.begun) this.#begun.add(key);
    this.#events.push(...draft.events);
    this.#jobs.push(...draft.jobs);
    const first = draft.events[0];
    return { ok: true, stream: first?.stream ?? home, seq: first?.seq ?? 0, at: this.now };
  }

  #draftRead = (draft: Draft) => (noun: string, id: string): Doc | undefined => draft.docs.get(`${noun}\0${id}`) ?? this.#read(noun, id);

  /** A stream's counters as this command leaves them. */
  #row(draft: Draft, key: StreamKey, deed: Deed): StreamRow {
    let row = draft.rows.get(key);
    if (row) return row;
    const before = this.#rows.get(key);
    if (!before) throw new RuleFailed(`${deed.deed} writes to a stream that it has not locked: ${key}`);
    row = { ...before };
    draft.rows.set(key, row);
    return row;
  }

  /** Numbers an event and folds it in. @returns false where it would make a thing whose id is taken, or touch one of another stream */
  async #tell(one: Waiting, draft: Draft, key: StreamKey, kind: string, body: object, more: { incident?: Id | undefined; drill?: boolean | undefined } = {}): Promise<boolean> {
    const { house } = this.#needs;
    const { sent, actor, deed } = one;
    const row = this.#row(draft, key, deed);
    row.head += 1;
    const what = house.kinds.get(kind);
    if (!what) throw new RuleFailed(`${deed.deed} makes an event of a kind that no room lists: ${kind}`);
    const message = what.message ? (row.messages += 1) : undefined;
    const event: Event = {
      stream: key, seq: row.head, id: sent.id, n: draft.events.length, kind, at: this.now, by: actor.person, org: actor.org,
      incident: more.incident, drill: more.drill || undefined, message, body,
    };
    const read = this.#draftRead(draft);
    const refs = asRule(() => touched(house.nouns, event));
    // What is changed must be at hand, also where the rule did not ask for it. What is made now is nowhere yet.
    await this.bring(refs.filter((r) => r.id !== sent.id && !house.nounByName.get(r.noun)!.folds.get(kind)!.begins && !read(r.noun, r.id)));
    for (const ref of refs) {
      const before = read(ref.noun, ref.id);
      if (before && (before.stream !== key || house.nounByName.get(ref.noun)!.folds.get(kind)!.begins)) return false;
    }
    for (const doc of asRule(() => fold(house.nouns, event, read))) {
      const name = `${doc.noun}\0${doc.id}`;
      const before = draft.docs.get(name) ?? this.#docs.get(name);
      draft.docs.set(name, { ...doc, fresh: before?.fresh ?? doc.born === doc.seq });
    }
    draft.events.push(event);
    return true;
  }

  async #begin(draft: Draft, key: StreamKey): Promise<boolean> {
    if (this.#needs.memory.streams.has(key) || this.#rows.has(key) || draft.rows.has(key)) return false;
    if (!this.#lastNo) this.#lastNo = (await this.#client.query<{ no: number }>('select max(no) as no from stream where workspace = 1')).rows[0]!.no;
    draft.rows.set(key, { no: ++this.#lastNo, key, head: 0, messages: 0, members: 0 });
    draft.begun.push(key);
    return true;
  }

  /** The rows of this batch. */
  written(answers: readonly AnswerRow[]): Written {
    const { house } = this.#needs;
    const touched = new Set(this.#events.map((e) => e.stream));
    return {
      streams: [...this.#rows.values()].filter((r) => touched.has(r.key) && !this.#begun.has(r.key)),
      begun: [...this.#begun].map((key) => this.#rows.get(key)!),
      events: this.#events.map((event) => ({ stream: this.#rows.get(event.stream)!.no, kind: house.kinds.get(event.kind)!.no, event })),
      docs: [...this.#docs.values()].map((doc) => ({ ...doc, no: this.#rows.get(doc.stream)!.no })),
      answers,
      jobs: this.#jobs,
      jobsDone: this.#jobsDone,
    };
  }

  /** After the commit: this node now knows it. @returns what is news here, to be told */
  remember(memory: Memory): Committed[] {
    const byStream = new Map<StreamKey, { events: Event[]; docs: Doc[] }>();
    const of = (key: StreamKey): { events: Event[]; docs: Doc[] } => {
      let one = byStream.get(key);
      if (!one) byStream.set(key, (one = { events: [], docs: [] }));
      return one;
    };
    for (const event of this.#events) of(event.stream).events.push(event);
    for (const { fresh: _fresh, ...doc } of this.#docs.values()) of(doc.stream).docs.push(doc);
    const committed: Committed[] = [];
    for (const [key, { events, docs }] of byStream) {
      const stream = memory.addStream({ ...this.#rows.get(key)!, head: 0, messages: 0 });
      const news = memory.take(stream, events, docs);
      if (news.length > 0) committed.push({ stream, events: news });
    }
    return committed;
  }
}
