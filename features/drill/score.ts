import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Act } from './acts.ts';
import { ratings, type DrillRun, type Rating } from './drill-run.ts';
import { looksAfter, type Course, type Coverage, type ReachWay, type Score, type Task, type Ways } from './questions.ts';
import { timeOf, type Pace, type Time } from './pace.ts';
import type { Inject } from './scenario.ts';

/** What an act is worth: all in time, less late or after a hint. Ours; the weights are the scenario's. */
export const worth: Readonly<Record<Rating, number>> = { P: 1, S: 0.7, M: 0.4, U: 0 };
/** One person's reading of a message. */
export interface Reading { readonly person: Id; readonly org: Id; readonly at?: Moment | undefined; readonly way: ReachWay; /** They sit at the desk and know what comes: their reading says nothing of how people were reached. */ readonly sits?: 1 | undefined }
/** Something that was to be read by all of a talk: what was played in, and what was urgent. What was played in comes of no organization, and stands in several talks as one thing. */
export interface ToRead { readonly message: Id; readonly also?: readonly Id[] | undefined; readonly at: Moment; readonly org?: Id | undefined; readonly urgent: boolean; /** Of which organizations an answer is asked, where not of all. */ readonly asks?: readonly Id[] | undefined; readonly readings: readonly Reading[] }

/** All that a score is worked out from, as the record tells it. */
export interface Seen {
  readonly incident: { readonly id: Id; readonly name: string; readonly openedAt: Moment; readonly closedAt?: Moment | undefined };
  /** Absent: a drill without a scenario, of which the reading and the requests are told all the same. */
  readonly run?: Pick<DrillRun, 'injects' | 'given' | 'skipped' | 'hinted' | 'rated'> | undefined;
  readonly now: Moment;
  /** How its controllers let time go, in order. */
  readonly paces?: readonly Pace[] | undefined;
  readonly messages: readonly ToRead[];
  /** In the order of time. */
  readonly acts: readonly Act[];
  readonly requests: readonly Course[];
  /** Whose act an inject expects, as the drill stood when it was given. */
  readonly orgsOf: (inject: Inject, at: Moment) => readonly Id[];
}

/** The score of a drill. (G9–G12) */
export function scoreOf(seen: Seen): Score {
  const { incident, run, now, messages, requests } = seen;
  const until = incident.closedAt ?? now;
  const time = timeOf(seen.paces ?? [], incident.openedAt);
  const tasks = run ? tasksOf(seen, run, until, time) : [];
  const rated = tasks.filter(({ rating }) => rating !== undefined);
  const whole = rated.reduce((sum, { weight }) => sum + weight, 0);
  const got = rated.reduce((sum, { weight, rating }) => sum + weight * worth[rating!], 0);
  const ended = time.ran(until);
  // What was read after the end was not read in the drill.
  const read = messages.flatMap(({ at: sent, readings }) => readings.filter(({ sits }) => !sits).map((one): Sent => (one.at === undefined || one.at > until
    ? { ...one, at: undefined, way: 'never', sent: time.ran(sent) } : { ...one, at: time.ran(one.at), sent: time.ran(sent) })));
  const orgs = [...new Set(read.map(({ org }) => org))];
  return {
    incident: incident.id, name: incident.name, openedAt: incident.openedAt, until, over: incident.closedAt !== undefined,
    injects: { given: Object.keys(run?.given ?? {}).length, skipped: Object.keys(run?.skipped ?? {}).length, of: run?.injects.length ?? 0 },
    messages: messages.length, coverage: coverageOf(read, ended), ways: waysOf(read),
    towns: orgs.map((org) => townOf(org, seen, read.filter((one) => one.org === org), ended, time)),
    requests: [...requests], shortHours: requests.reduce((sum, one) => sum + one.shortHours, 0),
    tasks, ...(whole > 0 ? { points: Math.round((got / whole) * 1_000) / 10 } : {}),
    counts: Object.fromEntries(ratings.map((one) => [one, rated.filter(({ rating }) => rating === one).length])) as Record<Rating, number>,
  };
}

type Sent = Reading & { readonly sent: Moment };

/** Who had read how soon. A message younger than so many minutes at the end says nothing of those minutes. */
export function coverageOf(read: readonly Sent[], until: Moment): Coverage {
  const spans = read.flatMap(({ at, sent }) => (at === undefined || at > until ? [] : [Math.max(0, at - sent)])).toSorted((a, b) => a - b);
  const after = looksAfter.map((minutes) => {
    const old = read.filter(({ sent }) => sent + minutes * 60_000 <= until);
    return { read: old.filter(({ at, sent }) => at !== undefined && at <= sent + minutes * 60_000).length, of: old.length };
  });
  return { asked: read.length, never: read.length - spans.length, after, ...spread(spans) };
}

/** @param sorted milliseconds */
function spread(sorted: readonly number[]): { half?: number; most?: number; all?: number } {
  if (sorted.length === 0) return {};
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
  return { half: at(0.5), most: at(0.9), all: at(1) };
}

const waysOf = (read: readonly Sent[]): Ways => Object.fromEntries([...Map.groupBy(read, ({ way }) => way)].map(([way, all]) => {
  const { half } = spread(all.flatMap(({ at, sent }) => (at === undefined ? [] : [Math.max(0, at - sent)])).toSorted((x, y) => x - y));
  return [way, { n: all.length, ...(half === undefined ? {} : { half }) }];
}));

function townOf(org: Id, { messages, acts }: Seen, read: readonly Sent[], ended: number, { ran }: Time): Score['towns'][number] {
  const urgent = messages.filter((one) => one.urgent && one.org !== org && one.asks?.includes(org) !== false && one.readings.some((reading) => reading.org === org && !reading.sits));
  const spans = urgent.flatMap(({ message, also = [], at }) => {
    const first = acts.find((act) => act.act === 'answer' && act.org === org && (act.message === message || also.includes(act.message!)) && ran(act.at) <= ended);
    return first ? [ran(first.at) - ran(at)] : [];
  }).toSorted((a, b) => a - b);
  const { half } = spread(spans);
  return { org, coverage: coverageOf(read, ended), ways: waysOf(read), urgent: urgent.length, answered: spans.length, ...(half === undefined ? {} : { answer: half }) };
}

function tasksOf(seen: Seen, run: NonNullable<Seen['run']>, until: Moment, time: Time): Task[] {
  return run.injects.flatMap((inject): Task[] => {
    const { no, act, by, within, weight = 1 } = inject;
    const given = run.given[no];
    if (!given || !act || !by || within === undefined) return [];
    const orgs = seen.orgsOf(inject, given.at);
    const person = by.as === 'person' ? by.id : undefined;
    const firsts = orgs.map((org) => ({ org, at: firstOf(seen, inject, given, org, person, until) }));
    const missing = firsts.filter(({ at }) => at === undefined).map(({ org }) => org);
    // Of several each is asked: it is done when the last of them has done it.
    const doneAt = orgs.length > 0 && missing.length === 0 ? Math.max(...firsts.map(({ at }) => at!)) : undefined;
    const took = (at: Moment): number => time.minutes(at) - time.minutes(given.at);
    const found = foundFor({ doneAt, late: took(doneAt ?? until) > within, hintedAt: run.hinted[no], over: seen.incident.closedAt !== undefined });
    const told = run.rated[no];
    const rating = told?.rating ?? found;
    return [{
      no, givenAt: given.at, text: inject.text, act, orgs: [...orgs], ...(person ? { person } : {}), weight, due: time.moment(time.minutes(given.at) + within, until), missing,
      ...(doneAt === undefined ? {} : { doneAt }), ...(found ? { found } : {}), ...(rating ? { rating } : {}), ...(told?.why ? { why: told.why } : {}),
      within, ...(doneAt === undefined ? {} : { took: took(doneAt) }),
    }];
  });
}

/** P in time, S late, M after a hint, U not at all; nothing while its time runs. (G11) */
function foundFor({ doneAt, late, hintedAt, over }: { doneAt: Moment | undefined; late: boolean; hintedAt: Moment | undefined; over: boolean }): Rating | undefined {
  if (doneAt === undefined) return over || late ? 'U' : undefined;
  if (hintedAt !== undefined && hintedAt < doneAt) return 'M';
  return late ? 'S' : 'P';
}

/** When an organization first did what was expected, if it did before the end. */
function firstOf({ messages, acts }: Seen, { act }: Inject, given: DrillRun['given'][string], org: Id, person: Id | undefined, until: Moment): Moment | undefined {
  const isTheirs = (who: { org: Id; person: Id }): boolean => (person === undefined ? who.org === org : who.person === person);
  const there = new Set(given.messages.map(({ message }) => message));
  if (act === 'read') {
    const read = messages.filter(({ message }) => there.has(message)).flatMap(({ readings }) => readings).flatMap((one) => (one.at !== undefined && one.at <= until && isTheirs(one) ? [one.at] : []));
    return read.length > 0 ? Math.min(...read) : undefined;
  }
  const talks = new Set(given.messages.map(({ room }) => `r:${room}`));
  // What is told to all of the house stands in no talk; all else is done where it was asked.
  const isHere = (one: Act): boolean => (one.act === 'answer' ? there.has(one.message!) : one.act === 'report' || one.act === 'enter' || talks.has(one.stream));
  return acts.find((one) => one.act === act && one.at >= given.at && one.at <= until && isTheirs({ org: one.org, person: one.by }) && isHere(one))?.at;
}
