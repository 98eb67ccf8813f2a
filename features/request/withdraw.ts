import { refused, type Verdict } from '@noroshi/foundations/kernel';
import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { declineReasons } from './content.ts';
import { declined } from './dispatch-request.ts';
import { addressed, andThen, asIf, checkPart, firstRefusal, isOpen, mayAnswer, needsOf, partShape, partsOf, streamsOf, tell } from './rules.ts';
import { answerOf, sumsOf } from './sums.ts';

/** 辞退: an organization takes back what it had committed. Who has already left is called back instead. */
export const withdraw = command('request.withdraw', {
  about: 'An organization takes back what it had committed to these lines.',
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
      const answer = answerOf(here.request!, part.line, actor.org, part.wave);
      if (!answer?.count) yield refused('request.nothingCommitted');
      if (answer && answer.moves.departed > 0) yield refused('request.alreadyDeparted', { departed: answer.moves.departed });
    }
  }()),
  then({ parts, reason, text }, { request, mine }, actor, when) {
    const now = request!;
    const effect = happens(declined, { request: now.id, parts: parts.map(({ line, wave }) => ({ line, wave })), reason, withdrawn: true, ...(text ? { text } : {}) }, about(now));
    const count = parts.reduce((sum, p) => sum + (answerOf(now, p.line, actor.org, p.wave)?.count ?? 0), 0);
    const { short } = sumsOf(asIf(now, [effect], actor, when)).total;
    return andThen(now, [effect, tell(now, 'withdrawn', { org: mine?.name ?? '', count, short }, when)], actor, when, { mine: mine?.name ?? '' });
  },
});
