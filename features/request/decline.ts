import { refused, type Verdict } from '@noroshi/foundations/kernel';
import { command } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { cannotWords, maySayCannot, saysCannot } from './cannot.ts';
import { addressed, andThen, firstRefusal, needsOf, streamsOf, tell } from './rules.ts';
import { answerOf } from './sums.ts';

/** 不可: an organization cannot, and says why. Said by the primary, the line goes on to the secondaries at once. */
export const decline = command('request.decline', {
  about: 'An organization says that it cannot help with these lines, and why.',
  input: z.strictObject({ ...addressed, ...cannotWords }),
  streams: streamsOf,
  needs: needsOf,
  may: (actor, here, { parts }) => firstRefusal(function* (): Iterable<Verdict> {
    yield* maySayCannot(actor, here, parts);
    for (const part of parts) {
      const count = answerOf(here.request!, part.line, actor.org, part.wave)?.count ?? 0;
      if (count > 0) yield refused('request.alreadyCommitted', { count });
    }
  }()),
  then({ parts, reason, text }, { request, mine }, actor, when) {
    const now = request!;
    return andThen(now, [...saysCannot(now, actor, parts, reason, text), tell(now, 'declined', { org: mine, lines: parts.length }, when)], actor, when, { mine: mine?.name ?? '' });
  },
});
