import type { Language } from '@noroshi/features/account';
import { organization, person as personNoun, type Organization, type Person } from '@noroshi/features/directory';
import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import { message as messageNoun, room as roomNoun, type Message, type Room } from '@noroshi/features/talk';
import { words, type Words } from '@noroshi/foundations/i18n';
import { derivedId, type Id } from '@noroshi/foundations/kernel';
import { dictionaries } from '@noroshi/foundations/notify/server';
import type { Notice, Teller } from '@noroshi/foundations/notify';
import { hasRead, isCounted, touched, workspaceStream, type Doc, type Member } from '@noroshi/foundations/sync';
import { docsByRef, eventsAfter, type Stair, type StreamMemory } from '@noroshi/foundations/sync/server';
import { isReal, says } from '../says.ts';
import { whether } from '../whether.ts';
import { behind, devicesOf, move, wishesOf } from './wake.store.ts';

/** Whoever is looking has read it within this time, by the table's word (milliseconds): a second on the screen, and the way there. */
export const grace = 2_500;
/** Nobody is woken for what is older than this (milliseconds): after an outage the first screen tells what is owed. */
export const stale = 60 * 60_000;
const pageSize = 500;
/** What failed is tried again after so long (milliseconds). */
const again = 5_000;

/**
 * Follows the log and wakes for what was said. Woken by commits, but it trusts only its own cursors. A cursor moves when
 * all notices before it are settled; after a kill they are handed over again, under the same ids, and go out once.
 */
export class WakeFollower {
  readonly #stair: Stair;
  readonly #teller: Teller;
  readonly #report: (error: unknown, what: string) => void;
  readonly #grace: number;
  /** How far each room was read on this node; its cursor follows. */
  readonly #read = new Map<number, number>();
  /** What each room's cursor waits for. */
  readonly #settling = new Map<number, { readonly chain: { readonly failed: { is: boolean } }; readonly done: Promise<void> }>();
  readonly #spoken = new Map<Language, Words>();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #stopped = false;

  constructor(stair: Stair, teller: Teller, report: (error: unknown, what: string) => void, graceful = grace) {
    this.#stair = stair;
    this.#teller = teller;
    this.#report = report;
    this.#grace = graceful;
  }

  start(): void {
    this.#stair.onCommitted((committed) => {
      if (committed.some(({ events }) => events.some((event) => event.message !== undefined))) this.#wakeIn(this.#grace);
    });
    this.#wakeIn(0);
  }

  #wakeIn(ms: number): void {
    if (this.#stopped || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.catchUp().catch((error: unknown) => {
        this.#report(error, 'waking');
        this.#wakeIn(again);
      });
    }, ms);
    this.#timer.unref();
  }

  /** Wakes for everything that is old enough by now. Resolves when it is handed over, not when it has arrived. */
  catchUp(): Promise<void> {
    this.#working ??= this.#work().finally(() => { this.#working = undefined; });
    return this.#working;
  }

  async #work(): Promise<void> {
    const { pool, house, now } = this.#stair;
    let early = false;
    for (const stream of await behind(pool)) {
      for (let seen = Math.max(stream.seen, this.#read.get(stream.no) ?? 0); seen < stream.head && !this.#stopped;) {
        const events = await eventsAfter(pool, house, stream, seen, pageSize);
        const ripe = now() - this.#grace;
        const young = events.findIndex((event) => event.message !== undefined && event.at > ripe);
        const old = young < 0 ? events : events.slice(0, young);
        early ||= young >= 0;
        if (old.length === 0) break;
        const recent = old.filter((event) => event.message !== undefined && event.at > now() - stale);
        const telling = recent.length > 0 ? await this.#wakeFor(stream.no, recent.flatMap((event) => touched([messageNoun], event).map((ref) => ref.id))) : [];
        seen = old.at(-1)!.seq;
        this.#read.set(stream.no, seen);
        this.#settle(stream.no, seen, telling);
        if (young >= 0) break;
      }
    }
    if (early) this.#wakeIn(this.#grace);
  }

  /** The cursor goes on when all before it is known, in the order of the log. */
  #settle(stream: number, seen: number, telling: readonly Promise<unknown>[]): void {
    const before = this.#settling.get(stream);
    const chain = { failed: before?.chain.failed ?? { is: false } };
    const done = Promise.all([before?.done, ...telling]).then(() => move(this.#stair.pool, stream, seen));
    this.#settling.set(stream, { chain, done });
    done.then(
      () => { if (this.#settling.get(stream)?.done === done) this.#settling.delete(stream); },
      (error: unknown) => {
        // The first that fails takes all behind it along: they are read again from the cursor, and handed over under the same ids.
        if (chain.failed.is || this.#stopped) return;
        chain.failed.is = true;
        this.#settling.delete(stream);
        this.#read.delete(stream);
        this.#report(error, 'waking');
        this.#wakeIn(again);
      },
    );
  }

  /** Tells each who may see these messages, can be woken, wants to be and has not read them. */
  async #wakeFor(no: number, ids: readonly Id[]): Promise<Promise<unknown>[]> {
    const { pool, memory, marks, now } = this.#stair;
    const stream = memory.byNo.get(no);
    const room = stream && (memory.get(roomNoun.noun, stream.key.slice(2))?.value as Room | undefined);
    if (!stream || !room) return [];
    const devices = Map.groupBy(await devicesOf(pool, [...stream.byNo.values()].map(({ person }) => person), now()), ({ person }) => person);
    if (devices.size === 0) return [];
    const docs = (await docsByRef(pool, ids.map((id) => ({ noun: messageNoun.noun, id })))) as Doc<Message>[];
    const said = docs.filter(({ value }) => !value.withdrawn).toSorted((a, b) => a.born - b.born);
    const read = await marks.of(no);
    const due = new Map<Id, Doc<Message>[]>();
    for (const who of stream.byNo.values()) {
      if (!devices.has(who.person)) continue;
      const theirs = said.filter((doc) => this.#concerns(stream, who, doc) && !hasRead(read.get(who.no), doc.born));
      if (theirs.length > 0) due.set(who.person, theirs);
    }
    const wishes = await wishesOf(pool, [...due.keys()], room.id);
    return [...due].flatMap(([person, theirs]) => this.#notices(stream, room, person, devices.get(person)![0]!.language, theirs, wishes.get(person)!)).map((notice) => this.#teller.tell(notice));
  }

  #concerns({ key }: StreamMemory, who: Member, doc: Doc<Message>): boolean {
    const { memory } = this.#stair;
    const stay = memory.maySee(who.person, key);
    const account = memory.get(personNoun.noun, who.person)?.value as Person | undefined;
    return doc.value.by !== who.person && stay !== undefined && memory.isVisible(doc, stay) && isCounted(who, doc.born) && account?.disabled !== true;
  }

  /** What is urgent comes by itself; of the rest one notice tells the newest, and how many there are. */
  #notices(stream: StreamMemory, room: Room, person: Id, language: Language, said: readonly Doc<Message>[], wishes: Parameters<typeof whether>[2]): Notice[] {
    const { memory, now } = this.#stair;
    const org = memory.member(stream.key, person)!.card.org;
    const how = said.map(({ value }) => ({ message: value, how: whether(value, { person, org }, wishes, now()) })).filter((one) => one.how !== undefined);
    const urgent = how.filter(({ message }) => message.urgency === 'urgent');
    const usual = how.filter(({ message }) => message.urgency !== 'urgent');
    const groups = [...urgent.map((one) => [one]), ...(usual.length > 0 ? [usual] : [])];
    return groups.map((group) => {
      const { message } = group.find((one) => one.message.urgency === 'important') ?? group.at(-1)!;
      const newest = group.at(-1)!.message;
      const path = `/talk/${room.id}`;
      return {
        id: derivedId(newest.id, `wake/${person}`), person, channel: 'push' as const,
        ...says(room, message, memory.member(stream.key, message.by), group.length - 1, this.#words(language)),
        path, tag: message.urgency === 'urgent' ? `${path}/${message.id}` : path,
        urgent: message.urgency === 'urgent', drill: message.drill === true, gentle: this.#isGentle(message), silent: group.every((one) => one.how === 'silent'),
      };
    });
  }

  /** A drill was announced and can wait until morning, unless it was opened to be heard at any hour. That it has become real cannot. (W14) */
  #isGentle({ drill, incident, note }: Message): boolean {
    const of = incident && (this.#stair.memory.get(incidentNoun.noun, incident)?.value as Incident | undefined);
    return drill === true && !(of && of.outside) && !isReal(note);
  }

  #words(language: Language): Words {
    let spoken = this.#spoken.get(language);
    if (!spoken) this.#spoken.set(language, (spoken = words(language, dictionaries[language])));
    if (language === 'ja') return spoken;
    const organizations = this.#stair.memory.of(workspaceStream, organization.noun).map(({ value }) => value as Organization);
    return { ...spoken, named: new Map(organizations.filter(({ romaji }) => romaji).map(({ id, romaji }) => [id, romaji])) };
  }

  /** Waits until all that was handed over is known. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#settling.values()].map(({ done }) => done));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#working?.catch(() => undefined);
  }
}
