import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import { refused, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import type { Measured } from '@noroshi/foundations/measured';
import type { Asking, Stair } from '@noroshi/foundations/sync/server';
import { deskStream, drillRun, type DrillRun } from '../drill-run.ts';
import type { Score } from '../questions.ts';
import { scoreOf } from '../score.ts';
import { seenOf } from './seen.server.ts';

/**
 * A drill that someone may see the score of: while it runs its controllers alone, so that nobody reads in it what is expected
 * of them; once it is over all inside. (G10)
 */
export function drillFor(stair: Stair, actor: Actor, id: Id): { incident: Incident; run: DrillRun | undefined } | undefined {
  const incident = stair.see<Incident>(actor, incidentNoun.noun, id)?.value;
  if (!incident?.drill || actor.role === 'guest') return undefined;
  const run = stair.memory.get(drillRun.noun, id)?.value as DrillRun | undefined;
  const isController = run && stair.memory.maySee(actor.person, deskStream(id)) !== undefined;
  return incident.closedAt !== undefined || isController ? { incident, run } : undefined;
}

/**
 * The score of a drill, worked out from the record each time: nothing of it is kept, so nothing of it can be mended.
 * @param rooms what the rooms of the house are measured by
 */
export const answerScoreBy = (rooms: readonly Measured[]) => async ({ actor, stair }: Asking, { incident }: { incident: Id }): Promise<Score | Refusal> => {
  const found = drillFor(stair, actor, incident);
  return found ? scoreOf(await seenOf(stair, rooms, found.incident, found.run)) : refused('drill.notFound');
};
