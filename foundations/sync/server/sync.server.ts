/** The stair's upper end. */
export { answersKept, isRefusal, Stair, ComeBackLater, type Asking, type AnswerTo, type Carrier, type Committed, type Limits, type Line, type StairNeeds } from './stair.server.ts';
export { mountLine } from './line.server.ts';
export type { Beside, OnTheLine, WhoAsks } from './on-the-line.server.ts';
export { asRefusal, refuse, statusOf } from './refusing.server.ts';
export { mountDoors, type AtDoor } from './door.server.ts';
export { firstProblem, readInput } from '@noroshi/foundations/sync';
export { fieldsOf, saltLength } from './commitments.server.ts';
export { emptyWords } from './empty-words.server.ts';
export { docsByRef, eventsAfter, takenBack, windowOf } from './rows.server.ts';
export { thingsOf } from './tails.server.ts';
export { gatherFor, type Mark, type Marks } from './marks.server.ts';
export { Following, type FollowingNeeds } from './following.server.ts';
export { noBus, type Bus, type Hint } from './bus.server.ts';
export { Buckets, type Rate } from './bucket.server.ts';
export type { Memory, StreamMemory } from './memory.server.ts';
