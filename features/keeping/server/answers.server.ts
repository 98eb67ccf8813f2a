/** How what is asked of keeping is answered; read with the first question. */
import { refused, type Refusal } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import type { Asking } from '@noroshi/foundations/sync/server';
import { keptStream } from '../book.ts';
import { redaction, type Redaction } from '../redaction.ts';

/** Answers `keeping.redactions`. What lies in a room that the asker does not see is not told of. */
export async function answerRedactions({ actor, sight, stair }: Asking): Promise<{ redactions: Redaction[] } | Refusal> {
  if (actor.role !== 'administrator') return refused('keeping.notAllowed');
  const all = stair.memory.of(keptStream, redaction.noun).map(({ value }) => value as Redaction);
  return { redactions: all.filter(({ room }) => sight.has(roomStream(room))).toSorted((a, b) => b.at - a.at) };
}
