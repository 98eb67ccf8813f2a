import { momentShape, refused, type Verdict } from '@noroshi/foundations/kernel';
import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { aheadOf } from './ahead.ts';
import { about } from './clock.ts';
import { countShape } from './content.ts';
import { considered } from './dispatch-request.ts';
import { addressed, checkPart, firstRefusal, isOpen, mayAnswer, needsOf, partShape, partsOf, streamsOf, tell } from './rules.ts';
import { answerOf, isCut } from './sums.ts';

/**
 * 検討中: "we are looking for n, and will say by then". It may still end in 不可, so it stops no clock. The talk hears of it
 * where it is news: those who wait read it where they look.
 */
export const consider = command('request.consider', {
  about: 'An organization says how many it is looking for, and until when it will have decided. What it committed before stays.',
  input: z.strictObject({ ...addressed, parts: partsOf(z.extend(partShape, { count: countShape })), until: z.optional(momentShape) }),
  streams: streamsOf,
  needs: needsOf,
  may: (actor, here, { parts }) => firstRefusal(function* (): Iterable<Verdict> {
    yield isOpen(here);
    yield mayAnswer(actor, here.request!);
    for (const part of parts) {
      yield checkPart(here.request!, actor.org, part);
      if (here.request!.lines.some((l) => l.id === part.line && l.withdrawn)) yield refused('request.lineWithdrawn', { line: part.line });
      if (isCut(here.request!, part)) yield refused('request.waveNotFound', { wave: part.wave });
    }
  }()),
  then({ parts, until }, { request, mine }, actor, when) {
    const now = request!;
    const count = parts.reduce((sum, p) => sum + p.count, 0);
    const before = parts.reduce((sum, p) => sum + (answerOf(now, p.line, actor.org, p.wave)?.considering?.count ?? 0), 0);
    const ahead = aheadOf(now, parts);
    return [
      happens(considered, { request: now.id, parts: parts.map(({ line, wave, count: n }) => ({ line, wave, count: n })), ...(until === undefined ? {} : { until }) }, about(now)),
      ...(count === before ? [] : [tell(now, ahead === undefined ? 'considered' : 'considered.ahead', { org: mine?.name ?? '', count, ...(ahead === undefined ? {} : { wave: ahead }) }, when)]),
    ];
  },
});
