import type { DexieOptions, Observable, Subscription } from 'dexie';
import { derivedId, idToBytes, newId, refused, type Actor, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { fold, largestCommand, pack, readInput, touched, up, workspaceStream, type Answer, type Deed, type Doc, type Event, type House, type Many, type Range, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import type { LineState } from './connection.web.ts';
import { LineEnd } from './line.web.ts';
import { liveQuery } from './live-query.web.ts';
import { Replica } from './replica.web.ts';
import type { MarkPlace } from './outbox-mark.web.ts';
import type { OutboxItem } from './store.web.ts';
import { Tabs, type Channel } from './tabs.web.ts';
import { Together, type Watched } from './watched.web.ts';
import type { OpenWire } from './wire.web.ts';

export interface LowerEndNeeds {
  readonly house: House;
  readonly actor: Actor;
  readonly wires: readonly OpenWire[];
  readonly now: () => Moment;
  readonly randomBytes: (n: number) => Uint8Array;
  readonly inFront: () => boolean;
  readonly inflate: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** How the line is: its state, why, and whether it is a bad one. */
  readonly state: (state: LineState, code: string | undefined, isBad: boolean) => void;
  /** Which streams matter most beside the one that is open: after a silence they are fetched first. */
  readonly first?: (replica: Replica) => Promise<readonly StreamKey[]>;
  /** For how long is gathered on a line that is to be spared (milliseconds); 30 s unless said. */
  readonly gatherFor?: number;
  readonly storage?: DexieOptions;
  /** Where it is noted, apart from the outbox, what waits in it. */
  readonly markPlace?: MarkPlace;
  /** What is being written, in memory as well: handed from an end whose store was lost to the one after it. */
  readonly drafts?: Map<string, string>;
  /** A store of this device was deleted under it, or evicted by the browser. This end is of no use any more; another may be opened. */
  readonly lost?: () => void;
  /** Joins the tabs of this person in this browser. */
  readonly tabs?: Channel;
}

/** What became of a word given to the stair: kept on this device, or refused before it was. */
export type Told = { readonly ok: true; readonly id: Id; readonly answer: Promise<Answer> } | Refusal;

/** What a screen sees of the stair: send a deed, watch what is now true. */
export class LowerEnd {
  readonly replica: Replica;
  readonly actor: Actor;
  readonly line: LineEnd;
  /** What is being written, by its place, should the disk lose it. */
  readonly drafts: Map<string, string>;
  /** The server's clock minus this device's, in milliseconds. */
  skew = 0;
  readonly #needs: LowerEndNeeds;
  readonly #tabs: Tabs;
  #outbox: Subscription | undefined;
  #shown: Subscription | undefined;
  readonly #together = new Together();
  readonly #dropped = new Set<Id>();
  #sending: Promise<void> = Promise.resolve();

  constructor(needs: LowerEndNeeds) {
    this.#needs = needs;
    this.actor = needs.actor;
    this.drafts = needs.drafts ?? new Map();
    this.replica = new Replica(needs.house, needs.actor.person, needs.storage, needs.markPlace);
    if (needs.lost) this.replica.whenLost(needs.lost);
    this.line = new LineEnd({
      replica: this.replica, wires: needs.wires, now: needs.now, inFront: needs.inFront, inflate: needs.inflate,
      state: (state, code) => this.#tabs.tell(state, code, this.skew, this.line.isBad),
      quality: (isBad) => this.#tabs.tellQuality(isBad),
      ...(needs.first ? { first: () => needs.first!(this.replica) } : {}),
      ...(needs.gatherFor === undefined ? {} : { gatherFor: needs.gatherFor }),
      random: () => needs.randomBytes(1)[0]! / 256,
      skew: (ms) => { this.skew = ms; },
    });
    this.#tabs = new Tabs({
      channel: needs.tabs, tab: this.newId(), line: this.line,
      told: (state, code, skew, isBad) => {
        this.skew = skew;
        needs.state(state, code, isBad);
      },
    });
  }

  newId(): Id {
    return newId(this.#needs.now(), this.#needs.randomBytes(10));
  }

  /** The server's time, as well as this device knows it. */
  now(): Moment {
    return this.#needs.now() + this.skew;
  }

  /**
   * Gives a deed to the stair. It is on the disk when this resolves, network or not.
   * A refusal here is a courtesy of this device; the server's own comes with `answer`.
   * @param draft where it lay while it was being written: it leaves that place in the same step, so that at no moment it lies in both or in neither
   */
  send<I, N>(deed: Deed<I, N> & { deed: string }, input: I, id: Id = this.newId(), draft = ''): Promise<Told> {
    // One after the other: what was said first stands first in the outbox.
    const told = this.#sending.then(() => this.#send(deed, input, id, draft));
    this.#sending = told.then(() => undefined, () => undefined);
    return told;
  }

  async #send<I, N>(deed: Deed<I, N> & { deed: string }, given: I, id: Id, draft: string): Promise<Told> {
    const read = readInput(deed.input, given);
    if (!read.ok) return read;
    const input = read.value;
    // Without it the deed goes up all the same; only its traces are not seen here before the server has answered.
    await this.#needs.house.late?.meet(deed.deed.split('.')[0]!).catch(() => undefined);
    const when = { now: this.now(), id, newId: (label: string) => derivedId(id, label) };
    const streams = deed.streams(input);
    const needs = deed.needs(input, this.actor) as Record<string, Ref | Many>;
    const facts: Record<string, unknown> = {};
    let complete = true;
    for (const [name, need] of Object.entries(needs)) {
      if (!('noun' in need)) complete = false;
      else facts[name] = await this.#fact(need);
      if ('noun' in need && facts[name] === undefined && !(await this.#knowsAbsence(need, streams))) complete = false;
    }
    let events: Event[] = [];
    if (complete) {
      try {
        const verdict = deed.may(this.actor, facts as never, input, when);
        if (!verdict.ok) return verdict;
        events = this.#provisional(deed, deed.then(input, facts as never, this.actor, when), streams[0]!, id);
      } catch {
        // A rule that stumbles here promises nothing; the server judges, and reports it if it stumbles there too.
        events = [];
      }
    }
    const item: OutboxItem = { id, name: deed.deed, input, at: this.#needs.now(), state: 'waiting', stream: streams[0] ?? 'w', events };
    if (pack([up.command, idToBytes(id), item.name, input, item.at, 0]).length > largestCommand) return refused('command.tooLarge');
    const { outbox, mark } = this.replica;
    mark.set({ id, name: item.name, at: item.at });
    await outbox.transaction('rw', outbox.item, outbox.draft, async () => {
      // Asked once more after the connection to the disk was lost, it may be there already.
      if (await outbox.item.where('id').equals(id).count() === 0) await outbox.item.add(item);
      if (draft) await outbox.draft.delete(draft);
    });
    this.line.flush();
    return { ok: true, id, answer: this.#answer(id) };
  }

  /** A need as this device knows it, with what waits in the outbox folded in. */
  async #fact(need: Ref): Promise<unknown> {
    const doc = await this.replica.db.doc.get([need.noun, need.id]);
    const overlaid = await this.overlay(doc ? [doc] : [], (await this.replica.outbox.item.toArray()).filter((i) => i.state !== 'refused'));
    return overlaid.find((d) => d.noun === need.noun && d.id === need.id)?.value;
  }

  /**
   * Whether a thing that is not here is not anywhere a rule may look: things that come whole do come with their stream,
   * and a rule looks only into the deed's own streams and the workspace. A first request has no counter yet.
   */
  async #knowsAbsence(need: Ref, streams: readonly StreamKey[]): Promise<boolean> {
    if (this.#needs.house.nounByName.get(need.noun)?.windowed ?? true) return false;
    const held = await this.replica.db.stream.bulkGet([...new Set([...streams, workspaceStream])]);
    return held.every((stream) => stream !== undefined);
  }

  #provisional(deed: Deed, effects: readonly unknown[], home: StreamKey, id: Id): Event[] {
    const events: Event[] = [];
    for (const effect of effects as { kind?: { kind: string; message: boolean }; body?: unknown; on?: StreamKey; incident?: Id; drill?: boolean }[]) {
      if (!effect.kind) continue;
      events.push({
        stream: effect.on ?? home, seq: Number.MAX_SAFE_INTEGER, id, n: events.length, kind: effect.kind.kind, at: this.now(),
        by: this.actor.person, org: this.actor.org, incident: effect.incident, drill: effect.drill, body: effect.body,
      });
    }
    return deed.offline ? events : [];
  }

  /** Things as they will be when the outbox has been heard. */
  async overlay(docs: readonly Doc[], items: readonly OutboxItem[]): Promise<Doc[]> {
    const things = new Map(docs.map((doc) => [`${doc.noun}\0${doc.id}`, doc]));
    for (const item of items) {
      for (const event of item.events) {
        for (const ref of touched(this.#needs.house.nouns, event)) {
          const name = `${ref.noun}\0${ref.id}`;
          if (!things.has(name)) {
            const doc = await this.replica.db.doc.get([ref.noun, ref.id]);
            if (doc) things.set(name, doc);
          }
        }
        const read = (noun: string, id: string): Doc | undefined => {
          const doc = things.get(`${noun}\0${id}`);
          return doc && { ...doc, seq: Math.min(doc.seq, Number.MAX_SAFE_INTEGER - 1) };
        };
        for (const doc of fold(this.#needs.house.nouns, event, read)) {
          things.set(`${doc.noun}\0${doc.id}`, doc);
        }
      }
    }
    return [...things.values()];
  }

  /**
   * The same, but as the server has it: what waits to be sent has not been said there. Asked the same question, the two
   * differ in what is true on this device only.
   */
  asHeard(): LowerEnd {
    const overlay: LowerEnd['overlay'] = (docs, items) => this.overlay(docs, items.filter((item) => item.state === 'accepted'));
    // Another answer to the same question.
    const together: LowerEnd['together'] = (name, query) => this.together(`heard ${name}`, query);
    return new Proxy(this, {
      get: (end, name) => {
        if (name === 'overlay') return overlay;
        if (name === 'together') return together;
        const part: unknown = Reflect.get(end, name, end);
        return typeof part === 'function' ? part.bind(end) : part;
      },
    });
  }

  #answer(id: Id): Promise<Answer> {
    return new Promise((resolve) => {
      const watching = liveQuery(() => this.replica.outbox.item.where('id').equals(id).first()).subscribe((item) => {
        if (item?.state === 'waiting' || item?.state === 'accepted') return;
        if (item) resolve({ ok: false, code: item.code ?? 'command.unknown', params: item.params });
        else if (this.#dropped.delete(id)) resolve(refused('command.dropped'));
        else resolve({ ok: true, stream: '', seq: 0, at: this.now() });
        queueMicrotask(() => watching.unsubscribe());
      });
    });
  }

  /** Takes a refused or waiting command off the list: the person has decided so. One that is on the way may still be done. */
  async drop(id: Id): Promise<void> {
    this.#dropped.add(id);
    await this.replica.outbox.item.where('id').equals(id).delete();
  }

  /** Takes back a command, if it has certainly never left this device. @returns whether it was so; if not, it may be done */
  takeBack(id: Id): Promise<boolean> {
    return this.line.takeBack(id, () => this.#dropped.add(id));
  }

  /** Watches what this device holds: called anew whenever the answer changes. */
  watch<T>(query: () => Promise<T>): Observable<T> {
    return liveQuery(query);
  }

  /**
   * Watches what more than one place of a screen wants to know: it is read once for all of them.
   * @param name the same for the same question
   */
  together<T>(name: string, query: () => Promise<T>): Watched<T> {
    return this.#together.of(name, query);
  }

  /** How many messages of a stream wait to be read, watched. */
  unread(stream: StreamKey): Watched<number> {
    return this.together(`unread ${stream}`, () => this.replica.unread(stream));
  }

  /** These events were shown on a focused screen. @param exact these alone, where what is read are no messages */
  shown(stream: StreamKey, ranges: readonly Range[], exact?: boolean): Promise<void> {
    return this.line.shown(stream, ranges, exact);
  }

  /** The room on the screen: its members' marks are wanted, until another is or none. */
  openRoom(stream: StreamKey | undefined): void {
    this.#tabs.openRoom(stream);
  }

  /** Asks for older messages of a stream. Resolves when they are held, or when they cannot be had now. */
  older(stream: StreamKey, limit: number): Promise<void> {
    return this.#tabs.older(stream, limit);
  }

  /** Someone looks again: the line does not wait for its next try, whichever tab is on it. */
  hurry(): void {
    this.#tabs.hurry();
  }

  /** Low data, from now on or no longer. */
  spare(sparing: boolean): void {
    this.line.spare(sparing);
  }

  /** This tab is shown, or left: what it follows is followed no longer. */
  shows(shown: boolean): void {
    if (shown) this.#tabs.here();
    else this.#tabs.gone();
  }

  /** Comes onto the line. Where several tabs are open only one does; the others write to the same outbox and ask through it. */
  start(): void {
    this.line.start();
    this.#tabs.lead();
    this.#outbox ??= liveQuery(() => this.replica.outbox.item.toArray()).subscribe((items) => {
      this.replica.mark.only(items.filter((item) => item.state !== 'accepted'));
      this.line.flush();
    });
    this.#shown ??= liveQuery(() => this.replica.db.shown.toCollection().primaryKeys()).subscribe(() => this.line.flushShown());
  }

  stop(): void {
    this.#outbox?.unsubscribe();
    this.#shown?.unsubscribe();
    this.line.stop();
    this.#tabs.close();
    this.replica.close();
  }
}
