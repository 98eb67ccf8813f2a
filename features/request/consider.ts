import { momentShape, refused, type Verdict } from '@noroshi/foundations/kernel';
import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { countShape } from './content.ts';
import { considered } from './dispatch-request.ts';
import { addressed, checkPart, firstRefusal, isOpen, mayAnswer, needsOf, partShape, partsOf, streamsOf } from './rules.ts';

/** 検討中: "we are looking for n, and will say by then". It may still end in 不可, so it stops no clock. */
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
    }
  }()),
  then: ({ parts, until }, { request }) => [
    happens(considered, { request: request!.id, parts: parts.map(({ line, wave, count }) => ({ line, wave, count })), ...(until === undefined ? {} : { until }) }, about(request!)),
  ],
});
