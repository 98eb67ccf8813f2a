import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import type { Blacked, Redacts } from '@noroshi/foundations/redacts';
import * as z from 'zod/mini';
import { corrected } from './entry.ts';

/** 未着手・着手・完了・取消 */
export const orderStates = ['open', 'begun', 'done', 'cancelled'] as const;
export type OrderState = (typeof orderStates)[number];

/** Who has to do it, and by when. */
export const orderShape = z.strictObject({ owner: idShape, person: z.optional(idShape), due: z.optional(momentShape) });
export type Order = z.output<typeof orderShape>;

export const wordShape = z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(500)));

/** With the entry of the same command: its id is the entry's. `state`: of the instruction that it corrects. */
export const instructed = eventKind('chronology.instructed', 241, z.object({ owner: idShape, person: z.optional(idShape), due: z.optional(momentShape), state: z.optional(z.enum(orderStates)) }));
export const moved = eventKind('chronology.moved', 242, z.object({ entry: idShape, state: z.enum(orderStates), word: wordShape }));

/** 指示: someone is told to do something, and it is seen how far it has come. Its words stand in the entry of the same id. */
export interface Instruction extends Order {
  readonly incident: Id;
  readonly drill: boolean;
  /** Who gave it, and when it was written down. */
  readonly by: Id;
  readonly org: Id;
  readonly at: Moment;
  readonly state: OrderState;
  /** Who said so, and when. */
  readonly steps: readonly { readonly state: OrderState; readonly at: Moment; readonly by: Id; readonly org: Id; readonly word?: string | undefined }[];
  /** Another stands in its place. */
  readonly replaced?: true;
  readonly redacted?: readonly Blacked[];
}

export const instruction = noun<Instruction>('instruction')
  .begins(instructed, (e) => e.id, ({ by, org, at, incident, drill, body: { state = 'open', ...order } }) => ({ ...order, incident: incident!, drill: !!drill, by, org, at, state, steps: [] }))
  .on(moved, (e) => e.body.entry, (now, { at, by, org, body: { state, word } }) => now && { ...now, state, steps: [...now.steps, { state, at, by, org, ...(word ? { word } : {}) }] })
  .on(corrected, (e) => e.body.entry, (now) => now && { ...now, replaced: true });

export const theInstruction = (id: Id): Ref<Instruction> => ref(instruction, id);

/** Whether it still waits for someone. */
export const isOpen = ({ state, replaced }: Pick<Instruction, 'state' | 'replaced'>): boolean => !replaced && (state === 'open' || state === 'begun');

/** Whether its time is over and it is not done. */
export const isOverdue = (one: Pick<Instruction, 'state' | 'replaced' | 'due'>, now: Moment): boolean => isOpen(one) && one.due !== undefined && one.due < now;

/** Who has to do it, until when and how far it is stay; the words with the steps can go. */
export const instructionRedacts: Redacts<Instruction> = {
  noun: instruction, inRoom: false,
  fields: { text: ['word'] },
  says: ({ steps }, part) => (part === 'text' ? steps.flatMap(({ word }) => word ?? []) : []),
  without: (now, parts) => (parts.has('text') ? { ...now, steps: now.steps.map(({ word: _word, ...step }) => step) } : now),
  bearing: ({ at, steps, incident, drill }) => ({ at: Math.max(at, ...steps.map((step) => step.at)), incident, drill }),
  href: ({ incident }, id) => `/chronology/${incident}/${id}`,
};
