import { idShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** A day as it is written, `2018-04-01`, in Japan. */
export const dayShape = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/), z.refine(isDay));

function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

/** One who helps, and whether that is published or only assumed. */
export const supporterShape = z.strictObject({ org: idShape, assumed: z.boolean() });
export type Supporter = z.output<typeof supporterShape>;

/** One line of the matrix: the first supporter is primary, those after it are secondary and succeed in this order. */
export const planRowShape = z.strictObject({ affected: idShape, supporters: z.array(supporterShape).check(z.maxLength(30)) });
export type PlanRow = z.output<typeof planRowShape>;

/** How long a primary has to answer, in minutes, where the plan does not say. */
export const usualClock = 30;
export const clockShape = z.int().check(z.minimum(5), z.maximum(240));

const words = {
  /** As the office calls it: 2018年度. */
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  /** The first day on which it holds. */
  from: dayShape,
  rows: z.array(planRowShape).check(z.maxLength(200)),
  /** How long a primary has to answer a request, in minutes. */
  clockMinutes: z.optional(clockShape),
};
export const planWordsShape = z.strictObject(words);
export type PlanWords = z.output<typeof planWordsShape>;

/** One version of the support plan (支援計画). Versions are kept for ever: an old incident can be understood by its own. */
export interface Plan extends PlanWords {
  /** 1, 2, 3 … */
  readonly revision: number;
  readonly at: Moment;
  readonly by: Id;
}

export const planRevised = eventKind('incident.planRevised', 80, z.object({ revision: z.int(), ...words }));

/** The versions of the support plan, by their number. */
export const plan = noun<Plan>('plan')
  .begins(planRevised, (e) => String(e.body.revision), (e) => ({ ...e.body, at: e.at, by: e.by }));

/** The clock of a plan, or of an incident that began with it. Those from before there was a choice mean the usual one. */
export const clockOf = (of: { readonly clockMinutes?: number | undefined } | undefined): number => of?.clockMinutes ?? usualClock;

export const thePlan = (revision: number): Ref<Plan> => ref(plan, String(revision));

const japan = 9 * 60 * 60 * 1000;

/** The day in Japan (UTC+9, no summer time) at a moment. */
export function dayInJapan(now: Moment): string {
  return new Date(now + japan).toISOString().slice(0, 10);
}

/** The newest version: the one a revision starts from. */
export function latestPlan(versions: readonly Plan[]): Plan | undefined {
  return versions.reduce<Plan | undefined>((best, one) => (!best || one.revision > best.revision ? one : best), undefined);
}

/**
 * The version that holds on a day: the one that began last, and among those that began on the same day the newest. So
 * next year's plan can be written in March and holds from 1 April. Before the first one begins, the first one holds:
 * help that is early by a date is better than none.
 */
export function planInForce(versions: readonly Plan[], day: string): Plan | undefined {
  const begun = versions.filter((one) => one.from <= day);
  const later = (a: Plan, b: Plan): boolean => a.from > b.from || (a.from === b.from && a.revision > b.revision);
  if (begun.length > 0) return begun.reduce((best, one) => (later(one, best) ? one : best));
  return versions.reduce<Plan | undefined>((best, one) => (!best || one.from < best.from || (one.from === best.from && one.revision > best.revision) ? one : best), undefined);
}
