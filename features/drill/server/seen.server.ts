import { person as personNoun, type Person } from '@noroshi/features/directory';
import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Measured, Reminding } from '@noroshi/foundations/measured';
import { fold, isCounted, member as memberNoun, roomStream, workspaceStream, type Doc, type Event, type Member } from '@noroshi/foundations/sync';
import { eventsAfter, type Stair } from '@noroshi/foundations/sync/server';
import { actsIn } from '../acts.ts';
import { coursesOf } from '../course.ts';
import { deskStream, paced, type DrillRun } from '../drill-run.ts';
import { timeOf, type Pace } from '../pace.ts';
import type { ReachWay } from '../questions.ts';
import type { Reading, Seen, ToRead } from '../score.ts';
import { orgsOf } from '../whom.ts';

const page = 2_000;

/**
 * Reads of a drill what the record and the marks tell: all events of its twin talks, and those of the workspace that are about it.
 * @param rooms what the rooms of the house are measured by
 */
export async function seenOf(stair: Stair, rooms: readonly Measured[], incident: Incident, run: DrillRun | undefined): Promise<Seen> {
  const now = stair.now();
  const until = incident.closedAt ?? now;
  const isDecision = (event: Event): boolean => actsIn([event], rooms)[0]?.act === 'decide';
  const places = [...new Set(incident.roles.map(({ room }) => room))];
  const desk = run ? await allUntil(stair, deskStream(incident.id), 0, until) : [];
  const paces = desk.flatMap((event): Pace[] => (event.kind === paced.kind ? [{ at: event.at, running: event.body.running, speed: event.body.speed }] : []));
  const { ran } = timeOf(paces, incident.openedAt);
  const talks = await Promise.all(places.map(async (room) => {
    const events = await allUntil(stair, roomStream(room), 0, until);
    return { events, messages: await toRead(stair, rooms, room, events, incident.id, run), courses: rooms.flatMap(({ asks }) => (asks ? coursesOf(asks, events, incident.id, until, isDecision, ran) : [])) };
  }));
  const born = stair.memory.get('incident', incident.id)?.born ?? 0;
  const told = (await allUntil(stair, workspaceStream, born - 1, until)).filter((event) => event.incident === incident.id);
  const stood = stoodOf(told);
  return {
    incident, run, now, paces, messages: together(talks.flatMap(({ messages }) => messages), run),
    acts: actsIn([...talks.flatMap(({ events }) => events.filter((event) => event.incident === incident.id)), ...told], rooms).toSorted((a, b) => a.at - b.at),
    requests: talks.flatMap(({ courses }) => courses),
    orgsOf: ({ by }, at) => (by ? orgsOf(by, stood.findLast((one) => one.at <= at)?.incident ?? incident, (id) => (stair.memory.get(personNoun.noun, id)?.value as Person | undefined)?.org) : []),
  };
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

/** The events of a stream after a number, up to a moment: what came in the years after a drill is not read again for it. */
async function allUntil(stair: Stair, key: string, after: number, until: Moment): Promise<Event<any>[]> {
  const stream = stair.memory.streams.get(key);
  if (!stream) return [];
  const all: Event<any>[] = [];
  for (let seq = after; ;) {
    const some = await eventsAfter(stair.pool, stair.house, stream, seq, page);
    all.push(...some.filter(({ at }) => at <= until));
    const last = some.at(-1);
    if (some.length < page || !last || last.at > until) return all;
    seq = last.seq;
  }
}

/** What was to be read in a talk, by whom, and by whom it was. */
async function toRead(stair: Stair, rooms: readonly Measured[], room: Id, events: readonly Event<any>[], incident: Id, run: DrillRun | undefined): Promise<ToRead[]> {
  const key = roomStream(room);
  const stream = stair.memory.streams.get(key)!;
  const members = (stair.memory.of(key, memberNoun.noun) as Doc<Member>[]).map(({ value }) => value).filter(({ card }) => !card.guest);
  const reminded: Reminding[] = rooms.flatMap(({ reminds }) => (reminds ? stair.memory.of(key, reminds.noun).flatMap(({ value }) => reminds.tells(value)) : []));
  const injected = new Set(Object.values(run?.given ?? {}).flatMap(({ messages }) => messages.map(({ message }) => message)));
  const asked = events.flatMap((event) => {
    const message: Id | undefined = event.kind === 'talk.said' ? event.id : event.kind === 'talk.noted' ? event.body.id : undefined;
    const urgent = event.body.urgency === 'urgent';
    // That the drill ends at once is said to all, and no part of it.
    return message && event.body.line !== 'drill.real' && (urgent || injected.has(message)) ? [{ message, urgent, event }] : [];
  });
  const found: ToRead[] = [];
  for (const { message, urgent, event } of asked) {
    const times = await stair.marks.readTimes(stream.no, event.seq);
    const tries = reminded.filter((one) => one.message === message);
    const readings = members.filter((who) => who.person !== event.by && isCounted(who, event.seq)).map((who): Reading => {
      const at = times.get(who.no);
      return { person: who.person, org: who.card.org, at, sits: stair.memory.member(deskStream(incident), who.person) && 1, way: wayTo(at, tries.filter(({ people }) => people.includes(who.no))) };
    });
    const { mentions = [], mentionOrgs = [] } = event.body as { mentions?: readonly Id[]; mentionOrgs?: readonly Id[] };
    const asks = mentions.length + mentionOrgs.length === 0 ? undefined : [...mentionOrgs, ...members.flatMap(({ person, card }) => (mentions.includes(person) ? [card.org] : []))];
    found.push({ message, at: event.at, asks, org: injected.has(message) ? undefined : event.org, urgent, readings });
  }
  return found;
}

/** By what somebody had been told last before they read it. */
function wayTo(read: Moment | undefined, tries: readonly { way: ReachWay; at: Moment }[]): ReachWay {
  if (read === undefined) return 'never';
  return tries.filter(({ at }) => at <= read).toSorted((a, b) => a.at - b.at).at(-1)?.way ?? 'screen';
}
