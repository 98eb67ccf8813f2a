/** The stair's upper end. */
export { Stair, ComeBackLater, type Asking, type AnswerTo, type Carrier, type Committed, type Line, type StairNeeds } from './stair.server.ts';
export { mountLine, type OnTheLine, type WhoAsks } from './line.server.ts';
export { firstProblem } from './problem.server.ts';
export { eventsAfter, windowOf } from './rows.server.ts';
export type { Memory, StreamMemory } from './memory.server.ts';
