import { facts } from '@noroshi/foundations/sync';
import { accepted, closed, committed, considered, declined, escalated, invited, moved, passedOn, received, request, revised, sent, supportersFollowed, takenOver } from './dispatch-request.ts';
import { requestCounter } from './number.ts';

/** What this room makes true: all that a device must know to hold it. Deeds come with the pages that do them. */
export const requestFacts = facts('request', {
  events: [sent, revised, received, considered, committed, declined, accepted, moved, passedOn, escalated, closed, supportersFollowed, takenOver, invited],
  nouns: [request, requestCounter],
});
