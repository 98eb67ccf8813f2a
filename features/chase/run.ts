import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { stepShape, type Step } from './step.ts';

/** A thing that asks: its noun and id. */
export const askingShape = { noun: z.string().check(z.minLength(1), z.maxLength(40)), thing: idShape };

/** People of a room by their numbers in its stream: a hundred of them take a hundred bytes on a bad line. */
const peopleShape = z.array(z.int());

/** What became of a step, for whom: `sent`, `held`, `card`, or the code of why not. */
export const resultsShape = z.array(z.strictObject({ result: z.string().check(z.minLength(1), z.maxLength(80)), people: peopleShape }));
export type Results = z.output<typeof resultsShape>;

/** One step of a ladder that was taken. */
export interface Try {
  readonly step: number;
  readonly at: Moment;
  readonly people: readonly number[];
  /** A drill that stays inside: nothing was sent. */
  readonly held?: 1;
  /** Absent until it is known, and for ever where the server was killed meanwhile. */
  readonly told?: Results;
}

/** One climb of the ladder: what asks, of whom an answer was owed when it began, and what was tried since. */
export interface Run {
  readonly id: Id;
  readonly noun: string;
  readonly thing: Id;
  readonly people: readonly number[];
  /** The steps are counted from here. */
  readonly from: Moment;
  /** As the ladder was then: who changes it changes no climb that has begun. */
  readonly steps: readonly Step[];
  readonly again: number;
  readonly tries: readonly Try[];
  readonly incident?: Id;
  readonly drill?: boolean;
}

export const begun = eventKind('chase.begun', 181, z.object({ id: idShape, ...askingShape, people: peopleShape, from: momentShape, steps: z.array(stepShape), again: z.int() }));
export const tried = eventKind('chase.tried', 182, z.object({ run: idShape, step: z.int(), people: peopleShape, held: z.optional(z.literal(1)) }));
export const told = eventKind('chase.told', 183, z.object({ run: idShape, step: z.int(), results: resultsShape }));

export const run = noun<Run>('chase')
  .begins(begun, (e) => e.body.id, (e) => ({ ...e.body, tries: [], ...(e.incident ? { incident: e.incident } : {}), ...(e.drill ? { drill: true } : {}) }))
  .on(tried, (e) => e.body.run, (now, { at, body: { step, people, held } }) => now && { ...now, tries: [...now.tries, { step, at, people, ...(held ? { held } : {}) }] })
  .on(told, (e) => e.body.run, (now, { body: { step, results } }) => now && { ...now, tries: now.tries.map((one) => (one.step === step ? { ...one, told: results } : one)) });
export const theRun = (id: Id): Ref<Run> => ref(run, id);

/** Whether steps are still to come. */
export const isClimbing = ({ tries, steps }: Pick<Run, 'tries' | 'steps'>): boolean => (tries.at(-1)?.step ?? -1) < steps.length - 1;

/** What becomes due at a time is written down a little later. */
const soon = 60_000;

/**
 * Who is on a climb: those of its last step, while the next is to come. An answer that ends a climb leaves no word in it,
 * so one whose next step stayed away is over.
 */
export function climbers(run: Pick<Run, 'people' | 'from' | 'steps' | 'tries'>, now: Moment): readonly number[] {
  const last = run.tries.at(-1);
  const isOver = !isClimbing(run) || dueAt(run, (last?.step ?? -1) + 1, last?.at ?? run.from) + soon < now;
  return isOver || run.from > now ? [] : (last?.people ?? run.people);
}

/**
 * When a step is due. One that is late, because the server was away, keeps its distance from the one before it: nobody is
 * told everything at once.
 */
export function dueAt({ from, steps }: Pick<Run, 'from' | 'steps'>, step: number, now: Moment): Moment {
  const planned = from + steps[step]!.after * 60_000;
  return planned >= now || step === 0 ? planned : now + (steps[step]!.after - steps[step - 1]!.after) * 60_000;
}
