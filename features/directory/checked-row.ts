import * as z from 'zod/mini';

/** Something about one cell, or about a whole row: its sentence is `refusal.<code>`. */
export const remarkShape = z.strictObject({
  /** The head of the column as it stands in the file; absent where it is about the row. */
  column: z.optional(z.string()),
  code: z.string(),
  params: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
});
export type Remark = z.output<typeof remarkShape>;

export const checkedRowShape = z.strictObject({
  /** As the file's own lines are counted, from 1. */
  line: z.int(),
  /** `left`: it is not taken, and the others are. */
  does: z.enum(['add', 'amend', 'same', 'wrong', 'left']),
  name: z.string(),
  orgName: z.string(),
  /** Must be put right before anything is done. */
  problems: z.array(remarkShape),
  /** Was put right by us; to be looked at. */
  notes: z.array(remarkShape),
  changes: z.array(z.strictObject({ column: z.string(), before: z.string(), after: z.string() })),
});
export type CheckedRow = z.output<typeof checkedRowShape>;
