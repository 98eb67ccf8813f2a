/** The stair's upper end. */
export { Stair, ComeBackLater, type Asking, type AnswerTo, type Carrier, type Committed, type Line, type StairNeeds } from './stair.server.ts';
export { mountLine, refuse, statusOf, type OnTheLine, type WhoAsks } from './line.server.ts';
export { mountDoors, type AtDoor } from './door.server.ts';
export { firstProblem, readInput } from './problem.server.ts';
export { docsByRef, eventsAfter, windowOf } from './rows.server.ts';
export type { Memory, StreamMemory } from './memory.server.ts';
