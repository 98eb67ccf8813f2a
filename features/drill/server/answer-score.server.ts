import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import { refused, type Actor, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import type { Measured } from '@noroshi/foundations/measured';
import type { Asking, Stair } from '@noroshi/foundations/sync/server';
import { deskStream, drillRun, type DrillRun } from '../drill-run.ts';
import type { Score } from '../questions.ts';
import { scoreOf } from '../score.ts';
import { Look, type Drill } from './seen.server.ts';

/**
 * A drill that someone may see the score of: while it runs its controllers alone, so that nobody reads in it what is expected
 * of them; once it is over all inside. (G10)
 */
export function drillFor(stair: Stair, actor: Actor, id: Id): Drill | undefined {
  const incident = stair.see<Incident>(actor, incidentNoun.noun, id)?.value;
  if (!incident?.drill || actor.role === 'guest') return undefined;
  const run = stair.memory.get(drillRun.noun, id)?.value as DrillRun | undefined;
  const isController = run && stair.memory.maySee(actor.person, deskStream(id)) !== undefined;
  return incident.closedAt !== undefined || isController ? { incident, run } : undefined;
}

/** Desks that look at one drill within this time are given the same score (milliseconds): as often as one of them asks. */
const sharedFor = 5_000;
/** So many drills are held in memory: the one under way and those that are laid beside each other. */
const mostHeld = 4;

/** What one score was worked out from, and when. */
interface Scored { readonly look: Look; readonly at: Moment; readonly over: boolean; readonly score: Promise<Score> }

/** What each house holds: the answer itself is put together anew for each question. */
const houses = new WeakMap<Stair, Map<Id, Scored>>();

/**
 * The score of a drill, worked out from the record: nothing of it is written, so nothing of it can be mended. A look reads what
 * has happened since the one before, and all desks that look in these seconds share one.
 * @param rooms what the rooms of the house are measured by
 */
export const answerScoreBy = (rooms: readonly Measured[]) => async ({ actor, stair }: Asking, { incident: id }: { incident: Id }): Promise<Score | Refusal> => {
  const found = drillFor(stair, actor, id);
  if (!found) return refused('drill.notFound');
  const held = houses.get(stair) ?? new Map<Id, Scored>();
  houses.set(stair, held);
  return scored(stair, held, rooms, found);
};

function scored(stair: Stair, held: Map<Id, Scored>, rooms: readonly Measured[], drill: Drill): Promise<Score> {
  const { id, closedAt } = drill.incident;
  const [now, over, before] = [stair.now(), closedAt !== undefined, held.get(id)];
  // A desk that has just done something sees it; once it is over, time alone changes nothing.
  if (before && before.over === over && (over || now - before.at < sharedFor) && before.look.isOf(drill)) return before.score;
  // What was read until the end is read to the end; a look that failed is begun anew.
  const look = before && before.over === over ? before.look : new Look(stair, rooms);
  const score = (before?.score.catch(() => undefined) ?? Promise.resolve()).then(() => look.seen(drill)).then(scoreOf);
  held.delete(id);
  held.set(id, { look, at: now, over, score });
  for (const [oldest] of held) if (held.size > mostHeld) held.delete(oldest);
  score.catch(() => held.delete(id));
  return score;
}
