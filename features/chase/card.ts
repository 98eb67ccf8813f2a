import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import type { Blacked, Redacts } from '@noroshi/foundations/redacts';
import * as z from 'zod/mini';
import { callResults, type CallResult } from './call-results.ts';
import { cardNoun } from './card-noun.ts';
import { askingShape } from './run.ts';

/** One call that was made. */
export interface Call { readonly by: Id; readonly at: Moment; readonly result: CallResult; readonly word?: string }

/** 電話の札: someone is to be rung about something. Whoever holds it rings, and nobody else meanwhile. */
export interface PhoneCard {
  readonly id: Id;
  readonly noun: string;
  readonly thing: Id;
  /** Who is to be rung. */
  readonly whom: Id;
  /** Since when they owe an answer. */
  readonly since: Moment;
  /** Who is asked to ring: a colleague of theirs who has read it. */
  readonly caller?: Id;
  readonly taken?: { readonly by: Id; readonly at: Moment };
  /** How often it was taken: who gives back by the clock names which time was meant. */
  readonly turns: number;
  readonly calls: readonly Call[];
  /** Calls made before it was dealt anew: they were about an earlier time of asking. */
  readonly earlier?: number;
  readonly incident?: Id;
  readonly drill?: boolean;
  readonly redacted?: readonly Blacked[];
}

export const carded = eventKind('chase.carded', 184, z.object({ id: idShape, ...askingShape, whom: idShape, since: momentShape, caller: z.optional(idShape) }));
export const taken = eventKind('chase.taken', 185, z.object({ card: idShape }));
export const givenBack = eventKind('chase.givenBack', 186, z.object({ card: idShape, /** By the clock. */ late: z.optional(z.literal(1)), /** By the ladder, to whoever is asked now: it is to be rung again. */ caller: z.optional(idShape) }));
export const wordShape = z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200)));
export const rang = eventKind('chase.rang', 187, z.object({ card: idShape, result: z.enum(callResults), word: wordShape }));

const free = ({ taken: _before, ...card }: PhoneCard): PhoneCard => card;

export const phoneCard = noun<PhoneCard>(cardNoun)
  .begins(carded, (e) => e.body.id, (e) => ({ ...e.body, turns: 0, calls: [], ...(e.incident ? { incident: e.incident } : {}), ...(e.drill ? { drill: true } : {}) }))
  .on(taken, (e) => e.body.card, (now, { by, at }) => now && { ...now, taken: { by, at }, turns: now.turns + 1 })
  .on(givenBack, (e) => e.body.card, (now, { body: { caller } }) => now && { ...free(now), ...(caller && { caller, earlier: now.calls.length }) })
  .on(rang, (e) => e.body.card, (now, { by, at, body: { result, word } }) => now && {
    // Whoever tells of a call that was made while another held the card does not take it from them.
    ...(now.taken?.by === by ? free(now) : now), calls: [...now.calls, { by, at, result, ...(word ? { word } : {}) }],
  });
export const theCard = (id: Id): Ref<PhoneCard> => ref(phoneCard, id);

/** Who rang whom, when and with what result stays; what was noted of the calls can go. */
export const cardRedacts: Redacts<PhoneCard> = {
  noun: phoneCard, inRoom: true,
  fields: { text: ['word'] },
  says: ({ calls }, part) => (part === 'text' ? calls.flatMap(({ word }) => word ?? []) : []),
  without: (now, parts) => (parts.has('text') ? { ...now, calls: now.calls.map(({ word: _word, ...call }) => call) } : now),
  bearing: ({ since, calls, incident, drill }) => ({ at: Math.max(since, ...calls.map(({ at }) => at)), incident, drill }),
  href: () => '/chase',
};
