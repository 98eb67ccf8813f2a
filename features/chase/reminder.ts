import { idShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { resultsShape, type Results } from './run.ts';

/** 再通知: whoever had not read a message was told once more. */
export interface Reminder { readonly message: Id; readonly at: Moment; readonly by: Id; readonly times: number; readonly told?: Results }

export const reminded = eventKind('chase.reminded', 188, z.object({ message: idShape }));
export const remindedTold = eventKind('chase.remindedTold', 189, z.object({ message: idShape, times: z.int(), results: resultsShape }));

export const reminder = noun<Reminder>('reminder')
  .on(reminded, (e) => e.body.message, (now, { at, by, body }) => ({ message: body.message, at, by, times: (now?.times ?? 0) + 1 }))
  .on(remindedTold, (e) => e.body.message, (now, { body }) => (now?.times === body.times ? { ...now, told: body.results } : undefined));
export const theReminder = (message: Id): Ref<Reminder> => ref(reminder, message);
