import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { received } from './dispatch-request.ts';
import { addressed, firstRefusal, isOpen, mayAnswer, needsOf, streamsOf } from './rules.ts';

/** 受領: "we have this", once per organization, whoever of it says so. It decides nothing and stops no clock. */
export const acknowledge = command('request.acknowledge', {
  about: 'An organization says that it has the request. A second time changes nothing.',
  input: z.strictObject(addressed),
  streams: streamsOf,
  needs: needsOf,
  may: (actor, here) => firstRefusal(function* () { yield isOpen(here); yield mayAnswer(actor, here.request!); }()),
  then: (_input, { request }, actor) => (request!.receipts[actor.org] ? [] : [happens(received, { request: request!.id }, about(request!))]),
});
