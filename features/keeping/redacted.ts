import { message, type Message } from '@noroshi/features/talk';
import { idShape } from '@noroshi/foundations/kernel';
import { eventKind } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { fieldsOfPart, parts, reasonShape } from './redaction.ts';

/**
 * 黒塗り: these words are no more, here and on every device. Told in the room they were said in: why, who asked for it
 * (`first`), and by the envelope who agreed and when. Where the term was over (`disposal`), the clock does it: `second` is who agreed, the reason the years.
 */
export const redacted = eventKind('keeping.redacted', 304, z.object({ message: idShape, parts: z.array(z.enum(parts)), reason: reasonShape, first: idShape, second: z.optional(idShape), disposal: z.optional(idShape) }), { empties: true });

/** A message without these words, with the mark that says so. */
export function without(now: Message, { by, at, body: { parts: gone, reason, first, second, disposal } }: { by: string; at: number; body: z.output<typeof redacted.shape> }): Message {
  const fields = new Set<string>(gone.flatMap((part) => fieldsOfPart[part]));
  const left = Object.fromEntries(Object.entries(now).filter(([field]) => !fields.has(field))) as unknown as Message;
  const answers = left.answers && fields.has('word') ? { answers: Object.fromEntries(Object.entries(left.answers).map(([who, [answer, when]]) => [who, [answer, when] as const])) } : {};
  return { ...left, ...answers, redacted: [...(now.redacted ?? []), { parts: gone, reason, by: [first, second ?? by], at, ...(disposal ? { disposal } : {}) }] };
}

// What is done to a message stands with the message; this deed comes late to a device, and teaches it here.
message.on(redacted, (e) => e.body.message, (now, e) => now && without(now, e));
