/** Asking for staff, answering, and the people on their way. */
import { feature } from '@noroshi/foundations/sync';
import { requestFacts } from './facts.ts';
import { accept } from './accept.ts';
import { acknowledge } from './acknowledge.ts';
import { arrive } from './arrive.ts';
import { cancel, close } from './close.ts';
import { commit } from './commit.ts';
import { consider } from './consider.ts';
import { decline } from './decline.ts';
import { depart } from './depart.ts';
import { escalate } from './escalate.ts';
import { invite } from './invite.ts';
import { handOver } from './hand-over.ts';
import { followPlan, passOn } from './pass-on.ts';
import { recall } from './recall.ts';
import { returnHome } from './return.ts';
import { revise } from './revise.ts';
import { send } from './send.ts';
import { takeOver } from './take-over.ts';
import { takeUp } from './take-up.ts';
import { turnBack } from './turn-back.ts';
import { withdraw } from './withdraw.ts';

export { requestFacts };
export { accept, acknowledge, arrive, cancel, close, commit, consider, decline, depart, escalate, followPlan, handOver, invite, passOn, recall, returnHome, revise, send, takeOver, takeUp, turnBack, withdraw };
export { askedRequest } from './asked.ts';
export { changesBetween, type Change } from './changes.ts';
export { movesOn, type PassOn } from './clock.ts';
export { hasAnswered } from './has-answered.ts';
export { basisCodes, bringCodes, confirmedCodes, declineReasons, lodgingCodes, meansCodes, priorityCodes } from './codes.ts';
export { mostLines, mostStaff, mostWaves, type Details, type Line, type LineWords, type Pledge } from './content.ts';
export {
  answerKey, request, theRequest, wavesOf, type Answer, type DispatchRequest, type Entry, type Moves, type Revision, type Stage, type Step, type Supporters,
} from './dispatch-request.ts';
export { commonDuties, dutyCodes, type DutyCode } from './duty-codes.ts';
export { jobTypes, skills, type JobType, type Skill } from './job-types.ts';
export { requestCounter } from './number.ts';
export {
  addUp, answerOf, answersTo, came, currentWave, home, isCut, lineSums, out, predictedFor, present, standing, stateOf, sumsOf,
  type LineSums, type Predicted, type RequestState, type Sums,
} from './sums.ts';

export const requests = feature('request', {
  ...requestFacts,
  deeds: [
    send, revise, acknowledge, consider, commit, decline, withdraw, accept, depart, arrive, takeUp, handOver, returnHome, turnBack, recall,
    cancel, close, escalate, takeOver, invite, passOn, followPlan,
  ],
});
