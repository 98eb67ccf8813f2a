import { idShape, refused, type Verdict } from '@noroshi/foundations/kernel';
import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { accepted } from './dispatch-request.ts';
import { addressed, checkPart, firstRefusal, isOpen, mayAsk, needsOf, partShape, streamsOf } from './rules.ts';
import { answerOf } from './sums.ts';

/** 受諾: the asker takes what was offered, in the revision that was seen. Where the number changes afterwards, it lapses. */
export const accept = command('request.accept', {
  about: 'The asker accepts what supporters committed, in the revisions that were seen.',
  input: z.strictObject({ ...addressed, parts: z.array(z.extend(partShape, { org: idShape })).check(z.minLength(1), z.maxLength(60)) }),
  streams: streamsOf,
  needs: needsOf,
  may: (actor, here, { parts }) => firstRefusal(function* (): Iterable<Verdict> {
    yield isOpen(here);
    yield mayAsk(actor, here.request!);
    for (const part of parts) {
      yield checkPart(here.request!, part.org, part);
      if (!answerOf(here.request!, part.line, part.org, part.wave)?.count) yield refused('request.nothingToAccept');
    }
  }()),
  then({ parts }, { request }) {
    const fresh = parts.filter((p) => answerOf(request!, p.line, p.org, p.wave)?.accepted?.rev !== p.sees);
    return fresh.length === 0 ? [] : [happens(accepted, { request: request!.id, parts: fresh.map(({ line, wave, org, sees }) => ({ line, wave, org, rev: sees })) }, about(request!))];
  },
});
