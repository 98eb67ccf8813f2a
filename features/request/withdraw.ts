import { refused, type Verdict } from '@noroshi/foundations/kernel';
import { command } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { cannotWords, maySayCannot, saysCannot } from './cannot.ts';
import { addressed, andThen, asIf, firstRefusal, needsOf, streamsOf, tell } from './rules.ts';
import { answerOf, sumsOf } from './sums.ts';

/**
 * 辞退: an organization takes back what it had committed. Who has already left is called back instead. Lines to which it
 * had committed nobody are 不可 in the same breath.
 */
export const withdraw = command('request.withdraw', {
  about: 'An organization takes back what it had committed to these lines.',
  input: z.strictObject({ ...addressed, ...cannotWords }),
  streams: streamsOf,
  needs: needsOf,
  may: (actor, here, { parts }) => firstRefusal(function* (): Iterable<Verdict> {
    yield* maySayCannot(actor, here, parts);
    if (!parts.some((part) => answerOf(here.request!, part.line, actor.org, part.wave)?.count)) yield refused('request.nothingCommitted');
  }()),
  then({ parts, reason, text }, { request, mine }, actor, when) {
    const now = request!;
    const said = saysCannot(now, actor, parts, reason, text);
    const count = parts.reduce((sum, p) => sum + (answerOf(now, p.line, actor.org, p.wave)?.count ?? 0), 0);
    const { short } = sumsOf(asIf(now, said, actor, when)).total;
    return andThen(now, [...said, tell(now, 'withdrawn', { org: mine, count, short }, when)], actor, when, { mine: mine?.name ?? '' });
  },
});
