import { refused, type Verdict } from '@noroshi/foundations/kernel';
import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { declineReasons } from './content.ts';
import { declined } from './dispatch-request.ts';
import { addressed, andThen, checkPart, firstRefusal, isOpen, mayAnswer, needsOf, partShape, partsOf, streamsOf, tell } from './rules.ts';
import { answerOf } from './sums.ts';

/** 不可: an organization cannot, and says why. Said by the primary, the line goes on to the secondaries at once. */
export const decline = command('request.decline', {
  about: 'An organization says that it cannot help with these lines, and why.',
  input: z.strictObject({
    ...addressed,
    parts: partsOf(partShape),
    reason: z.enum(declineReasons),
    text: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(500))),
  }),
  streams: streamsOf,
  needs: needsOf,
  may: (actor, here, { parts }) => firstRefusal(function* (): Iterable<Verdict> {
    yield isOpen(here);
    yield mayAnswer(actor, here.request!);
    for (const part of parts) {
      yield checkPart(here.request!, actor.org, part);
      const count = answerOf(here.request!, part.line, actor.org, part.wave)?.count ?? 0;
      if (count > 0) yield refused('request.alreadyCommitted', { count });
    }
  }()),
  then({ parts, reason, text }, { request, mine }, actor, when) {
    const now = request!;
    const effect = happens(declined, { request: now.id, parts: parts.map(({ line, wave }) => ({ line, wave })), reason, ...(text ? { text } : {}) }, about(now));
    return andThen(now, [effect, tell(now, 'declined', { org: mine?.name ?? '', lines: parts.length }, when)], actor, when, { mine: mine?.name ?? '' });
  },
});
