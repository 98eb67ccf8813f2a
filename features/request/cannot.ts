import { refused, type Actor, type Verdict } from '@noroshi/foundations/kernel';
import { happens, type Effect } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { declineReasons } from './codes.ts';
import { declined, type DispatchRequest } from './dispatch-request.ts';
import { checkPart, isOpen, mayAnswer, partShape, partsOf, type Here } from './rules.ts';
import { answerOf } from './sums.ts';

type Part = z.output<typeof partShape>;
type Reason = (typeof declineReasons)[number];

/** Lines that an organization cannot help with, and why. */
export const cannotWords = {
  parts: partsOf(partShape),
  reason: z.enum(declineReasons),
  text: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(500))),
};

/** How many an organization has committed to one of these parts. */
const countOf = (request: DispatchRequest, { org }: Actor, { line, wave }: Part): number => answerOf(request, line, org, wave)?.count ?? 0;

/** Each part is there as it was seen, and nobody of it has left: who has left is called back instead. */
export function* checkCannot(request: DispatchRequest, actor: Actor, parts: readonly Part[]): Iterable<Verdict> {
  for (const part of parts) {
    yield checkPart(request, actor.org, part);
    const departed = answerOf(request, part.line, actor.org, part.wave)?.moves.departed ?? 0;
    if (departed > 0) yield refused('request.alreadyDeparted', { departed });
  }
}

/** Who may answer says it of parts that are there. */
export function* maySayCannot(actor: Actor, here: Here, parts: readonly Part[]): Iterable<Verdict> {
  yield isOpen(here);
  yield mayAnswer(actor, here.request!);
  yield* checkCannot(here.request!, actor, parts);
}

/** 不可 for these parts, and 辞退 where something had been committed. */
export function saysCannot(request: DispatchRequest, actor: Actor, parts: readonly Part[], reason: Reason, text: string | undefined): Effect[] {
  const why = { reason, ...(text ? { text } : {}) };
  return [true, false].flatMap((withdrawn) => {
    const those = parts.filter((part) => countOf(request, actor, part) > 0 === withdrawn).map(({ line, wave }) => ({ line, wave }));
    return those.length === 0 ? [] : [happens(declined, { request: request.id, parts: those, ...why, ...(withdrawn ? { withdrawn } : {}) }, about(request))];
  });
}
