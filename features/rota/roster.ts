import type { Watch } from '@noroshi/foundations/duty';
import { idShape, momentShape, wallAhead, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** A month as the wall of the prefecture shows it. */
export const monthShape = z.string().check(z.regex(/^20\d\d-(0[1-9]|1[0-2])$/));
export const monthOf = (at: Moment): string => new Date(at + wallAhead).toISOString().slice(0, 7);

/** A turn is known by a number within its month: an id of its own would be nearly all that a roster weighs on a thin line. */
export const shiftNo = z.int().check(z.minimum(1), z.maximum(9_999));
export const shiftShape = z.strictObject({ id: shiftNo, from: momentShape, until: momentShape, person: idShape, deputy: z.optional(idShape) });
/** 当番の一回: from when until when someone holds the line, and who takes it up where they cannot. */
export interface Shift extends z.output<typeof shiftShape> {
  /** Someone else is asked to take it over, and has not answered. */
  readonly asked?: { readonly to: Id; readonly by: Id; readonly at: Moment };
  /** Whose it was before it was taken over, the first first. */
  readonly was?: readonly Id[];
}

export const rosterSet = eventKind('rota.set', 380, z.object({ org: idShape, month: monthShape, shifts: z.array(shiftShape) }));
export const swapAsked = eventKind('rota.swapAsked', 381, z.object({ org: idShape, month: monthShape, shift: shiftNo, to: idShape }));
export const swapAnswered = eventKind('rota.swapAnswered', 382, z.object({ org: idShape, month: monthShape, shift: shiftNo, accepts: z.boolean() }));

/** 当番表: who holds the line of an organization in a month. One thing a month, so that a year of twenty towns is 240 of them and not 7,000. */
export interface Roster {
  readonly org: Id;
  readonly month: string;
  readonly shifts: readonly Shift[];
  /** How often it was changed: whoever writes it names what they had before them. */
  readonly rev: number;
  readonly by: Id;
  readonly at: Moment;
}

export const rosterId = (org: Id, month: string): string => `${org}/${month}`;
const changed = (now: Roster | undefined, id: number, change: (shift: Shift) => Shift): Roster | undefined => now && { ...now, rev: now.rev + 1, shifts: now.shifts.map((one) => (one.id === id ? change(one) : one)) };

export const roster = noun<Roster>('roster')
  .on(rosterSet, (e) => rosterId(e.body.org, e.body.month), (now, { by, at, body: { org, month, shifts } }) => ({
    org, month, by, at, rev: (now?.rev ?? 0) + 1,
    // What was asked of someone, and whose it was, stay with a shift that stays as it was.
    shifts: shifts.map((one) => {
      const before = now?.shifts.find(({ id, person }) => id === one.id && person === one.person);
      return { ...one, ...(before?.asked && { asked: before.asked }), ...(before?.was && { was: before.was }) };
    }),
  }))
  .on(swapAsked, (e) => rosterId(e.body.org, e.body.month), (now, { by, at, body }) => changed(now, body.shift, (one) => ({ ...one, asked: { to: body.to, by, at } })))
  .on(swapAnswered, (e) => rosterId(e.body.org, e.body.month), (now, { body }) => changed(now, body.shift, ({ asked, ...one }) => (body.accepts && asked
    // Who takes it over is no longer its deputy as well.
    ? { ...one, person: asked.to, was: [...(one.was ?? []), one.person], ...(one.deputy === asked.to ? { deputy: one.person } : {}) }
    : one)));

export const theRoster = (org: Id, month: string): Ref<Roster> => ref(roster, rosterId(org, month));

/** Who holds the line at a moment, whoever began last first. */
export const onDuty = ({ org, shifts }: Roster, at: Moment): Watch[] => shifts
  .filter(({ from, until }) => from <= at && at < until).toSorted((a, b) => b.from - a.from)
  .map(({ person, deputy, from, until }) => ({ org, person, deputy, from, until }));

/** The next that begins after a moment. */
export const nextOn = ({ shifts }: Roster, at: Moment): Shift | undefined => shifts.filter(({ from }) => from > at).toSorted((a, b) => a.from - b.from)[0];
