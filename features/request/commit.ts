import { momentShape, refused, type Verdict } from '@noroshi/foundations/kernel';
import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { aheadOf, linesIn } from './ahead.ts';
import { cannotWords, checkCannot, saysCannot } from './cannot.ts';
import { about } from './clock.ts';
import { countShape, pledgeWords } from './content.ts';
import { committed } from './dispatch-request.ts';
import { addressed, andThen, asIf, checkPart, firstRefusal, isOpen, mayAnswer, needsOf, partShape, partsOf, streamsOf, tell } from './rules.ts';
import { addUp, answerOf, isCut, sumsOf } from './sums.ts';

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
    /** What is told of the answer (`pledgeWords`) is all there is from now on: what is not named is gone. Else the rest stays. */
    whole: z.optional(z.boolean()),
    /** The lines that it cannot help with, in the same breath: one press is one deed, and one line in the talk. */
    cannot: z.optional(z.strictObject(cannotWords)),
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
      // More for a line or wave that is no longer needed helps nobody; fewer is how one takes back.
      if (request.lines.some((l) => l.id === part.line && l.withdrawn) && part.count > (before?.count ?? 0)) yield refused('request.lineWithdrawn', { line: part.line });
      if (isCut(request, part) && part.count > (before?.count ?? 0)) yield refused('request.waveNotFound', { wave: part.wave });
      if (before && part.count < before.moves.departed) yield refused('request.alreadyDeparted', { departed: before.moves.departed });
      if (input.cannot?.parts.some((other) => other.line === part.line && other.wave === part.wave)) yield refused('request.saidTwice', { line: part.line });
    }
    yield* checkCannot(request, actor, input.cannot?.parts ?? []);
  }()),
  then({ room: _room, request: _request, parts, until, cannot, whole, ...pledge }, { request, mine }, actor, when) {
    const now = request!;
    const commits = happens(committed, {
      request: now.id,
      parts: parts.map(({ line, wave, count, considering }) => ({ line, wave, count, ...(considering ? { considering } : {}) })),
      pledge,
      ...(until === undefined ? {} : { until }),
      ...(whole ? { whole } : {}),
    }, about(now));
    const said = [commits, ...(cannot ? saysCannot(now, actor, cannot.parts, cannot.reason, cannot.text) : [])];
    const ahead = aheadOf(now, parts);
    const then = asIf(now, said, actor, when);
    const after = ahead === undefined ? sumsOf(then).total : addUp(linesIn(then, ahead));
    const params = { org: mine, count: parts.reduce((sum, p) => sum + p.count, 0), short: after.short, surplus: after.surplus, cannot: cannot?.parts.length ?? 0, ...(ahead === undefined ? {} : { wave: ahead }) };
    const first = parts.every((p) => !answerOf(now, p.line, actor.org, p.wave)?.count);
    const line = `${first ? 'committed' : 'recommitted'}${ahead === undefined ? '' : '.ahead'}${cannot ? '.cannot' : ahead !== undefined ? '' : after.surplus > 0 ? '.surplus' : after.short > 0 ? '' : '.filled'}`;
    return andThen(now, [...said, tell(now, line, params, when)], actor, when, { mine: mine?.name ?? '' });
  },
});
