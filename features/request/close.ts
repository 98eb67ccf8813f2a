import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { closed } from './dispatch-request.ts';
import { addressed, firstRefusal, isOpen, mayAsk, needsOf, streamsOf, tell } from './rules.ts';

const input = z.strictObject({ ...addressed, reason: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(500))) });

/** 取消: the asker needs nobody after all. Who is out is called back by a deed of its own, person by person counted. */
export const cancel = command('request.cancel', {
  about: 'The asker takes the request back. Everyone who was asked hears of it.',
  input,
  streams: streamsOf,
  needs: needsOf,
  may: (actor, here) => firstRefusal(function* () { yield isOpen(here); yield mayAsk(actor, here.request!); }()),
  then: ({ reason }, { request, mine }, _actor, when) => [
    happens(closed, { request: request!.id, as: 'cancelled', ...(reason ? { reason } : {}) }, about(request!)),
    tell(request!, 'cancelled', { by: mine }, when),
  ],
});

/** 完了: the asker says that it is enough. Where everyone came and is home it is done without being said. */
export const close = command('request.close', {
  about: 'The asker says that the request is done, filled or not.',
  input,
  streams: streamsOf,
  needs: needsOf,
  may: (actor, here) => firstRefusal(function* () { yield isOpen(here); yield mayAsk(actor, here.request!); }()),
  then: ({ reason }, { request, mine }, _actor, when) => [
    happens(closed, { request: request!.id, as: 'done', ...(reason ? { reason } : {}) }, about(request!)),
    tell(request!, 'done', { by: mine }, when),
  ],
});
