import { refused, type Actor } from '@noroshi/foundations/kernel';
import { thePerson } from '@noroshi/features/directory';
import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { takenOver } from './dispatch-request.ts';
import { addressed, firstRefusal, isOpen, needsOf, streamsOf, tell } from './rules.ts';
import { sumsOf } from './sums.ts';

type Said = Parameters<typeof needsOf>[0];

/**
 * 引き取り: someone at headquarters sees to what is short from now on, and everyone reads who it is. It stops no clock
 * and answers for nobody; a colleague may take it on in turn.
 */
export const takeOver = command('request.takeOver', {
  about: 'Someone at headquarters sees to what a request lacks, and is named for it.',
  input: z.strictObject(addressed),
  streams: streamsOf,
  needs: (said: Said, actor: Actor) => ({ ...needsOf(said, actor), me: thePerson(actor.person) }),
  may: (actor, here) => firstRefusal(function* () {
    yield isOpen(here);
    const request = here.request!;
    if (actor.role === 'guest') yield refused('request.notForGuests');
    if (actor.org !== request.supporters.headquarters) yield refused('request.takeOverByHeadquarters');
    if (request.inHand?.by === actor.person) yield refused('request.inYourHands');
    if (sumsOf(request).total.short === 0) yield refused('request.nothingToTakeOver');
  }()),
  then: (_input, { request, mine, me }, _actor, when) => [
    happens(takenOver, { request: request!.id }, about(request!)),
    tell(request!, 'takenOver', { org: mine?.name ?? '', name: me?.name ?? '', short: sumsOf(request!).total.short }, when),
  ],
});
