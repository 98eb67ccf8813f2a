import { attachmentShape } from '@noroshi/features/talk';
import { idShape, momentShape } from '@noroshi/foundations/kernel';
import * as z from 'zod/mini';
import { basisCodes, bringCodes, confirmedCodes, lodgingCodes, meansCodes, priorityCodes } from './codes.ts';
import { dutyCodes } from './duty-codes.ts';
import { jobTypes, skills } from './job-types.ts';

const text = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most));

/** A day as it is written, `2018-07-07`. */
const dayShape = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/));

/** The most staff one line may ask for or one answer may promise; more is a slip of the finger or several requests. */
export const mostStaff = 999;
export const mostLines = 20;
/** The most photographs and files that one request carries. */
export const mostFiles = 10;
export const mostWaves = 30;
export const countShape = z.int().check(z.minimum(1), z.maximum(mostStaff));
export const lineIdShape = z.int().check(z.minimum(1), z.maximum(mostLines));
export const waveShape = z.int().check(z.minimum(1), z.maximum(mostWaves));

/** 派遣の陣: when one group of staff comes and goes. The next one overlaps it for the handover. */
export const wavePeriodShape = z.strictObject({ from: dayShape, to: dayShape });

/** One line: what work, how many, what they must be able to do. Numbers are those of DOMAIN's table of the request. */
export const lineWords = {
  /** 8 */ duty: z.enum(dutyCodes),
  dutyText: z.optional(text(60)),
  /** 9 */ jobType: z.optional(z.enum(jobTypes)),
  /** 10 */ count: countShape,
  /** 11 */ skills: z.optional(z.array(z.enum(skills)).check(z.maxLength(skills.length))),
  skillsText: z.optional(text(200)),
  /** 12 */ genderNeed: z.optional(text(200)),
  /** 13: each wave needs `count` people; without waves there is one. */
  waves: z.optional(z.array(wavePeriodShape).check(z.minLength(1), z.maxLength(mostWaves))),
  /** 14 */ shift: z.optional(z.enum(['day', 'night', 'allDay'])),
  /** 27 */ substitutes: z.optional(text(200)),
};
export const lineWordsShape = z.strictObject(lineWords);
export type LineWords = z.output<typeof lineWordsShape>;

/** A line as it stands in a request. Its number is never given to another. */
export const lineShape = z.strictObject({ id: lineIdShape, ...lineWords, withdrawn: z.optional(z.boolean()) });
export type Line = z.output<typeof lineShape>;

const phoneShape = z.string().check(z.regex(/^\+?[0-9][0-9-]{6,18}$/));

export const requestPlaceShape = z.strictObject({
  name: text(120),
  lat: z.optional(z.number().check(z.minimum(-90), z.maximum(90))),
  lon: z.optional(z.number().check(z.minimum(-180), z.maximum(180))),
});

/** Everything of the request that is not in its lines: all of it may come later, as a revision. */
export const detailsShape = z.strictObject({
  /** 3: where it was asked otherwise than here, when and how. */
  requestedAt: z.optional(momentShape),
  means: z.optional(z.enum(meansCodes)),
  /** 5 */ basis: z.optional(z.array(z.enum(basisCodes)).check(z.maxLength(basisCodes.length))),
  /** 6: in words, and which message of this room told it. */ damage: z.optional(text(2000)),
  damageReport: z.optional(idShape),
  /** 7 */ reason: z.optional(text(2000)),
  /** 13 */ startDate: z.optional(dayShape),
  endDate: z.optional(dayShape),
  rotationDays: z.optional(z.int().check(z.minimum(1), z.maximum(60))),
  /** 15 */ place: z.optional(requestPlaceShape),
  route: z.optional(text(500)),
  /** 16 */ meetAt: z.optional(momentShape),
  meetPlace: z.optional(text(120)),
  /** 17 */ receiver: z.optional(z.strictObject({
    section: z.optional(text(60)), name: z.optional(text(60)), phone: z.optional(phoneShape),
    otherName: z.optional(text(60)), otherPhone: z.optional(phoneShape),
  })),
  /** 18 */ commandedBy: z.optional(text(120)),
  /** 19 */ lodging: z.optional(z.enum(lodgingCodes)),
  lodgingText: z.optional(text(200)),
  /** 20 */ meals: z.optional(text(200)),
  /** 21 */ transport: z.optional(text(300)),
  /** 22 */ bring: z.optional(z.array(z.enum(bringCodes)).check(z.maxLength(bringCodes.length))),
  bringText: z.optional(text(300)),
  /** 23 */ provided: z.optional(text(300)),
  /** 24 */ terms: z.optional(text(300)),
  costBearer: z.optional(text(200)),
  /** 25 */ safety: z.optional(text(500)),
  /** 26: `neededBy` absent means as soon as possible. */
  priority: z.optional(z.enum(priorityCodes)),
  neededBy: z.optional(momentShape),
  /** 28: told with the words, as a message tells of its own; the bytes follow. */ files: z.optional(z.array(attachmentShape).check(z.maxLength(mostFiles))),
  /** 29 */ confirmed: z.optional(z.enum(confirmedCodes)),
});
export type Details = z.output<typeof detailsShape>;

/** The most staff that one answer names. */
export const mostNamed = 100;

/** What a supporter says with its number: 回答. Names of staff follow later; blood group and next of kin stay at home, since the whole room reads this. */
export const pledgeWords = {
  departs: z.optional(momentShape),
  arrives: z.optional(momentShape),
  leader: z.optional(text(60)),
  leaderPhone: z.optional(phoneShape),
  staff: z.optional(z.array(z.strictObject({
    name: text(60), section: z.optional(text(60)), jobType: z.optional(z.enum(jobTypes)), phone: z.optional(phoneShape),
    skills: z.optional(z.array(z.enum(skills)).check(z.maxLength(skills.length))),
    post: z.optional(text(60)),
  })).check(z.maxLength(mostNamed))),
  vehicles: z.optional(text(200)),
  lodgingNeeded: z.optional(z.boolean()),
  cost: z.optional(text(200)),
  note: z.optional(text(500)),
  /** 条件: under which it comes. */
  conditions: z.optional(text(500)),
};
export const pledgeShape = z.strictObject(pledgeWords);
export type Pledge = z.output<typeof pledgeShape>;
