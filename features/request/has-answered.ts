import type { Id } from '@noroshi/foundations/kernel';
import type { DispatchRequest, Stage } from './dispatch-request.ts';
import { answerOf, currentWave } from './sums.ts';

// By itself: the first screen asks this of every request, and nothing else of the clock.

/**
 * Whether an organization has given its last word on a line, in the wave it is in: it committed or declined, and is
 * considering nothing more. Considering does not stop the clock. What was said before the need rose does not count; and
 * a number given before the line came to lie with these supporters was about something else. (R50)
 */
export function hasAnswered(request: DispatchRequest, org: Id, line: number, stage: Stage | undefined = request.stages[line]): boolean {
  const wanted = request.lines.find((l) => l.id === line);
  const answer = wanted && answerOf(request, line, org, currentWave(request, wanted));
  if (!answer || !stage || answer.considering) return false;
  return answer.declined ? answer.at >= stage.raised : answer.at >= stage.since;
}
