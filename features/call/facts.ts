import { facts } from '@noroshi/foundations/sync';
import { call, callDeclined, callEnded, callJoined, callLeft, callStarted, roomCall } from './call-noun.ts';

/** What this room makes true: all that a device must know to hold it. */
export const callFacts = facts('call', { events: [callStarted, callJoined, callLeft, callEnded, callDeclined], nouns: [call, roomCall] });
