import { derivedId, refused, type Actor, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import {
  currentStay, fold, joined, left, workspaceStream,
  type Answer, type Deed, type Doc, type Effect, type Event, type House, type Many, type Member, type Ref, type Sent, type StreamKey,
} from '@noroshi/foundations/sync';
import type pg from 'pg';
import type { Memory, StreamMemory } from './memory.server.ts';
import { answersGiven, docsByRef, inputHash, lockStreams, write, type AnswerRow, type JobRow, type StreamRow, type Written } from './rows.server.ts';
import { readInput } from './problem.server.ts';

/** Commands that arrive while a batch is being written go into the next one, at most this many together. */
const batchSize = 256;

/** Nothing was decided: the database is away or the line is full. Not an answer; the same command may come again. */
export class ComeBackLater extends Error {}

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
}

/**
 * Turns commands into events. Commands that arrive together are committed together: their streams are locked in one
 * order, each command is judged in turn by what those before it have made true, and the survivors are numbered.
 */
export class Committer {
  readonly #needs: CommitterNeeds;
  readonly #queue: Waiting[] = [];
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
    const key = `${actor.person}/${sent.id}`;
    const same = this.#underWay.get(key);
    if (same) return same.hash.equals(hash) ? same.answer : Promise.resolve(refused('command.idReused'));
    const answer = new Promise<Answer>((resolve, reject) => {
      // Whatever a device's clock says is kept, if it is a time at all; it decides nothing.
      this.#queue.push({ actor, deed, sent: { ...sent, input }, hash, deviceAt: Number.isSafeInteger(deviceAt) ? deviceAt : null, resolve, reject });
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
    while (this.#queue.length > 0) {
      const batch = this.#next();
      try {
        await this.#commit(batch);
      } catch (error) {
        if (batch.length === 1) this.#fail(batch[0]!, error as Error);
        else for (const one of batch) await this.#commit([one]).catch((e: Error) => this.#fail(one, e));
      }
    }
    this.#running = undefined;
  }

  #next(): Waiting[] {
    let size = 0;
    while (size < batchSize && size < this.#queue.length && !this.#queue[size]!.deed.alone) size++;
    return this.#queue.splice(0, Math.max(1, size));
  }

  #fail(one: Waiting, error: Error & { code?: string; table?: string }): void {
    if (error.code === '23505' && error.table?.startsWith('noun')) one.resolve(refused('command.idTaken'));
    else if (error.code === '23514') one.reject(error);
    else one.reject(new ComeBackLater(error.message, { cause: error }));
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const { pool, memory } = this.#needs;
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const work = new Work(this.#needs, client);
      const given = await answersGiven(client, batch.map((b) => ({ person: b.actor.person, id: b.sent.id })));
      const answers = new Map(given.map((g) => [`${g.person}/${g.id}`, g]));
      const fresh = batch.filter((b) => !answers.has(`${b.actor.person}/${b.sent.id}`));
      const outcome = new Map<Waiting, Answer>();
      for (const one of batch) {
        const before = answers.get(`${one.actor.person}/${one.sent.id}`);
        if (before) outcome.set(one, before.hash.equals(one.hash) ? before.answer : refused('command.idReused'));
      }
      const keys = new Set(fresh.flatMap((b) => b.deed.streams(b.sent.input)));
      if (fresh.some((b) => b.deed.alone)) keys.add(workspaceStream);
      await work.lock(keys);
      await work.bring(fresh.flatMap((b) => refsOf(b)));
      for (const one of fresh) outcome.set(one, await work.do(one));
      const written = work.written(fresh.map((one) => answerRow(one, outcome.get(one)!, work.now)));
      if (fresh.length > 0) await write(client, written);
      await client.query('commit');
      const committed = work.remember(memory);
      for (const [one, answer] of outcome) one.resolve(answer);
      if (committed.length > 0) this.#needs.heard(committed);
    } catch (error) {
      broken = error as Error;
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      // A connection that failed once is not handed to the next batch.
      client.release(broken && !(broken as { code?: string }).code ? broken : undefined);
    }
  }
}

function answerRow(one: Waiting, answer: Answer, at: Moment): AnswerRow {
  return { person: one.actor.person, id: one.sent.id, name: one.deed.deed, hash: one.hash, answer, at, deviceAt: one.deviceAt };
}

function refsOf(one: Waiting): Ref[] {
  return Object.values(one.deed.needs(one.sent.input, one.actor) as Record<string, Ref | Many>).filter((need): need is Ref => 'noun' in need);
}

/** One batch at work: the locked streams, and what has become true in it so far. Seen by nobody until it is committed. */
class Work {
  readonly now: Moment;
  readonly #needs: CommitterNeeds;
  readonly #client: pg.PoolClient;
  readonly #rows = new Map<StreamKey, StreamRow>();
  readonly #begun = new Map<StreamKey, StreamRow>();
  readonly #docs = new Map<string, Doc & { fresh: boolean }>();
  /** Windowed things fetched because memory did not hold them. */
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

  /** Locks what is not locked yet and takes in what other nodes committed to it. */
  async lock(keys: Iterable<StreamKey>): Promise<boolean> {
    const { memory } = this.#needs;
    const wanted = [...keys].filter((key) => !this.#rows.has(key)).map((key) => memory.streams.get(key)?.no).filter((no) => no !== undefined);
    if (wanted.length === 0) return false;
    let behind = false;
    const workspace = memory.streams.get(workspaceStream)!;
    for (const { rules, ...row } of await lockStreams(this.#client, wanted.sort((a, b) => a - b))) {
      this.#rows.set(row.key, row);
      const known = memory.byNo.get(row.no)!;
      for (const stream of [known, workspace]) {
        if ((stream === known ? row.head : rules) > stream.head) {
          await memory.catchUp(this.#client, stream);
          behind = true;
        }
      }
    }
    return behind;
  }

  /** Fetches windowed things that rules will ask for. */
  async bring(refs: readonly Ref[]): Promise<void> {
    const { memory, house } = this.#needs;
    const missing = refs.filter((r) => house.nounByName.get(r.noun)?.windowed && !memory.get(r.noun, r.id));
    if (missing.length === 0) return;
    for (const doc of await docsByRef(this.#client, missing)) this.#fetched.set(`${doc.noun}\0${doc.id}`, doc);
  }

  #read = (noun: string, id: string): Doc | undefined =>
    this.#docs.get(`${noun}\0${id}`) ?? this.#needs.memory.get(noun, id) ?? this.#fetched.get(`${noun}\0${id}`);

  /** Judges one command and, if it may be, lets it happen. */
  async do(one: Waiting): Promise<Answer> {
    const { deed, actor, sent } = one;
    const streams = deed.streams(sent.input);
    if (actor.role === 'system') this.#jobsDone.push(sent.id);
    if (!deed.alone && actor.role !== 'system') {
      // Deny by default: who has no place in a stream has no deed in it, and learns nothing of it.
      for (const key of streams) if (!currentStay(this.#member(key, actor.person))) return refused('stream.notFound');
    }
    const when = { now: this.now, id: sent.id, newId: (label: string): Id => derivedId(sent.id, label) };
    for (;;) {
      const facts = this.#facts(one, streams);
      const verdict = deed.may(actor, facts, sent.input, when);
      if (!verdict.ok) return verdict as Refusal;
      const effects = deed.then(sent.input, facts, actor, when);
      // A deed that writes beyond its own streams learns which ones only here; if they had moved on, it is judged again.
      if (deed.alone && (await this.lock(effects.flatMap((e) => ('on' in e && e.on ? [e.on] : []))))) continue;
      return this.#happen(one, effects, streams[0] ?? workspaceStream);
    }
  }

  #member(stream: StreamKey, person: Id): Member | undefined {
    return this.#read('member', `${stream}/${person}`)?.value as never;
  }

  #facts(one: Waiting, streams: readonly StreamKey[]): Record<string, unknown> {
    const facts: Record<string, unknown> = {};
    for (const [name, need] of Object.entries(one.deed.needs(one.sent.input, one.actor) as Record<string, Ref | Many>)) {
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
    if (!one.deed.alone) throw new Error(`${one.deed.deed} asks for many things without the workspace's lock`);
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
    const { house } = this.#needs;
    const { sent, actor } = one;
    let first: Event | undefined;
    let n = 0;
    const undo = { events: this.#events.length, jobs: this.#jobs.length, docs: new Map(this.#docs), rows: new Map([...this.#rows].map(([k, r]) => [k, { ...r }])), begun: new Map(this.#begun) };
    const tell = (key: StreamKey, kind: string, body: object, more: { incident?: Id | undefined; drill?: boolean | undefined } = {}): boolean => {
      const row = this.#rows.get(key);
      if (!row) throw new Error(`${one.deed.deed} writes to a stream that it has not locked: ${key}`);
      row.head += 1;
      const message = house.kinds.get(kind)!.message ? (row.messages += 1) : undefined;
      const event: Event = { stream: key, seq: row.head, id: sent.id, n: n++, kind, at: this.now, by: actor.person, org: actor.org, incident: more.incident, drill: more.drill || undefined, message, body };
      for (const noun of house.nouns) {
        const id = noun.folds.get(kind)?.id(event);
        const before = id === undefined ? undefined : this.#read(noun.noun, id);
        if (before && before.stream !== key) return false;
      }
      for (const doc of fold(house.nouns, event, this.#read)) {
        const name = `${doc.noun}\0${doc.id}`;
        this.#docs.set(name, { ...doc, fresh: this.#docs.get(name)?.fresh ?? doc.born === doc.seq });
      }
      this.#events.push(event);
      first ??= event;
      return true;
    };
    for (const effect of effects) {
      let done = true;
      if ('begins' in effect) done = await this.#begin(effect.begins);
      else if ('joins' in effect) {
        const row = this.#rows.get(effect.on)!;
        const no = this.#member(effect.on, effect.joins)?.no ?? (row.members += 1);
        done = tell(effect.on, joined.kind, { person: effect.joins, no, card: effect.card, history: effect.history });
      } else if ('leaves' in effect) done = tell(effect.on, left.kind, { person: effect.leaves });
      else if ('later' in effect) this.#jobs.push({ id: derivedId(sent.id, effect.step), due: effect.later, command: effect.command, input: effect.input });
      else done = tell(effect.on ?? home, effect.kind.kind, effect.body, effect);
      if (!done) {
        this.#events.length = undo.events;
        this.#jobs.length = undo.jobs;
        restore(this.#docs, undo.docs);
        restore(this.#rows, undo.rows);
        restore(this.#begun, undo.begun);
        return refused('command.idTaken');
      }
    }
    return { ok: true, stream: first?.stream ?? home, seq: first?.seq ?? 0, at: this.now };
  }

  async #begin(key: StreamKey): Promise<boolean> {
    if (this.#needs.memory.streams.has(key) || this.#begun.has(key)) return false;
    if (!this.#lastNo) this.#lastNo = (await this.#client.query<{ no: number }>('select max(no) as no from stream where workspace = 1')).rows[0]!.no;
    const row: StreamRow = { no: ++this.#lastNo, key, head: 0, messages: 0, members: 0 };
    this.#begun.set(key, row);
    this.#rows.set(key, row);
    return true;
  }

  /** The rows of this batch. */
  written(answers: readonly AnswerRow[]): Written {
    const { house } = this.#needs;
    const touched = new Set(this.#events.map((e) => e.stream));
    return {
      streams: [...this.#rows.values()].filter((r) => touched.has(r.key) && !this.#begun.has(r.key)),
      begun: [...this.#begun.values()],
      events: this.#events.map((event) => ({ stream: this.#rows.get(event.stream)!.no, kind: house.kinds.get(event.kind)!.no, event })),
      docs: [...this.#docs.values()].map((doc) => ({ ...doc, no: this.#rows.get(doc.stream)!.no })),
      answers,
      jobs: this.#jobs,
      jobsDone: this.#jobsDone,
    };
  }

  /** After the commit: this node now knows it. */
  remember(memory: Memory): Committed[] {
    const committed = new Map<StreamKey, Event[]>();
    for (const event of this.#events) {
      const list = committed.get(event.stream);
      if (list) list.push(event);
      else committed.set(event.stream, [event]);
    }
    for (const key of committed.keys()) memory.addStream(this.#rows.get(key)!);
    for (const doc of this.#docs.values()) memory.put({ noun: doc.noun, id: doc.id, stream: doc.stream, born: doc.born, seq: doc.seq, value: doc.value });
    return [...committed].map(([key, events]) => ({ stream: memory.streams.get(key)!, events }));
  }
}

function restore<K, V>(map: Map<K, V>, before: Map<K, V>): void {
  map.clear();
  for (const [key, value] of before) map.set(key, value);
}
