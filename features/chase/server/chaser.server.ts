import type { Asked, Begins } from '@noroshi/foundations/asked';
import { derivedId, type Id } from '@noroshi/foundations/kernel';
import type { Doc, Event, Member, StreamKey } from '@noroshi/foundations/sync';
import { ComeBackLater, eventsAfter } from '@noroshi/foundations/sync/server';
import { isCalledOff } from '../called-off.ts';
import { begin } from '../climb.ts';
import { reminded, remindedTold, reminder, type Reminder } from '../reminder.ts';
import { climbers, run as runNoun, told, tried, type Run } from '../run.ts';
import { byClock } from './by-clock.ts';
import { behind, claim, forgetClaims, lookedThrough } from './chase.store.ts';
import { isAsked, Known } from './known.ts';
import { Messenger, type MessengerNeeds } from './messenger.ts';

export type ChaserNeeds = MessengerNeeds;

const minute = 60_000;
/** What asked longer ago than this when it was first seen is chased no more: it is history, or long since spoken of. */
const oldest = 60 * minute;
/** One node has so long to tell of a step before another takes it up (milliseconds). */
const toTell = 2 * minute;
/** What became of a step is not asked about any more after so long: whoever was to be told has been reminded since. */
const tooLate = 30 * minute;
/** How often the cursors are written, and what another node left undone is looked for (milliseconds). */
const lookEvery = 10_000;
const pageSize = 1_000;

/** Something to be told by this node or another: a step of a ladder, or a reminder. */
interface Telling { readonly id: Id; readonly stream: StreamKey; readonly work: () => Promise<void> }

/**
 * Follows the log for what asks people for an answer, and tells them when a step of the ladder is due. What must happen at
 * its time is the clock's; here is only what follows from an event, at least once on any number of nodes, by commands
 * that take effect once.
 */
export class Chaser {
  readonly #needs: ChaserNeeds;
  readonly #known: Known;
  readonly #messenger: Messenger;
  /** What begins a ladder and has not been put to the stair. */
  readonly #beginning: { readonly event: Event; readonly kind: Asked; readonly begins: Begins }[] = [];
  readonly #telling = new Map<string, Telling>();
  /** What everyone is being told of an event: until that is done, the cursor of its stream stays before it. */
  readonly #holding = new Map<string, StreamKey>();
  readonly #written = new Map<number, number>();
  readonly #underWay = new Set<Promise<void>>();
  #working: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(needs: ChaserNeeds) {
    this.#needs = needs;
    this.#known = new Known(needs.stair);
    this.#messenger = new Messenger(needs, this.#known);
    needs.stair.onCommitted((committed) => {
      for (const { events } of committed) for (const event of events) this.#note(event);
      if (this.#beginning.length + this.#telling.size > 0) this.#wake();
    });
  }

  /** Takes up what was left when the last process ended. */
  async start(): Promise<void> {
    const { stair } = this.#needs;
    stair.clock.every(lookEvery, async () => this.#wake());
    stair.clock.every(24 * 60 * minute, () => forgetClaims(stair.pool, stair.now() - 24 * 60 * minute));
    for (const key of stair.memory.streams.keys()) {
      for (const { value } of stair.memory.of(key, runNoun.noun) as Doc<Run>[]) for (const one of value.tries) if (!one.told) this.#toTell(key, value.id, one.step, one.at);
      for (const { value } of stair.memory.of(key, reminder.noun) as Doc<Reminder>[]) if (!value.told) this.#toRemind(key, value.message, value.times, value.at);
    }
    for (const stream of await behind(stair.pool)) {
      for (let seen = stream.seen; seen < stream.head;) {
        const page = await eventsAfter(stair.pool, stair.house, stream, seen, pageSize);
        if (page.length === 0) break;
        for (const event of page) this.#note(event);
        seen = page.at(-1)!.seq;
      }
    }
    this.#wake();
  }

  /** Resolves when all that is known here has been done, as far as it can be now. */
  async settled(): Promise<void> {
    this.#wake();
    while (this.#working ?? this.#underWay.size > 0) {
      await this.#working;
      await Promise.all(this.#underWay);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#working;
    await Promise.all(this.#underWay);
  }

  #wake(): void {
    if (this.#stopped) return;
    if (this.#working) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#working = this.#work().catch((error: unknown) => this.#failed(error)).finally(() => {
      this.#working = undefined;
      if (this.#again) this.#wake();
    });
  }

  /** What the stair puts off comes again with the next look. */
  #failed(error: unknown): void {
    if (!(error instanceof ComeBackLater)) this.#needs.report(error, 'chasing');
  }

  #note(event: Event<any>): void {
    if (!event.stream.startsWith('r:')) return;
    if (event.kind === tried.kind) this.#toTell(event.stream, event.body.run, event.body.step, event.at);
    else if (event.kind === told.kind) this.#telling.delete(`${event.body.run}/${event.body.step}`);
    else if (event.kind === reminded.kind) this.#toRemind(event.stream, event.body.message, undefined, event.at);
    else if (event.kind === remindedTold.kind) this.#telling.delete(`${event.body.message}/again`);
    else if (this.#needs.stair.now() - event.at < oldest) {
      for (const kind of this.#needs.asked) {
        const begins = kind.begins(event);
        if (begins) this.#beginning.push({ event, kind, begins });
        const tells = kind.tellsNow?.(event);
        if (tells) this.#toTellAll(event, kind, tells.thing);
      }
    }
  }

  #toTell(stream: StreamKey, run: Id, step: number, at: number): void {
    if (this.#needs.stair.now() - at > tooLate) return;
    this.#telling.set(`${run}/${step}`, { id: derivedId(run, `told/${step}`), stream, work: () => this.#messenger.step(stream, run, step) });
  }

  #toRemind(stream: StreamKey, message: Id, times: number | undefined, at: number): void {
    if (this.#needs.stair.now() - at > tooLate) return;
    const now = times ?? (this.#needs.stair.memory.get(reminder.noun, message)?.value as Reminder | undefined)?.times ?? 1;
    const id = derivedId(message, `reminded/${now}`);
    this.#telling.set(`${message}/again`, { id, stream, work: () => this.#messenger.again(stream, message, now, id) });
  }

  #toTellAll({ stream, id: of, n }: Event, kind: Asked, thing: Id): void {
    const id = derivedId(of, `now/${n}`);
    this.#holding.set(id, stream);
    this.#telling.set(id, {
      id, stream,
      work: async () => {
        await this.#messenger.all(stream, kind, thing, id);
        this.#holding.delete(id);
      },
    });
  }

  async #work(): Promise<void> {
    const { stair } = this.#needs;
    const held = new Set(this.#holding.values());
    const heads = [...stair.memory.byNo.values()].filter(({ no, key, head }) => key.startsWith('r:') && this.#written.get(no) !== head && !held.has(key)).map(({ no, head }) => ({ no, seen: head }));
    while (this.#beginning.length > 0 && !this.#stopped) {
      const next = this.#beginning[0]!;
      await this.#begin(next.event, next.kind, next.begins);
      this.#beginning.shift();
    }
    for (const [name, one] of [...this.#telling]) {
      if (this.#stopped) return;
      const now = stair.now();
      if (!(await claim(stair.pool, one.id, now, now + toTell))) continue;
      this.#telling.delete(name);
      // Not waited for: one mail server that does not answer holds up nobody else.
      const telling = one.work().catch((error: unknown) => {
        this.#telling.set(name, one);
        this.#failed(error);
      }).finally(() => this.#underWay.delete(telling));
      this.#underWay.add(telling);
    }
    if (heads.length === 0 || this.#stopped) return;
    await lookedThrough(stair.pool, heads);
    for (const { no, seen } of heads) this.#written.set(no, seen);
  }

  async #begin(event: Event, kind: Asked, { thing, needsTime }: Begins): Promise<void> {
    const { stair } = this.#needs;
    const doc = await this.#known.thing(kind.noun, thing);
    const room = this.#known.room(event.stream);
    if (!doc || !room || room.closedAt !== undefined) return;
    const runs = (stair.memory.of(event.stream, runNoun.noun) as Doc<Run>[]).map(({ value }) => value).filter((run) => run.thing === thing);
    const climbing = new Set(runs.flatMap((run) => climbers(run, stair.now())));
    const toldSince = ({ no }: Member, at: number): boolean => runs.some(({ tries }) => tries.some((one) => one.at >= at && one.people.includes(no)));
    const people = this.#known.members(event.stream).filter((who) => {
      if (!isAsked(who, doc.born)) return false;
      const one = { person: who.person, org: who.card.org };
      const stands = kind.stands(doc.value, one);
      // Whoever was told since the question came to them is silent on it, and is not asked anew because a word of it changed.
      if (!needsTime) return stands === 'owes' && !climbing.has(who.no) && !(kind.since && toldSince(who, kind.since(doc.value, one)));
      return typeof stands === 'object' && (needsTime.person === undefined || needsTime.person === who.person) && (needsTime.org === undefined || needsTime.org === who.card.org);
    });
    if (people.length === 0) return;
    const tells = kind.tells(doc.value, room.id);
    const { incident, drill } = tells;
    if (isCalledOff(tells, this.#known.incident(incident))) return;
    await byClock(this.#needs, begin, derivedId(event.id, `chase/${event.n}`), {
      room: room.id, noun: kind.noun, thing, ...(incident ? { incident } : {}), drill, at: event.at, needsTime: needsTime !== undefined,
      people: people.map((who) => ({ no: who.no, person: who.person, org: who.card.org })),
    });
  }
}
