import { awayNow, organization, person as personNoun, type Organization, type Person } from '@noroshi/features/directory';
import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import { askedMessage, message as messageNoun, room as roomNoun, type Message, type Room } from '@noroshi/features/talk';
import type { Asked, Begins } from '@noroshi/foundations/asked';
import type { Duty } from '@noroshi/foundations/duty';
import { derivedId, systemActor, type Id } from '@noroshi/foundations/kernel';
import type { Channel, Teller } from '@noroshi/foundations/notify';
import { currentStay, hasRead, isCounted, member as memberNoun, roomStream, workspaceStream, type Deed, type Doc, type Event, type Member, type MemberCard, type StreamKey } from '@noroshi/foundations/sync';
import { ComeBackLater, docsByRef, eventsAfter, type Stair } from '@noroshi/foundations/sync/server';
import { isCalledOff } from '../called-off.ts';
import { cardState } from '../card-state.ts';
import { cardIdOf } from '../card-id.ts';
import { phoneCard, type PhoneCard } from '../card.ts';
import { chooseCaller, type Colleague } from '../choose-caller.ts';
import { begin, report } from '../climb.ts';
import { dealCard } from '../deal-card.ts';
import { reportReminder } from '../remind.ts';
import { reminded, remindedTold, reminder, type Reminder } from '../reminder.ts';
import { climbers, run as runNoun, told, tried, type Results, type Run, type Try } from '../run.ts';
import { behind, claim, forgetClaims, lookedThrough } from './chase.store.ts';
import { cardNotice, noticeOf, type About } from './notices.ts';

export interface ChaserNeeds {
  readonly stair: Stair;
  /** What asks for an answer in this house. */
  readonly asked: readonly Asked[];
  /** What says who holds the line. */
  readonly duties?: readonly Duty[];
  readonly teller: Teller;
  readonly report: (error: unknown, what: string) => void;
}

const minute = 60_000;
/** What asked longer ago than this when it was first seen is chased no more: it is history, or long since spoken of. */
const oldest = 60 * minute;
/** One node has so long to tell of a step before another takes it up (milliseconds). */
const toTell = 2 * minute;
/** What became of a step is not asked about any more after so long: whoever was to be told has been reminded since. */
const tooLate = 30 * minute;
/** How often the cursors are written, and what another node left undone is looked for (milliseconds). */
const lookEvery = 10_000;
/** Notices of one step under way at once. */
const atOnce = 16;
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
  readonly #kinds: ReadonlyMap<string, Asked>;
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
    this.#kinds = new Map(needs.asked.map((kind) => [kind.noun, kind]));
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
    this.#telling.set(`${run}/${step}`, { id: derivedId(run, `told/${step}`), stream, work: () => this.#tell(stream, run, step) });
  }

  #toRemind(stream: StreamKey, message: Id, times: number | undefined, at: number): void {
    if (this.#needs.stair.now() - at > tooLate) return;
    const now = times ?? (this.#needs.stair.memory.get(reminder.noun, message)?.value as Reminder | undefined)?.times ?? 1;
    const id = derivedId(message, `reminded/${now}`);
    this.#telling.set(`${message}/again`, { id, stream, work: () => this.#remind(stream, message, now, id) });
  }

  #toTellAll({ stream, id: of, n }: Event, kind: Asked, thing: Id): void {
    const id = derivedId(of, `now/${n}`);
    this.#holding.set(id, stream);
    this.#telling.set(id, {
      id, stream,
      work: async () => {
        await this.#tellAll(stream, kind, thing, id);
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
    const doc = await this.#thing(kind.noun, thing);
    const room = this.#roomOf(event.stream);
    if (!doc || !room || room.closedAt !== undefined) return;
    const runs = (stair.memory.of(event.stream, runNoun.noun) as Doc<Run>[]).map(({ value }) => value).filter((run) => run.thing === thing);
    const climbing = new Set(runs.flatMap((run) => climbers(run, stair.now())));
    const toldSince = ({ no }: Member, at: number): boolean => runs.some(({ tries }) => tries.some((one) => one.at >= at && one.people.includes(no)));
    const people = this.#members(event.stream).filter((who) => {
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
    if (isCalledOff(tells, incident ? this.#incident(incident) : undefined)) return;
    await this.#does(begin, derivedId(event.id, `chase/${event.n}`), {
      room: room.id, noun: kind.noun, thing, ...(incident ? { incident } : {}), drill, at: event.at, needsTime: needsTime !== undefined,
      people: people.map((who) => ({ no: who.no, person: who.person, org: who.card.org })),
    });
  }

  /** Tells those of a step, and writes down what became of it. */
  async #tell(stream: StreamKey, id: Id, step: number): Promise<void> {
    const { stair } = this.#needs;
    const run = stair.memory.get(runNoun.noun, id)?.value as Run | undefined;
    const one = run?.tries.find((t) => t.step === step);
    const room = this.#roomOf(stream);
    const kind = run && this.#kinds.get(run.noun);
    const doc = run && (await this.#thing(run.noun, run.thing));
    if (!run || !one || one.told || !room || !kind || !doc) return;
    const tells = kind.tells(doc.value, room.id);
    const about = { room: room.id, noun: run.noun, thing: run.thing, ...(tells.incident ? { incident: tells.incident } : {}), drill: tells.drill };
    const way = run.steps[step]!.way;
    // The first push is the one by which the message itself wakes people: whoever hands it over first, it is sent once.
    const isFirst = step === 0 && way === 'push' && run.from === tells.at;
    const idOf = (who: Member): Id => (isFirst ? derivedId(run.thing, `wake/${who.person}`) : derivedId(run.id, `notice/${step}/${who.no}`));
    const results = way === 'phone' && !one.held
      ? await this.#deal(stream, run, one, doc, about)
      : await this.#each(stream, doc.born, one.people, async (who) => (one.held ? 'held' : this.#notice({ tells, thing: run.thing, room: room.name, by: this.#cardOf(stream, tells.by), urgent: true, gentle: this.#isGentle(tells) }, who.person, way as Channel, idOf(who))));
    await this.#does(report, derivedId(run.id, `told/${step}`), { ...about, run: id, step, results });
  }

  async #notice(about: About, person: Id, channel: Channel, id: Id): Promise<string> {
    const { teller } = this.#needs;
    const became = await teller.tell(noticeOf(about, person, channel, id, await teller.languageOf(person)));
    return became.ok ? 'sent' : became.code;
  }

  /** What became of it for each, gathered by result. Who has left the room meanwhile is told nothing. */
  async #each(stream: StreamKey, born: number, people: readonly number[], tell: (who: Member) => Promise<string>): Promise<Results> {
    const { stair } = this.#needs;
    const byNo = stair.memory.streams.get(stream)!.byNo;
    const results = new Map<string, number[]>();
    for (let i = 0; i < people.length; i += atOnce) {
      await Promise.all(people.slice(i, i + atOnce).map(async (no) => {
        const who = byNo.get(no);
        const isHere = who && isAsked(who, born);
        const result = isHere ? await tell(who).catch((error: unknown) => { this.#needs.report(error, 'telling someone'); return 'failed'; }) : 'gone';
        results.set(result, [...(results.get(result) ?? []), no]);
      }));
    }
    return [...results].map(([result, nos]) => ({ result, people: nos.toSorted((a, b) => a - b) }));
  }

  /** Asks a colleague of each to ring them. */
  async #deal(stream: StreamKey, run: Run, { people }: Try, doc: Doc, about: { room: Id; noun: string; thing: Id; incident?: Id; drill: boolean }): Promise<Results> {
    const { stair, teller } = this.#needs;
    const no = stair.memory.streams.get(stream)!.no;
    const marks = await stair.marks.of(no);
    const waiting = (stair.memory.of(stream, phoneCard.noun) as Doc<PhoneCard>[]).map(({ value }) => value).filter((card) => cardState(card) === 'open');
    const rings = await this.#whoRings(new Set(people.flatMap((one) => stair.memory.streams.get(stream)!.byNo.get(one)?.person ?? [])), about.drill);
    const onDuty = this.#onDuty();
    const colleagues: Colleague[] = this.#members(stream).flatMap((who): Colleague[] => {
      const known = this.#person(who.person);
      if (!known || known.disabled || known.role === 'guest' || who.card.guest || doc.born < currentStay(who)!.visibleFrom) return [];
      return [{
        person: who.person, org: who.card.org, headquarters: this.#organization(who.card.org)?.kind === 'prefecture',
        read: hasRead(marks.get(who.no), doc.born) || (doc.value as { by?: Id }).by === who.person,
        priority: known.phones.some((phone) => phone.priority), online: !stair.hub.lines.ofPerson(who.person)[Symbol.iterator]().next().done,
        ...(rings.has(who.person) && { rings: rings.get(who.person)! }), busy: waiting.filter((card) => card.caller === who.person).length, rank: who.card.rank, duty: onDuty.get(who.person) ?? 0, away: awayNow(known, stair.now()) !== undefined,
      }];
    });
    const busy = new Map<Id, number>();
    const dealt = new Map<number, Colleague | undefined>();
    const whoIs = stair.memory.streams.get(stream)!.byNo;
    for (const one of people) {
      const whom = whoIs.get(one);
      if (!whom || !isAsked(whom, doc.born)) continue;
      const caller = chooseCaller({ person: whom.person, org: whom.card.org, standIn: this.#standIn(whom.person) }, colleagues.map((c) => ({ ...c, busy: c.busy + (busy.get(c.person) ?? 0) })));
      if (caller) busy.set(caller.person, (busy.get(caller.person) ?? 0) + 1);
      dealt.set(one, caller);
    }
    return this.#each(stream, doc.born, people, async (whom) => {
      const caller = dealt.get(whom.no);
      // A card is for somebody: without one who has read it, headquarters sees that nobody was asked.
      if (!caller) return 'nobody';
      const card = cardIdOf(run.thing, whom.person);
      const deal = derivedId(run.id, `deal/${whom.no}`);
      const refusal = await this.#does(dealCard, deal, { ...about, whom: whom.person, since: (doc.value as { at: number }).at, caller: caller.person, from: run.from });
      // `idReused`: it was dealt, and told of by halves; another would be chosen by now. Whose card it is stands on it.
      if (refusal !== undefined && refusal !== 'command.idReused') return refusal;
      const asked = (stair.memory.get(phoneCard.noun, card)?.value as PhoneCard | undefined)?.caller ?? caller.person;
      await teller.tell(cardNotice(card, deal, asked, `${whom.card.orgName} ${whom.card.name}`, { drill: about.drill, gentle: this.#isGentle(about), standIn: this.#person(this.#standIn(whom.person) ?? '')?.name }, await teller.languageOf(asked)));
      return 'card';
    });
  }

  /** Who holds the line of their organization at this moment: 2, or stands in for who does: 1. */
  #onDuty(): ReadonlyMap<Id, number> {
    const { stair, duties = [] } = this.#needs;
    const now = stair.now();
    const watches = duties.flatMap((duty) => stair.memory.of(workspaceStream, duty.noun).flatMap(({ value }) => duty.onDuty(value, now)));
    return new Map([...watches.flatMap(({ deputy }) => (deputy ? [[deputy, 1] as const] : [])), ...watches.map(({ person }) => [person, 2] as const)]);
  }

  /** Who is rung in someone's place while they are away. */
  #standIn(id: Id): Id | undefined {
    const who = this.#person(id);
    return who && awayNow(who, this.#needs.stair.now())?.standIn;
  }

  /** Who rings these people or is to ring them, in any room, about what still asks them. */
  async #whoRings(whom: ReadonlySet<Id>, drill: boolean): Promise<Map<Id, Set<Id>>> {
    const { memory } = this.#needs.stair;
    const found = new Map<Id, Set<Id>>();
    for (const key of memory.streams.keys()) {
      for (const { value: card } of memory.of(key, phoneCard.noun) as Doc<PhoneCard>[]) {
        const by = card.taken?.by ?? card.caller;
        if (!by || !whom.has(card.whom) || (card.drill ?? false) !== drill || !(card.taken || (await this.#stillAsks(key, card)))) continue;
        found.set(by, (found.get(by) ?? new Set()).add(card.whom));
      }
    }
    return found;
  }

  async #stillAsks(stream: StreamKey, card: PhoneCard): Promise<boolean> {
    const room = this.#roomOf(stream);
    const kind = this.#kinds.get(card.noun);
    const who = this.#needs.stair.memory.member(stream, card.whom);
    if (!room || room.closedAt !== undefined || !kind || !currentStay(who) || cardState(card) !== 'open') return false;
    const doc = await this.#thing(card.noun, card.thing);
    const tells = doc && kind.tells(doc.value, room.id);
    return doc !== undefined && !isCalledOff(tells, tells?.incident ? this.#incident(tells.incident) : undefined) && kind.stands(doc.value, { person: who!.person, org: who!.card.org }) !== 'free';
  }

  /** Tells those who have not read a message once more. */
  async #remind(stream: StreamKey, id: Id, times: number, command: Id): Promise<void> {
    const { stair } = this.#needs;
    const doc = (await this.#thing(messageNoun.noun, id)) as Doc<Message> | undefined;
    const room = this.#roomOf(stream);
    if (!doc || !room || doc.value.withdrawn) return;
    const { value } = doc;
    const marks = await stair.marks.of(stair.memory.streams.get(stream)!.no);
    const unread = this.#members(stream).filter((who) => who.person !== value.by && isAsked(who, doc.born) && !hasRead(marks.get(who.no), doc.born) && !value.answers?.[who.person] && !value.proxies?.[who.person]);
    const tells = askedMessage.tells(value, room.id);
    const about = { tells, thing: id, room: room.name, by: this.#cardOf(stream, value.by), urgent: value.urgency === 'urgent', gentle: this.#isGentle(tells) };
    const results = await this.#each(stream, doc.born, unread.map(({ no }) => no), (who) => this.#notice(about, who.person, 'push', derivedId(command, `${who.no}`)));
    await this.#does(reportReminder, command, { room: room.id, message: id, times, results });
  }

  /** Tells everyone of whom it is asked and who has not been shown it, whatever they muted. Told twice, they hear it once: the notice's id says so. */
  async #tellAll(stream: StreamKey, kind: Asked, thing: Id, id: Id): Promise<void> {
    const { stair } = this.#needs;
    const doc = await this.#thing(kind.noun, thing);
    const room = this.#roomOf(stream);
    if (!doc || !room || room.closedAt !== undefined) return;
    const marks = await stair.marks.of(stair.memory.streams.get(stream)!.no);
    const unread = this.#members(stream).filter((who) => isAsked(who, doc.born) && !hasRead(marks.get(who.no), doc.born) && !kind.isTold?.(doc.value, who.person, who.card.org));
    const tells = kind.tells(doc.value, room.id);
    const about = { tells, thing, room: room.name, by: this.#cardOf(stream, tells.by), urgent: false, gentle: this.#isGentle(tells) };
    await this.#each(stream, doc.born, unread.map(({ no }) => no), (who) => this.#notice(about, who.person, 'push', derivedId(id, `${who.no}`)));
  }

  /** Puts a command of the clock to the stair. @returns why it is not to be done any more, mostly because it was done. @throws ComeBackLater */
  async #does<I>(deed: Deed<I, any> & { deed: string }, id: Id, input: I): Promise<string | undefined> {
    const answer = await this.#needs.stair.submit(systemActor, { id, name: deed.deed, input });
    if (!answer.ok && answer.code.startsWith('input.')) this.#needs.report(new Error(`${deed.deed}: ${answer.code} ${JSON.stringify(answer.params)}`), 'chasing');
    return answer.ok ? undefined : answer.code;
  }

  async #thing(noun: string, id: Id): Promise<Doc | undefined> {
    const { stair } = this.#needs;
    return stair.memory.get(noun, id) ?? (await docsByRef(stair.pool, [{ noun, id }]))[0];
  }

  #roomOf = (stream: StreamKey): Room | undefined => this.#needs.stair.memory.get(roomNoun.noun, stream.slice(roomStream('').length))?.value as Room | undefined;
  #members = (stream: StreamKey): Member[] => (this.#needs.stair.memory.of(stream, memberNoun.noun) as Doc<Member>[]).map(({ value }) => value).filter((who) => currentStay(who));
  #person = (id: Id): Person | undefined => this.#needs.stair.memory.get(personNoun.noun, id)?.value as Person | undefined;
  /** A drill was announced and can wait until morning, unless it was opened to be heard at any hour. */
  #isGentle = ({ drill, incident }: { readonly drill: boolean; readonly incident?: Id | undefined }): boolean => drill && !(incident && this.#incident(incident)?.outside);
  #incident = (id: Id): Incident | undefined => this.#needs.stair.memory.get(incidentNoun.noun, id)?.value as Incident | undefined;
  #organization = (id: Id): Organization | undefined => this.#needs.stair.memory.get(organization.noun, id)?.value as Organization | undefined;
  #cardOf = (stream: StreamKey, id: Id): MemberCard | undefined => this.#needs.stair.memory.member(stream, id)?.card;
}

/** Whether a member is asked for an answer to what began here: it counts them, and they may see it now. Who was let in again without history could not even answer. */
const isAsked = (who: Member, born: number): boolean => !who.shut && isCounted(who, born) && born >= (currentStay(who)?.visibleFrom ?? Infinity);
