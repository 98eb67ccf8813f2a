import { person as personNoun, type Person } from '@noroshi/features/directory';
import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Measured, Reminding } from '@noroshi/foundations/measured';
import { fold, isCounted, member as memberNoun, memberShut, roomStream, workspaceStream, type Doc, type Event, type Member } from '@noroshi/foundations/sync';
import { eventsAfter, type Stair } from '@noroshi/foundations/sync/server';
import { actsIn } from '../acts.ts';
import { coursesOf } from '../course.ts';
import { deskStream, paced, type DrillRun } from '../drill-run.ts';
import { timeOf, type Pace } from '../pace.ts';
import type { ReachWay } from '../questions.ts';
import type { Reading, Seen, ToRead } from '../score.ts';
import { orgsOf } from '../whom.ts';

const page = 2_000;

/** A drill, and what is played into it. */
export interface Drill { readonly incident: Incident; readonly run: DrillRun | undefined }

/** What was made of a drill's events and marks, until something else happens in it. */
type Made = Pick<Seen, 'paces' | 'messages' | 'acts' | 'orgsOf'> & { readonly of: string };

/**
 * What the record and the marks tell of a drill. Kept between two looks it reads what has happened since the one before: where
 * nothing has, it asks the tables for nothing.
 */
export class Look {
  readonly #stair: Stair;
  readonly #rooms: readonly Measured[];
  /** The events of each stream that were read, and up to which number. */
  readonly #events = new Map<string, { upTo: number; readonly all: Event<any>[] }>();
  #made: Made | undefined;
  /** How far everything was at the last look. */
  #at = '';

  /** @param rooms what the rooms of the house are measured by */
  constructor(stair: Stair, rooms: readonly Measured[]) {
    this.#stair = stair;
    this.#rooms = rooms;
  }

  /** Whether nothing has happened in the house since the last look that could concern this drill. */
  isOf({ incident }: Drill): boolean {
    return this.#at === this.#heads(incident);
  }

  #heads({ id, roles }: Incident): string {
    const { memory, marks } = this.#stair;
    const keys = [workspaceStream, deskStream(id), ...new Set(roles.map(({ room }) => roomStream(room)))];
    return JSON.stringify(keys.map((key) => memory.streams.get(key)).map((stream) => stream && [stream.head, stream.key === workspaceStream ? 0 : marks.moves(stream.no)]));
  }

  /** All of it as it is now, or as it was at the end: the events of its twin talks, and those of the workspace that are about it. */
  async seen({ incident, run }: Drill): Promise<Seen> {
    const { memory, marks } = this.#stair;
    const now = this.#stair.now();
    const until = incident.closedAt ?? Infinity;
    this.#at = this.#heads(incident);
    const places = [...new Set(incident.roles.map(({ room }) => room))];
    const born = memory.get(incidentNoun.noun, incident.id)?.born ?? 1;
    const [desk, told, ...talks] = await Promise.all([
      run ? this.#until(deskStream(incident.id), 0, until) : [], this.#until(workspaceStream, born - 1, until, ({ incident: of }) => of === incident.id),
      ...places.map((room) => this.#until(roomStream(room), 0, until)),
    ]);
    // The numbers alone say whether anything has happened: of reading too.
    const of = JSON.stringify([desk.length, told.length, places.map((room, i) => [talks[i]!.length, marks.moves(memory.streams.get(roomStream(room))!.no)])]);
    if (this.#made?.of !== of) this.#made = await this.#make(of, { incident, run }, places, { desk, told, talks });
    const { ran } = timeOf(this.#made.paces ?? [], incident.openedAt);
    const isDecision = (event: Event): boolean => actsIn([event], this.#rooms)[0]?.act === 'decide';
    const requests = talks.flatMap((events) => this.#rooms.flatMap(({ asks }) => (asks ? coursesOf(asks, events, incident.id, Math.min(until, now), isDecision, ran) : [])));
    return { incident, run, now, ...this.#made, requests };
  }

  async #make(of: string, { incident, run }: Drill, places: readonly Id[], { desk, told, talks }: { readonly desk: readonly Event<any>[]; readonly told: readonly Event<any>[]; readonly talks: readonly (readonly Event<any>[])[] }): Promise<Made> {
    const { memory } = this.#stair;
    const messages = await Promise.all(places.map((room, i) => this.#toRead(room, talks[i]!, incident.id, run)));
    const stood = stoodOf(told);
    return {
      of, paces: desk.flatMap((event): Pace[] => (event.kind === paced.kind ? [{ at: event.at, running: event.body.running, speed: event.body.speed }] : [])),
      messages: together(messages.flat(), run),
      acts: actsIn([...talks.flatMap((events) => events.filter((event) => event.incident === incident.id)), ...told], this.#rooms).toSorted((a, b) => a.at - b.at),
      orgsOf: ({ by }, at) => (by ? orgsOf(by, stood.findLast((one) => one.at <= at)?.incident ?? incident, (id) => (memory.get(personNoun.noun, id)?.value as Person | undefined)?.org) : []),
    };
  }

  /** The events of a stream after a number, up to a moment: what came in the years after a drill is not read again for it. */
  async #until(key: string, after: number, until: Moment, isWanted: (event: Event<any>) => boolean = () => true): Promise<readonly Event<any>[]> {
    const { pool, house, memory } = this.#stair;
    const stream = memory.streams.get(key);
    if (!stream) return [];
    const kept = this.#events.get(key) ?? { upTo: after, all: [] };
    this.#events.set(key, kept);
    while (kept.upTo < stream.head) {
      const some = await eventsAfter(pool, house, stream, kept.upTo, page);
      const within = some.filter(({ at }) => at <= until);
      kept.all.push(...within.filter(isWanted));
      // What came after the end comes after it for good: it is not looked for again.
      kept.upTo = within.length < some.length ? Infinity : some.at(-1)?.seq ?? stream.head;
      if (some.length < page) break;
    }
    return kept.all;
  }

  /** What was to be read in a talk, by whom, and by whom it was. */
  async #toRead(room: Id, events: readonly Event<any>[], incident: Id, run: DrillRun | undefined): Promise<ToRead[]> {
    const { memory, marks } = this.#stair;
    const key = roomStream(room);
    const stream = memory.streams.get(key)!;
    const members = (memory.of(key, memberNoun.noun) as Doc<Member>[]).map(({ value }) => value).filter(({ card }) => !card.guest);
    const reminded = Map.groupBy(this.#rooms.flatMap(({ reminds }): Reminding[] => (reminds ? memory.of(key, reminds.noun).flatMap(({ value }) => reminds.tells(value)) : [])), ({ message }) => message);
    const injected = new Set(Object.values(run?.given ?? {}).flatMap(({ messages }) => messages.map(({ message }) => message)));
    const asked = events.flatMap((event) => {
      const message: Id | undefined = event.kind === 'talk.said' ? event.id : event.kind === 'talk.noted' ? event.body.id : undefined;
      const urgent = event.body.urgency === 'urgent';
      // That the drill ends at once is said to all, and no part of it.
      return message && event.body.line !== 'drill.real' && (urgent || injected.has(message)) ? [{ message, urgent, event }] : [];
    });
    // Who could read nothing any more by then was asked for nothing; whose account was closed later was.
    const shut = events.filter(({ kind }) => kind === memberShut.kind);
    const isShut = (person: Id, seq: number): boolean => shut.findLast((event) => event.seq <= seq && event.body.person === person)?.body.shut === true;
    const times = await marks.readTimesOf(stream.no, asked.map(({ event }) => event.seq));
    return asked.map(({ message, urgent, event }): ToRead => {
      const [read, tries] = [times.get(event.seq), reminded.get(message) ?? []];
      const readings = members.filter((who) => who.person !== event.by && isCounted(who, event.seq) && !isShut(who.person, event.seq)).map((who): Reading => {
        const at = read?.get(who.no);
        return { person: who.person, org: who.card.org, at, sits: memory.member(deskStream(incident), who.person) && 1, way: wayTo(at, tries.filter(({ people }) => people.includes(who.no))) };
      });
      const { mentions = [], mentionOrgs = [] } = event.body as { mentions?: readonly Id[]; mentionOrgs?: readonly Id[] };
      const asks = mentions.length + mentionOrgs.length === 0 ? undefined : [...mentionOrgs, ...members.flatMap(({ person, card }) => (mentions.includes(person) ? [card.org] : []))];
      return { message, at: event.at, asks, org: injected.has(message) ? undefined : event.org, urgent, readings };
    });
  }
}

/** How the drill stood from which moment on: a town that is hit later makes another its primary, and what was asked before stays asked of whom it was. */
function stoodOf(events: readonly Event[]): { at: Moment; incident: Incident }[] {
  let doc: Doc | undefined;
  return events.flatMap((event) => fold([incidentNoun], event, () => doc).map((now) => ({ at: event.at, incident: (doc = now).value as Incident })));
}

/** What was played into several talks is one thing to read: who is in two of them has read it when they read one. */
function together(messages: readonly ToRead[], run: DrillRun | undefined): ToRead[] {
  const no = new Map(Object.entries(run?.given ?? {}).flatMap(([one, { messages: copies }]) => copies.map(({ message }): [Id, string] => [message, one])));
  return [...Map.groupBy(messages, ({ message }) => no.get(message) ?? message).values()].map(([first, ...others]) => others.length === 0 ? first! : {
    ...first!, also: others.map(({ message }) => message),
    readings: [...Map.groupBy([first!, ...others].flatMap(({ readings }) => readings), ({ person }) => person).values()].map((all) => all.toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || 0)[0]!),
  });
}

/** By what somebody had been told last before they read it. */
function wayTo(read: Moment | undefined, tries: readonly { way: ReachWay; at: Moment }[]): ReachWay {
  if (read === undefined) return 'never';
  return tries.filter(({ at }) => at <= read).toSorted((a, b) => a.at - b.at).at(-1)?.way ?? 'screen';
}
