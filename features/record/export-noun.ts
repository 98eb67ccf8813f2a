import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, facts, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** What is taken out: of one disaster, of one room, of a time, or of these together. What nothing is said of is all that its asker may read. */
export const selectionShape = {
  incident: z.optional(idShape),
  room: z.optional(idShape),
  /** From this moment on, and before that one, by the server's clock. */
  from: z.optional(momentShape),
  until: z.optional(momentShape),
  /** The audit goes with it: who came in, from where, and whose numbers they looked at. Of the whole house alone, or of a time. */
  audit: z.optional(z.boolean()),
};
export type Selection = Readonly<z.output<z.ZodMiniObject<typeof selectionShape>>>;

/** Someone takes a part of the record out of the house. Numbers 280 to 299 are this room's. */
export const exported = eventKind('record.exported', 280, z.object(selectionShape));

/** A part of the record that was taken out: by whom, when, and what of it. */
export interface RecordExport extends Selection {
  readonly id: Id;
  readonly by: Id;
  readonly at: Moment;
  readonly drill: boolean;
}

export const recordExport = noun<RecordExport>('recordExport').begins(exported, (e) => e.id, ({ id, by, at, drill, body }) => ({ ...body, id, by, at, drill: !!drill }));

export const theExport = (id: Id): Ref<RecordExport> => ref(recordExport, id);

/** What this room makes true: all that a device must know to hold it. */
export const recordFacts = facts('record', { events: [exported], nouns: [recordExport] });
