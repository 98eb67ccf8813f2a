import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import type { Blacked, Redacts } from '@noroshi/foundations/redacts';
import * as z from 'zod/mini';

export const keyShape = z.string().check(z.minLength(1), z.maxLength(40));

/** What is said of one figure. */
export const toldShape = z.strictObject({
  key: keyShape,
  /** `null`: 未確認, which is neither 0 nor nothing. */
  n: z.nullable(z.number().check(z.minimum(0), z.maximum(1_000_000_000_000))),
  confirmed: z.boolean(),
  asOf: momentShape,
  /** Where it comes from, in words. */
  source: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))),
  /** The message it was taken from. It is named and not quoted: who may read that room reads it there. */
  message: z.optional(z.strictObject({ room: idShape, message: idShape })),
});
export type Told = Readonly<z.output<typeof toldShape>>;

/** What is said in words of one part of the form. Empty words take back what was said. */
export const wordsShape = z.strictObject({ key: keyShape, text: z.string().check(z.trim(), z.maxLength(2_000)) });

/** What a figure, or a part in words, was called on a form that was set in this house. A report says it itself: it can be read wherever it comes, without the form. */
const labelShape = z.strictObject({ ja: z.string(), en: z.string() });
const calledShape = z.strictObject({ name: labelShape, unit: z.optional(labelShape) });

/** A number is told once: 1, 2, 3 … as the reports of a town come. Numbers 210 to 219 are this room's. */
export const reported = eventKind('damage.reported', 210, z.object({
  town: idShape, kind: z.string(), form: z.int(), asOf: momentShape, told: z.array(toldShape), words: z.array(wordsShape), called: z.optional(z.record(z.string(), calledShape)),
}));

/** One report as it was made: what is new in it, and nothing else. */
export interface Report {
  readonly id: Id;
  readonly at: Moment;
  readonly by: Id;
  /** Who made it: not the town itself where the prefecture entered it. */
  readonly org: Id;
  readonly kind: string;
  readonly form: number;
  readonly asOf: Moment;
  readonly told: readonly Told[];
  readonly words: readonly { readonly key: string; readonly text: string }[];
  readonly called?: Readonly<Record<string, z.output<typeof calledShape>>> | undefined;
}

/** All that a town has reported in an incident: its n-th report is the n-th of the list. */
export interface DamageSheet {
  readonly incident: Id;
  readonly drill: boolean;
  readonly town: Id;
  readonly reports: readonly Report[];
  readonly redacted?: readonly Blacked[];
}

export const sheetId = (incident: Id, town: Id): string => `${incident}/${town}`;

export const damageSheet = noun<DamageSheet>('damageSheet').on(reported, (e) => sheetId(e.incident!, e.body.town), (now, { id, at, by, org, incident, drill, body: { town, ...said } }) => ({
  ...now, incident: incident!, drill: !!drill, town, reports: [...(now?.reports ?? []), { id, at, by, org, ...said }],
}));

/** What a town has reported in an incident. */
export const theSheet = (incident: Id, town: Id): Ref<DamageSheet> => ref(damageSheet, sheetId(incident, town));

/** The figures stay, since sums are made of them, with where they come from; the words of one report can go. */
export const sheetRedacts: Redacts<DamageSheet> = {
  noun: damageSheet, inRoom: false, bits: ({ reports }) => reports.map(({ id }) => id),
  fields: { text: ['words'] },
  says: ({ reports }, part, said) => (part === 'text' ? reports.find(({ id }) => id === said)?.words.map(({ text }) => text).filter(Boolean) ?? [] : []),
  without: (now, parts, said) => ({ ...now, reports: now.reports.map((one) => (one.id === said && parts.has('text') ? { ...one, words: [] } : one)) }),
  bearing: ({ incident, drill, reports }, said) => ({ at: reports.find(({ id }) => id === said)?.at ?? 0, incident, drill }),
  href: ({ incident, town }) => `/damage/${incident}/${town}`,
};
