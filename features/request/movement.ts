import { idShape, refused, type Actor, type Id, type Verdict } from '@noroshi/foundations/kernel';
import { happens, type Effect, type When } from '@noroshi/foundations/sync';
import { theOrganization, type Organization } from '@noroshi/features/directory';
import { theRoom, type Room } from '@noroshi/features/talk';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { lineIdShape, mostStaff, waveShape } from './content.ts';
import { moved, theRequest, type Answer, type DispatchRequest, type Step } from './dispatch-request.ts';
import { addressed, andThen, isOpen, isThere, tell } from './rules.ts';
import { answerOf } from './sums.ts';

/** What every step of a wave names. Numbers are totals, so that a repeat or a correction cannot count twice. */
export const stepInput = {
  ...addressed,
  line: lineIdShape,
  wave: waveShape,
  /** Whose people, where it is not one's own organization that says so. */
  org: z.optional(idShape),
  /** How many of this answer have taken the step, all together. */
  count: z.int().check(z.minimum(0), z.maximum(mostStaff)),
  /** The revision of the steps that was seen: 0 where there was none. */
  sees: z.int().check(z.minimum(0)),
};
export interface StepSaid { room: Id; request: Id; line: number; wave: number; org?: Id | undefined; count: number; sees: number }

export const needsOfStep = ({ room, request, org }: StepSaid, actor: Actor) => ({
  room: theRoom(room), request: theRequest(request), mine: theOrganization(actor.org), theirs: theOrganization(org ?? actor.org),
});
interface Known { room: Room | undefined; request: DispatchRequest | undefined; mine: Organization | undefined; theirs: Organization | undefined }

const theirAnswer = (actor: Actor, request: DispatchRequest, said: StepSaid): Answer | undefined => answerOf(request, said.line, said.org ?? actor.org, said.wave);

/** The supporter tells of its own people; the asker, who sees them come, and headquarters may tell of them too. */
export function mayMove(actor: Actor, here: Known, said: StepSaid, evenWhenOver: boolean, check: (answer: Answer) => Verdict): Verdict {
  const there = evenWhenOver ? isThere(here) : isOpen(here);
  if (!there.ok) return there;
  const request = here.request!;
  if (actor.role === 'guest') return refused('request.notForGuests');
  const org = said.org ?? actor.org;
  if (org !== actor.org && actor.org !== request.org && actor.org !== request.supporters.headquarters) return refused('request.notYours');
  if (!request.lines.some((l) => l.id === said.line)) return refused('request.lineNotFound', { line: said.line });
  const answer = theirAnswer(actor, request, said);
  if (!answer?.count) return refused('request.nothingCommitted');
  if (answer.moves.rev !== said.sees) return refused('request.changedMeanwhile', { rev: answer.moves.rev, count: answer.moves.arrived });
  return check(answer);
}

/** A total must lie between those who have already gone further and those who could. */
export function between(count: number, further: number, possible: number, refusal: Verdict): Verdict {
  if (count < further) return refused('request.furtherAlready', { count: further });
  return count > possible ? refusal : { ok: true };
}

/** The step happens; the talk hears of it where it is news; who is called back is missing from the sum. */
export function step(which: Step, totals: Partial<Record<Step, number>>, said: StepSaid, known: Known, actor: Actor, when: When, news: { line: string; reason?: string | undefined } | undefined): Effect[] {
  const request = known.request!;
  const answer = theirAnswer(actor, request, said)!;
  const changed = Object.fromEntries(Object.entries(totals).filter(([name, total]) => answer.moves[name as Step] !== total));
  if (Object.keys(changed).length === 0) return [];
  const effects: Effect[] = [happens(moved, {
    request: request.id, line: said.line, wave: said.wave, org: answer.org, step: which, totals: changed, ...(news?.reason ? { reason: news.reason } : {}),
  }, about(request))];
  const more = said.count - answer.moves[which];
  if (news && more > 0) effects.push(tell(request, news.line, { org: known.theirs, count: more, total: said.count }, when));
  return andThen(request, effects, actor, when, { mine: known.mine?.name ?? '' });
}
