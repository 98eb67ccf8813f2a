/** 通話: people of a talk see and hear each other, and what became true of it. */
import { feature } from '@noroshi/foundations/sync';
import { decline, end, join, leave } from './attend.ts';
import { callFacts } from './facts.ts';
import { rings } from './rings.ts';
import { start } from './start.ts';

export { callFacts, decline, end, join, leave, rings, start };
export { attended, call, callStarted, present, ringsFor, roomCall, type Call, type CallKind, type RoomCall, type Visit } from './call-noun.ts';
export { callPath, callSubprotocol, type DownSignal, type UpSignal } from './signal.ts';

export const calls = feature('call', { ...callFacts, deeds: [start, join, leave, end, decline], doors: [rings] });
