import { derivedId, idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, roomStream, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { scenarioShape, type Inject, type Scenario } from './scenario.ts';

/** The controllers' desk (統制席): a place whose members run the drill. What is still to come lies there, before nobody else's eyes. */
export const deskOf = (incident: Id): Id => derivedId(incident, 'drill/desk');
export const deskStream = (incident: Id): StreamKey => roomStream(deskOf(incident));

/** P: in time; S: late; M: after a hint; U: not at all. HSEEP's four ratings, with the field's meaning for a drill of this kind. */
export const ratings = ['P', 'S', 'M', 'U'] as const;
export type Rating = (typeof ratings)[number];

/** How fast the drill's clock may run: times the clock on the wall. */
export const speeds = [1, 2, 5, 10, 30] as const;
export const speedShape = z.number().check(z.refine((one) => (speeds as readonly number[]).includes(one)));

const numbered = { incident: idShape, no: z.string() };

// Numbers 260 to 279 are this room's.
export const begun = eventKind('drill.begun', 260, z.object({ incident: idShape, ...scenarioShape.def.shape }));
/** `clock`: minutes of the drill's clock at this moment. */
export const paced = eventKind('drill.paced', 261, z.object({ incident: idShape, running: z.boolean(), speed: z.number(), clock: z.number() }));
/** `messages`: what stands in the talks. `due`: until when the act is expected, by the clock on the wall. */
export const given = eventKind('drill.given', 262, z.object({ ...numbered, clock: z.number(), messages: z.array(z.object({ room: idShape, message: idShape })), due: z.optional(momentShape), byHand: z.optional(z.literal(1)) }));
export const skipped = eventKind('drill.skipped', 263, z.object({ ...numbered, clock: z.number() }));
export const hinted = eventKind('drill.hinted', 264, z.object(numbered));
/** An evaluator's word goes before what was worked out; without a rating theirs is taken back. */
export const rated = eventKind('drill.rated', 265, z.object({ ...numbered, rating: z.optional(z.enum(ratings)), why: z.optional(z.string()) }));

/** What was played in: when, into which talks, until when an act is expected. */
export interface Given { readonly at: Moment; readonly clock: number; readonly messages: readonly { readonly room: Id; readonly message: Id }[]; readonly due?: Moment | undefined; readonly byHand?: 1 | undefined }

/** A drill that follows a scenario. It bears the id of its incident. */
export interface DrillRun extends Scenario {
  readonly incident: Id;
  readonly at: Moment;
  readonly by: Id;
  /** The drill's clock: it stood at `clock` minutes at `since`, and runs `speed` times as fast as the wall's, or stands. */
  readonly running: boolean;
  readonly speed: number;
  readonly since: Moment;
  readonly clock: number;
  readonly given: Readonly<Record<string, Given>>;
  readonly skipped: Readonly<Record<string, { readonly at: Moment; readonly clock: number }>>;
  readonly hinted: Readonly<Record<string, Moment>>;
  readonly rated: Readonly<Record<string, { readonly rating: Rating; readonly why?: string | undefined; readonly by: Id; readonly at: Moment }>>;
  /** Grows with whatever changes what comes next; the clock gives only what was planned last. */
  readonly rev: number;
}

export const drillRun = noun<DrillRun>('drillRun')
  .begins(begun, (e) => e.body.incident, ({ at, by, body }) => ({ ...body, at, by, running: false, speed: 1, since: at, clock: 0, given: {}, skipped: {}, hinted: {}, rated: {}, rev: 1 }))
  .on(paced, (e) => e.body.incident, (now, { at, body: { running, speed, clock } }) => now && { ...now, running, speed, clock, since: at, rev: now.rev + 1 })
  .on(given, (e) => e.body.incident, (now, { at, body: { incident: _of, no, ...what } }) => now && { ...now, given: { ...now.given, [no]: { at, ...what } }, rev: now.rev + 1 })
  .on(skipped, (e) => e.body.incident, (now, { at, body: { no, clock } }) => now && { ...now, skipped: { ...now.skipped, [no]: { at, clock } }, rev: now.rev + 1 })
  .on(hinted, (e) => e.body.incident, (now, { at, body: { no } }) => now && { ...now, hinted: { ...now.hinted, [no]: at } })
  .on(rated, (e) => e.body.incident, (now, { at, by, body: { no, rating, why } }) => {
    if (!now) return undefined;
    const { [no]: _before, ...others } = now.rated;
    return { ...now, rated: rating ? { ...others, [no]: { rating, why, by, at } } : others };
  });

export const theDrillRun = (incident: Id): Ref<DrillRun> => ref(drillRun, incident);

/** What the drill's clock shows, in minutes. */
export const clockAt = ({ clock, running, speed, since }: Pick<DrillRun, 'clock' | 'running' | 'speed' | 'since'>, now: Moment): number => clock + (running ? ((now - since) / 60_000) * speed : 0);

/** Whether something was neither given nor skipped yet. */
export const isToCome = ({ given: came, skipped: left }: Pick<DrillRun, 'given' | 'skipped'>, no: string): boolean => !came[no] && !left[no];

/** At which minute of the drill's clock something comes; nothing while what it follows has not come. What follows a skipped one counts from the skipping. */
export function minuteOf(run: Pick<DrillRun, 'given' | 'skipped'>, { after, minute }: Pick<Inject, 'after' | 'minute'>): number | undefined {
  if (after === undefined) return minute;
  const before = run.given[after]?.clock ?? run.skipped[after]?.clock;
  return before === undefined ? undefined : before + minute;
}

/** What comes next and when, by the clock on the wall; of several at one minute the first of the file. Nothing while the clock stands. */
export function nextOf(run: DrillRun): { readonly inject: Inject; readonly at: Moment } | undefined {
  if (!run.running) return undefined;
  const first = toCome(run).find(({ minute }) => minute !== undefined);
  return first && { inject: first.inject, at: Math.round(run.since + ((first.minute! - run.clock) / run.speed) * 60_000) };
}

/** All that is still to come, in its order; last what waits for another. */
export function toCome(run: Pick<DrillRun, 'given' | 'skipped' | 'injects'>): { readonly inject: Inject; readonly minute: number | undefined }[] {
  return run.injects.filter(({ no }) => isToCome(run, no)).map((inject) => ({ inject, minute: minuteOf(run, inject) })).toSorted((a, b) => (a.minute ?? Infinity) - (b.minute ?? Infinity) || 0);
}
