import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { ratings } from './drill-run.ts';
import { expectedActs } from './scenario.ts';

/** After how many minutes it is looked who has read. */
export const looksAfter = [5, 15, 30, 60] as const;
/** What one who has read it had been told by: the step of the ladder before their reading; `screen` where none was taken. */
export const reachWays = ['screen', 'push', 'mail', 'sms', 'voice', 'phone', 'never'] as const;
export type ReachWay = (typeof reachWays)[number];

/** Milliseconds, or nothing where it never came. */
const span = z.optional(z.number());
const coverageShape = z.object({
  /** Readings that were asked: people times messages. */
  asked: z.int(),
  never: z.int(),
  /** Of those whose message was at least so old by the end, how many had read it so soon: `of` of them, for each of `looksAfter`. */
  after: z.array(z.object({ read: z.int(), of: z.int() })),
  /** Half, nine in ten, and all of those who have read it had done so after. */
  half: span, most: span, all: span,
});
export type Coverage = z.output<typeof coverageShape>;
/** How many readings came by each way, and after how long half of them had come. */
const waysShape = z.partialRecord(z.enum(reachWays), z.object({ n: z.int(), half: span }));
export type Ways = z.output<typeof waysShape>;

const townShape = z.object({
  org: idShape, coverage: coverageShape, ways: waysShape,
  /** Urgent messages of others, how many this organization answered, and how soon in the middle. */
  urgent: z.int(), answered: z.int(), answer: span,
});
const courseShape = z.object({ request: idShape, no: z.string(), org: idShape, sentAt: momentShape, decided: span, pledged: span, filled: span, /** 不足: people times hours. */ shortHours: z.number(), short: z.int() });
const taskShape = z.object({
  no: z.string(), givenAt: momentShape, text: z.string(), act: z.enum(expectedActs), orgs: z.array(idShape), person: z.optional(idShape), weight: z.int(), due: momentShape,
  doneAt: z.optional(momentShape), missing: z.array(idShape),
  /** As worked out; absent while its time runs. */
  found: z.optional(z.enum(ratings)), rating: z.optional(z.enum(ratings)), why: z.optional(z.string()),
  /** Minutes of the drill's clock: within how many it was expected, and after how many it was done. */
  within: z.number(), took: z.optional(z.number()),
});

export const scoreShape = z.object({
  incident: idShape, name: z.string(), openedAt: momentShape, until: momentShape, over: z.boolean(),
  injects: z.object({ given: z.int(), skipped: z.int(), of: z.int() }),
  messages: z.int(), coverage: coverageShape, ways: waysShape, towns: z.array(townShape),
  requests: z.array(courseShape), shortHours: z.number(),
  tasks: z.array(taskShape),
  /** Of 100, weighted; absent where nothing could be rated yet. */
  points: z.optional(z.number()), counts: z.record(z.enum(ratings), z.int()),
});
export type Score = z.output<typeof scoreShape>;
export type Task = Score['tasks'][number];
export type Course = Score['requests'][number];

/** The score of a drill as it is now, or as it ended; and which drills before it can be laid beside it. */
export const score = question('drill.score', {
  about: 'How a drill goes, or went: who read when, who answered, what was short, what was done in time. While it runs for its controllers, once it is over for all inside.',
  input: z.strictObject({ incident: idShape }),
  output: scoreShape,
});

/** The scenarios that come with the product, as their files. */
export const scenarios = question('drill.scenarios', {
  about: 'The scenarios that come with the product, each as its file.',
  input: z.strictObject({}),
  output: z.object({ files: z.array(z.object({ name: z.string(), text: z.string() })) }),
});
