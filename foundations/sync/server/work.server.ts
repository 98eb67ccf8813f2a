import { derivedId, newId, refused, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import {
  currentStay, joined, left, touched, workspaceStream,
  type Answer, type Deed, type Doc, type Effect, type Empties, type Event, type House, type Ref, type StreamKey,
} from '@noroshi/foundations/sync';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { aboutWhich, foldOf } from './about.server.ts';
import { asRule, refsOf, RuleFailed, type Asked } from './asked.server.ts';
import { emptiedOf, type Emptied } from './empty-words.server.ts';
import { factsOf, memberIn } from './facts.server.ts';
import type { Memory, StreamMemory } from './memory.server.ts';
import { docsByRef, lockStreams, type AnswerRow, type JobRow, type Locked, type StreamRow, type Written } from './rows.server.ts';

/** What a batch made true, in the order of each stream. */
export interface Committed { readonly stream: StreamMemory; readonly events: readonly Event[] }

/** What a batch at work is handed. */
export interface WorkNeeds {
  readonly memory: Memory;
  readonly house: House;
  readonly now: () => Moment;
  /** Takes in, and tells, what others have committed to a stream. */
  readonly learn: (db: pg.PoolClient, stream: StreamMemory) => Promise<void>;
}

/** What one command makes true, apart from all else until it is known that nothing of it is in the way. */
interface Draft {
  readonly docs: Map<string, Doc & { fresh: boolean }>;
  readonly rows: Map<StreamKey, StreamRow>;
  readonly begun: StreamKey[];
  readonly events: Event[];
  readonly jobs: JobRow[];
  readonly emptied: Emptied[];
}

/** One batch at work: the locked streams, and what has become true in it so far. Seen by nobody until it is committed. */
export class Work {
  readonly now: Moment;
  readonly #needs: WorkNeeds;
  readonly #client: pg.PoolClient;
  readonly #rows = new Map<StreamKey, StreamRow>();
  readonly #begun = new Set<StreamKey>();
  readonly #docs = new Map<string, Doc & { fresh: boolean }>();
  /** Windowed things fetched because they were not at hand; as they are under this batch's locks. */
  readonly #fetched = new Map<string, Doc>();
  readonly #events: Event[] = [];
  readonly #jobs: JobRow[] = [];
  readonly #jobsDone: Id[] = [];
  readonly #emptied: Emptied[] = [];
  #lastNo = 0;

  constructor(needs: WorkNeeds, client: pg.PoolClient) {
    this.#needs = needs;
    this.#client = client;
    this.now = needs.now();
  }

  /** Locks what is not locked yet and takes in what other nodes committed to it. @returns whether there was anything new */
  async lock(keys: Iterable<StreamKey>): Promise<boolean> {
    return this.locked(await this.asksForLocks(keys));
  }

  /** Asks the tables for the locks, of what is not locked yet. */
  asksForLocks(keys: Iterable<StreamKey>): Promise<Locked[]> {
    const { memory } = this.#needs;
    const nos: number[] = [];
    const unknown: StreamKey[] = [];
    for (const key of new Set(keys)) {
      if (this.#rows.has(key)) continue;
      const known = memory.streams.get(key);
      if (known) nos.push(known.no);
      else unknown.push(key);
    }
    return nos.length + unknown.length === 0 ? Promise.resolve([]) : lockStreams(this.#client, nos, unknown);
  }

  /** These are locked now: takes in what other nodes committed to them. @returns whether there was anything new */
  async locked(rows: readonly Locked[]): Promise<boolean> {
    const { memory, learn } = this.#needs;
    let behind = false;
    const workspace = memory.streams.get(workspaceStream)!;
    for (const { rules, ...row } of rows) {
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
  async do(one: Asked): Promise<Answer> {
    const { deed, actor, sent } = one;
    const streams = asRule(() => deed.streams(sent.input));
    if (actor.role === 'system') this.#jobsDone.push(sent.id);
    if (!deed.alone && actor.role !== 'system') {
      // Deny by default: who has no place in a stream has no deed in it, and learns nothing of it.
      for (const key of streams) if (!currentStay(memberIn(key, actor.person, this.#read))) return refused('stream.notFound');
    }
    const when = { now: this.now, id: sent.id, newId: (label: string): Id => derivedId(sent.id, label) };
    for (;;) {
      const facts = factsOf(one, streams, { memory: this.#needs.memory, read: this.#read, made: this.#docs });
      const verdict = asRule(() => deed.may(actor, facts as never, sent.input, when));
      if (!verdict.ok) return verdict as Refusal;
      const effects = asRule(() => deed.then(sent.input, facts as never, actor, when));
      // A deed that writes beyond its own streams learns which ones only here; if they had moved on, it is judged again.
      if (deed.alone && (await this.lock(effects.flatMap((e) => ('on' in e && e.on ? [e.on] : []))))) {
        await this.bring(refsOf(one));
        continue;
      }
      return this.#happen(one, effects, streams[0] ?? workspaceStream);
    }
  }

  async #happen(one: Asked, effects: readonly Effect[], home: StreamKey): Promise<Answer> {
    const { deed } = one;
    const draft: Draft = { docs: new Map(), rows: new Map(), begun: [], events: [], jobs: [], emptied: [] };
    const wanted = new Set<string>();
    const vacated = ({ vacates }: { vacates?: boolean }) => (vacates ? { vacated: one.sent.id } : {});
    for (const effect of effects) {
      let done = true;
      if ('later' in effect) {
        // Once for each step. Its id is nobody's to guess: what it will make has ids that follow from it, and who took one beforehand would stop it.
        if (!wanted.has(effect.step)) draft.jobs.push({ id: newId(this.now, randomBytes(10)), due: effect.later, command: effect.command, input: effect.input });
        wanted.add(effect.step);
      }
      else if ('empties' in effect) await this.#empty(one, draft, effect);
      else if ('kind' in effect) done = await this.#tell(one, draft, effect.on ?? home, effect.kind.kind, effect.body, effect);
      else if (!deed.alone) throw new RuleFailed(`${deed.deed} changes who is in a stream without the workspace's lock`);
      else if ('begins' in effect) done = await this.#begin(draft, effect.begins);
      else if ('joins' in effect) {
        const row = this.#row(draft, effect.on, deed);
        const no = memberIn(effect.on, effect.joins, this.#draftRead(draft))?.no ?? (row.members += 1);
        done = await this.#tell(one, draft, effect.on, joined.kind, { person: effect.joins, no, card: effect.card, history: effect.history, ...(effect.from === undefined ? {} : { from: effect.from }), ...vacated(effect) });
      } else done = await this.#tell(one, draft, effect.on, left.kind, { person: effect.leaves, ...vacated(effect) });
      if (!done) return refused('command.idTaken');
    }
    for (const [name, doc] of draft.docs) this.#docs.set(name, doc);
    for (const [key, row] of draft.rows) this.#rows.set(key, row);
    for (const key of draft.begun) this.#begun.add(key);
    this.#events.push(...draft.events);
    this.#jobs.push(...draft.jobs);
    this.#emptied.push(...draft.emptied);
    const first = draft.events[0];
    return { ok: true, stream: first?.stream ?? home, seq: first?.seq ?? 0, at: this.now };
  }

  async #empty({ deed }: Asked, draft: Draft, effect: Empties): Promise<void> {
    if (!deed.alone) throw new RuleFailed(`${deed.deed} takes words out of the record without the workspace's lock`);
    await this.bring(effect.of);
    for (const { noun, id } of effect.of) {
      const doc = this.#draftRead(draft)(noun, id);
      if (!doc) throw new RuleFailed(`${deed.deed} empties a ${noun} that is not there`);
      draft.emptied.push(...emptiedOf(this.#needs.house, doc, effect));
    }
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
  async #tell(one: Asked, draft: Draft, key: StreamKey, kind: string, body: object, more: { incident?: Id | undefined; drill?: boolean | undefined } = {}): Promise<boolean> {
    const { house } = this.#needs;
    const { sent, actor, deed } = one;
    const row = this.#row(draft, key, deed);
    row.head += 1;
    const what = house.kinds.get(kind);
    if (!what) throw new RuleFailed(`${deed.deed} makes an event of a kind that no room lists: ${kind}`);
    const message = (typeof what.message === 'function' ? what.message(body) : what.message) ? (row.messages += 1) : undefined;
    const bare: Event = {
      stream: key, seq: row.head, id: sent.id, n: draft.events.length, kind, at: this.now, by: actor.person, org: actor.org,
      incident: more.incident, drill: more.drill || undefined, message, body,
    };
    const read = this.#draftRead(draft);
    const refs = asRule(() => touched(house.nouns, bare));
    // What is changed must be at hand, also where the rule did not ask for it. What is made now is nowhere yet.
    const of = asRule(() => refs.flatMap(({ noun, id }) => (read(noun, id) ? [] : house.of?.get(noun)?.(bare) ?? [])));
    await this.bring([...of, ...refs.filter((r) => r.id !== sent.id && !house.nounByName.get(r.noun)!.folds.get(kind)!.begins && !read(r.noun, r.id))]);
    for (const ref of refs) {
      const before = read(ref.noun, ref.id);
      if (before && (before.stream !== key || house.nounByName.get(ref.noun)!.folds.get(kind)!.begins)) return false;
    }
    const event: Event = { ...bare, ...aboutWhich(house, bare, refs, read) };
    for (const doc of asRule(() => foldOf(house, event, read))) {
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

  /** What of the record is emptied with this batch. */
  get emptied(): (Omit<Emptied, 'stream'> & { no: number })[] {
    return this.#emptied.map(({ stream, ...what }) => ({ ...what, no: this.#rows.get(stream)!.no }));
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
