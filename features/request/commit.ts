import { momentShape, refused, type Verdict } from '@noroshi/foundations/kernel';
import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { countShape, pledgeWords } from './content.ts';
import { committed } from './dispatch-request.ts';
import { addressed, andThen, asIf, checkPart, firstRefusal, isOpen, mayAnswer, needsOf, partShape, partsOf, streamsOf, tell } from './rules.ts';
import { answerOf, sumsOf } from './sums.ts';

/**
 * 決定: an organization says how many it sends. The number stands in place of the one it gave before; two organizations
 * that commit in the same instant both count, and what is too many shows as surplus.
 */
export const commit = command('request.commit', {
  about: 'An organization commits a number of its staff to lines of a request, or changes the number it committed.',
  input: z.strictObject({
    ...addressed,
    /** `considering`: how many more it is still looking for. */
    parts: partsOf(z.extend(partShape, { count: countShape, considering: z.optional(countShape) })),
    until: z.optional(momentShape),
    ...pledgeWords,
  }),
  streams: streamsOf,
  needs: needsOf,
  may: (actor, here, input) => firstRefusal(function* (): Iterable<Verdict> {
    yield isOpen(here);
    const request = here.request!;
    yield mayAnswer(actor, request);
    if (input.departs !== undefined && input.arrives !== undefined && input.arrives < input.departs) yield refused('request.arrivesBeforeDeparting');
    for (const part of input.parts) {
      yield checkPart(request, actor.org, part);
      const before = answerOf(request, part.line, actor.org, part.wave);
      // More for a line that is no longer needed helps nobody; fewer is how one takes back.
      if (request.lines.some((l) => l.id === part.line && l.withdrawn) && part.count > (before?.count ?? 0)) yield refused('request.lineWithdrawn', { line: part.line });
      if (before && part.count < before.moves.departed) yield refused('request.alreadyDeparted', { departed: before.moves.departed });
    }
  }()),
  then({ room: _room, request: _request, parts, until, ...pledge }, { request, mine }, actor, when) {
    const now = request!;
    const effect = happens(committed, {
      request: now.id,
      parts: parts.map(({ line, wave, count, considering }) => ({ line, wave, count, ...(considering ? { considering } : {}) })),
      pledge,
      ...(until === undefined ? {} : { until }),
    }, about(now));
    const after = sumsOf(asIf(now, [effect], actor, when)).total;
    const params = { org: mine?.name ?? '', count: parts.reduce((sum, p) => sum + p.count, 0), short: after.short, surplus: after.surplus };
    const first = parts.every((p) => !answerOf(now, p.line, actor.org, p.wave)?.count);
    const line = `${first ? 'committed' : 'recommitted'}${after.surplus > 0 ? '.surplus' : after.short > 0 ? '' : '.filled'}`;
    return andThen(now, [effect, tell(now, line, params, when)], actor, when, { mine: mine?.name ?? '' });
  },
});
