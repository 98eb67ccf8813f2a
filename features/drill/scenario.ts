import { idShape } from '@noroshi/foundations/kernel';
import type { MeasuredAct } from '@noroshi/foundations/measured';
import { incidentKinds, incidentNameShape } from '@noroshi/features/incident';
import * as z from 'zod/mini';

/** What a player can be expected to do about what was given: to read it, or what a room of the house knows by its events. */
export const expectedActs = ['read', 'answer', 'say', 'report', 'request', 'decide', 'arrive', 'enter'] as const satisfies readonly ('read' | MeasuredAct)[];
export type ExpectedAct = (typeof expectedActs)[number];

/** So many towns a scenario can number. */
export const mostTowns = 20;

/**
 * Who or where is meant. A scenario is written for any prefecture: `hit 1` is the first of the towns that the drill hits,
 * `primary 1` whoever the support plan makes its primary. `id` names one that is known by name.
 */
export const partShape = z.strictObject({
  as: z.enum(['hit', 'primary', 'secondary', 'headquarters', 'everyone', 'org', 'person', 'room']),
  n: z.optional(z.int().check(z.minimum(1), z.maximum(mostTowns))),
  id: z.optional(idShape),
});
export type Part = Readonly<z.output<typeof partShape>>;

const short = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most));
/** Minutes: a week. */
export const longestDrill = 10_080;
const minutes = (least: number) => z.int().check(z.minimum(least), z.maximum(longestDrill));

/** 状況付与: something that is played in, as its file says. */
export const injectShape = z.strictObject({
  /** As the file numbers it; others name it by this. */
  no: short(12),
  /** The one after which it comes. Without it its time counts from the beginning. */
  after: z.optional(short(12)),
  /** Minutes of the drill's clock. */
  minute: minutes(0),
  /** Into which talk: that of a hit town, of a group, or of all. */
  where: partShape,
  /** Who seems to say so: 気象台, 消防団, a resident. Played, so it is anyone. */
  from: short(60),
  text: short(2_000),
  urgent: z.optional(z.literal(1)),
  act: z.optional(z.enum(expectedActs)),
  /** Whose act is expected. */
  by: z.optional(partShape),
  /** Within how many minutes of the drill's clock. */
  within: z.optional(minutes(1)),
  /** How much it counts in the score: 1 to 100, 1 where nothing is said. */
  weight: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
  /** What the controller may say to help. */
  hint: z.optional(short(500)),
  /** With it the people are asked whether they are safe and can come (安否・参集): of the town it is played to, or of all who are hit and headquarters. */
  asks: z.optional(z.literal(1)),
});
export type Inject = Readonly<z.output<typeof injectShape>>;

/** Its place in the order. */
export type Order = Pick<Inject, 'no' | 'after'>;

export const mostInjects = 200;

/** 訓練シナリオ */
export const scenarioShape = z.strictObject({
  name: incidentNameShape,
  kind: z.enum(incidentKinds),
  injects: z.array(injectShape).check(z.minLength(1), z.maxLength(mostInjects)),
});
export type Scenario = Readonly<z.output<typeof scenarioShape>>;

/** What is wrong with the one that stands `at` this place, whoever asks: a file's reader says the line beside it. */
export interface Wrong { readonly at: number; readonly no: string; readonly code: 'twice' | 'afterUnknown' | 'cycle' | 'actWithoutBy' | 'actWithoutTime' | 'byWithoutAct'; readonly params?: Readonly<Record<string, string>> }

/** What a scenario lacks in itself: numbers that stand twice, an order that has no beginning, an act of nobody. (G2) */
export function wrongWith(injects: readonly (Order & Partial<Pick<Inject, 'act' | 'by' | 'within'>>)[]): Wrong[] {
  const wrong: Wrong[] = [];
  const byNo = new Map<string, Order>();
  for (const [at, one] of injects.entries()) {
    if (byNo.has(one.no)) wrong.push({ at, no: one.no, code: 'twice' });
    else byNo.set(one.no, one);
  }
  for (const [at, one] of injects.entries()) {
    const { no, after, act, by, within } = one;
    const say = (code: Wrong['code'], params?: Wrong['params']): void => void wrong.push({ at, no, code, ...(params ? { params } : {}) });
    if (after !== undefined && !byNo.has(after)) say('afterUnknown', { after });
    const way = wayRound(one, byNo);
    if (way) say('cycle', { way: way.join(' → ') });
    if (act && !by) say('actWithoutBy');
    if (act && within === undefined) say('actWithoutTime');
    if (!act && by) say('byWithoutAct');
  }
  return wrong;
}

/** The way from one back to itself, if there is one: none of those on it would ever come. */
function wayRound(from: Order, byNo: ReadonlyMap<string, Order>): string[] | undefined {
  const way = [from.no];
  for (let at = from.after; at !== undefined; at = byNo.get(at)?.after) {
    if (at === from.no) return [...way, at];
    // Whoever leads into a circle without being on it is not the one to be told.
    if (way.includes(at)) return undefined;
    way.push(at);
  }
  return undefined;
}

