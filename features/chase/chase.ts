/** 督促: whoever does not answer is reminded step by step, up to a colleague at the telephone. */
import type { Asked } from '@noroshi/foundations/asked';
import { theMessage } from '@noroshi/features/talk';
import { feature, type Feature, type Of } from '@noroshi/foundations/sync';
import { phoneCard } from './card.ts';
import { begin, climbOf, report } from './climb.ts';
import { dealCard } from './deal-card.ts';
import { chaseFacts } from './facts.ts';
import { remind, remindEvery, reportReminder } from './remind.ts';
import { reminder } from './reminder.ts';
import { ring } from './ring.ts';
import { run } from './run.ts';
import { setLadder } from './set-ladder.ts';
import { giveBackCard, releaseCard, takeCard } from './take-card.ts';

export { chaseFacts };
export { begin, dealCard, giveBackCard, releaseCard, remind, remindEvery, report, reportReminder, ring, setLadder, takeCard };
export { callsInVain, cardState, heldFor } from './card-state.ts';
export { cardIdOf } from './card-id.ts';
export { callResults, type CallResult } from './call-results.ts';
export { cardRedacts, phoneCard, theCard, type Call, type PhoneCard } from './card.ts';
export { stepOutOfOrder, usualLadder } from './usual-ladder.ts';
export { ladder, theLadder, type Ladder } from './ladder.ts';
export { mostSteps, ways, type Step, type Way } from './step.ts';
export { reminder, theReminder, type Reminder } from './reminder.ts';
export { isWanted } from './wanted.ts';
export { climbers, isClimbing, run, theRun, type Results, type Run, type Try } from './run.ts';
export { chooseCaller, type Colleague } from './choose-caller.ts';
export type { Owing } from './climb.ts';

const whatAsks: Of = ({ body }) => ({ noun: body.noun, id: body.thing });

/** The room, with what asks for an answer in this house. */
export const chaseOf = (asked: readonly Asked[]): Feature => feature('chase', {
  ...chaseFacts,
  // Whoever was let in without what was said before hears nothing of how it was chased.
  of: { [run.noun]: whatAsks, [phoneCard.noun]: whatAsks, [reminder.noun]: ({ body }) => theMessage(body.message) },
  deeds: [setLadder, begin, climbOf(asked), report, dealCard, takeCard, giveBackCard, releaseCard, ring, remind, reportReminder],
});
