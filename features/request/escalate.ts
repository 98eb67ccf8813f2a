import { refused } from '@noroshi/foundations/kernel';
import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { escalated, upwardWordsShape } from './dispatch-request.ts';
import { addressed, firstRefusal, isOpen, mayAsk, needsOf, streamsOf, tell } from './rules.ts';
import { sumsOf } from './sums.ts';
import { isTakenUp } from './taken-up.ts';

/** 上申: what the group cannot fill goes up: from the town to the governor (災対法68), from the prefecture to the nation. */
export const escalate = command('request.escalate', {
  about: 'Takes the shortfall of a request up: to the prefecture, and by headquarters to the nation.',
  input: z.strictObject({ ...addressed, to: z.enum(['prefecture', 'nation']), reason: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(500))), words: z.optional(upwardWordsShape) }),
  streams: streamsOf,
  needs: needsOf,
  may: (actor, here, { to }) => firstRefusal(function* () {
    yield isOpen(here);
    const request = here.request!;
    yield mayAsk(actor, request);
    if (to === 'nation' && actor.org !== request.supporters.headquarters) yield refused('request.onlyHeadquarters');
    if (isTakenUp(request, to)) yield refused('request.alreadyEscalated');
    if (sumsOf(request).total.short === 0) yield refused('request.notShort');
  }()),
  then: ({ to, reason, words }, { request, mine }, _actor, when) => [
    happens(escalated, { request: request!.id, to, ...(reason ? { reason } : {}), ...(words ? { words } : {}) }, about(request!)),
    tell(request!, `escalated.${to}`, { by: mine, short: sumsOf(request!).total.short }, when),
  ],
});
