import { attachmentShape } from '@noroshi/features/talk';
import { allowed, idShape, momentShape, refused, type Moment, type Verdict } from '@noroshi/foundations/kernel';
import * as z from 'zod/mini';
import type { Board } from './board-place.ts';
import { blockShape, longestBody, plainBody } from './rich.ts';

/** 了解／参加／不参加 …: so many answers to press at most. */
export const mostAnswers = 5;
export const mostFiles = 10;

export const mustShape = z.strictObject({
  /** Until then everyone is to have read it and answered; whoever has not is chased from then on. */
  due: momentShape,
  /** The words on the buttons. One alone says that it was read. */
  answers: z.array(z.string().check(z.trim(), z.minLength(1), z.maxLength(20))).check(z.minLength(1), z.maxLength(mostAnswers)),
});

/** What a notice says. The wire's order of fields: only ever add at the end. */
export const contentShape = z.object({
  title: z.string().check(z.trim(), z.maxLength(80)),
  category: z.string().check(z.maxLength(40)),
  body: z.array(blockShape).check(z.maxLength(500)),
  attachments: z.optional(z.array(attachmentShape).check(z.maxLength(mostFiles))),
  /** Whether its readers may write below it. */
  comments: z.boolean(),
  pinned: z.optional(z.boolean()),
  /** From then on it stands no longer in the list; the record keeps it. */
  until: z.optional(momentShape),
  must: z.optional(mustShape),
});
export type Content = z.output<typeof contentShape>;

/** The incident to which it belongs: what is written for a drill bears its mark. */
export const ofIncident = z.optional(idShape);

/** Whether this can be posted at a moment. */
export function checkContent({ title, category, body, until, must }: Content, board: Board | undefined, at: Moment, before?: Content): Verdict {
  if (!board) return refused('board.notFound');
  if (title.trim() === '') return refused('board.titleMissing');
  if (body.length === 0) return refused('board.nothingWritten');
  const { length } = plainBody(body);
  if (length > longestBody) return refused('board.tooLong', { n: length, most: longestBody });
  if (!board.categories.some(({ id }) => id === category)) return refused('board.categoryGone');
  if (must && must.due <= at && must.due !== before?.must?.due) return refused('board.dueIsPast');
  if (must && new Set(must.answers).size < must.answers.length) return refused('board.sameAnswers');
  if (until !== undefined && until <= at && until !== before?.until) return refused('board.endIsPast');
  if (until !== undefined && must && until < must.due) return refused('board.endsBeforeDue');
  return allowed;
}
