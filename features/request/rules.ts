import { allowed, derivedId, idShape, refused, type Actor, type Id, type Verdict } from '@noroshi/foundations/kernel';
import { happens, roomStream, type Effect, type Event, type Happens, type StreamKey, type When } from '@noroshi/foundations/sync';
import { theOrganization } from '@noroshi/features/directory';
import { noted, theRoom, type Room } from '@noroshi/features/talk';
import { about, movesOn, nextWave, passing, reopened, wind } from './clock.ts';
import { lineIdShape, waveShape } from './content.ts';
import { request as requestNoun, theRequest, type Answer, type DispatchRequest } from './dispatch-request.ts';
import { answerOf, isCut } from './sums.ts';
import * as z from 'zod/mini';

/** What every deed about a request names. */
export const addressed = { room: idShape, request: idShape };
type Addressed = { room: Id; request: Id };

export const streamsOf = ({ room }: Addressed): StreamKey[] => [roomStream(room)];
export const needsOf = ({ room, request }: Addressed, actor: Actor) => ({ room: theRoom(room), request: theRequest(request), mine: theOrganization(actor.org) });

/** One answer, with the revision of it that was seen: 0 where there was none. */
export const partShape = z.strictObject({ line: lineIdShape, wave: waveShape, sees: z.int().check(z.minimum(0)) });
export const partsOf = <S extends z.ZodMiniType>(shape: S) => z.array(shape).check(z.minLength(1), z.maxLength(60), z.refine(
  (parts) => new Set(parts.map((p) => `${(p as { line: number }).line}/${(p as { wave: number }).wave}`)).size === parts.length,
));

/** What a deed about a request finds. */
export interface Here { readonly room: Room | undefined; readonly request: DispatchRequest | undefined }

/** The request is here, and can still be changed. */
export function isOpen({ room, request }: Here): Verdict {
  if (!room || !request || request.room !== room.id) return refused('request.notFound');
  if (room.closedAt !== undefined) return refused('request.roomClosed');
  if (request.closed) return refused(request.closed.as === 'done' ? 'request.alreadyDone' : 'request.alreadyCancelled', { no: request.no });
  return allowed;
}

/** People of the request may still be on their way or at the place, whatever has become of it since. */
export function isThere({ room, request }: Here): Verdict {
  return !room || !request || request.room !== room.id ? refused('request.notFound') : allowed;
}

/** Who asks: the town that is hit, or headquarters on its behalf. */
export function mayAsk(actor: Actor, request: DispatchRequest): Verdict {
  if (actor.role === 'guest') return refused('request.notForGuests');
  return actor.org === request.org || actor.org === request.supporters.headquarters ? allowed : refused('request.onlyAsker');
}

/** Who answers: any organization of the room, each for itself. Those without a role offer help unasked. */
export function mayAnswer(actor: Actor, request: DispatchRequest): Verdict {
  if (actor.role === 'guest') return refused('request.notForGuests');
  return actor.org === request.org ? refused('request.ownRequest') : allowed;
}

/** The line and wave are there, and nobody has changed the answer since it was seen. Of a wave that was cut there is still what was promised for it. (R12) */
export function checkPart(request: DispatchRequest, org: Id, part: { line: number; wave: number; sees: number }): Verdict {
  const line = request.lines.find((l) => l.id === part.line);
  if (!line) return refused('request.lineNotFound', { line: part.line });
  const answer = answerOf(request, part.line, org, part.wave);
  if (!answer?.count && isCut(request, part)) return refused('request.waveNotFound', { wave: part.wave });
  return (answer?.rev ?? 0) === part.sees ? allowed : changedMeanwhile(answer);
}

/** Somebody else was first: what stands now. */
export const changedMeanwhile = (answer: Answer | undefined): Verdict => refused('request.changedMeanwhile', { rev: answer?.rev ?? 0, count: answer?.count ?? 0 });

/** The first refusal, or allowed. */
export function firstRefusal(checks: Iterable<Verdict>): Verdict {
  for (const check of checks) if (!check.ok) return check;
  return allowed;
}

/** The request as it will be when these have happened: the same fold that every shore uses. */
export function asIf(now: DispatchRequest, effects: readonly Effect[], actor: Actor, when: When): DispatchRequest {
  let after = now;
  for (const effect of effects) {
    if (!('kind' in effect)) continue;
    const { kind, body, incident, drill } = effect as Happens;
    const event: Event<any> = { stream: roomStream(now.room), seq: 0, id: when.id, n: 0, kind: kind.kind, at: when.now, by: actor.person, org: actor.org, incident, drill, body };
    after = requestNoun.folds.get(kind.kind)?.evolve(after, event) ?? after;
  }
  return after;
}

/** What was done, and what follows from it at once: lines that nobody is left to answer for go on to the next. */
export function andThen(now: DispatchRequest, effects: readonly Effect[], actor: Actor, when: When, names: { mine: string }): Effect[] {
  const after = asIf(now, effects, actor, when);
  const wave = nextWave(now, after);
  const again = wave.length > 0 ? wave : reopened(now, after);
  const waiting = asIf(after, passing(after, again, when), actor, when);
  const mine = actor.org === now.supporters.primary;
  const moves = movesOn(waiting, when.now);
  // Whose time is up is called by name: where this deed does not know it, the clock does the step at once.
  const late = moves.filter((one) => !mine && one.from === 'primary' && one.because === 'late');
  return [
    ...effects, ...passing(after, [...again, ...moves.filter((one) => !late.includes(one))], when, mine ? names.mine : ''),
    ...(late.length > 0 ? [wind(after, when.now, 'clock/late')] : []),
  ];
}

/** The line in the talk that told of a request when it was asked. */
export const sentNote = ({ id, onBehalf }: Pick<DispatchRequest, 'id' | 'onBehalf'>): Id => derivedId(id, `note/${onBehalf ? 'sentOnBehalf' : 'sent'}`);

/** A line in the talk about this request. Its sentence is `note.request.<line>`; a gap may be an organization. */
export function tell(request: Pick<DispatchRequest, 'id' | 'no' | 'incident' | 'drill'>, line: string, gaps: Record<string, string | number | { readonly id: Id; readonly name: string } | undefined>, when: When): Effect {
  const all = Object.entries(gaps);
  const params = Object.fromEntries(all.map(([gap, value]) => [gap, typeof value === 'object' ? value.name : value ?? '']));
  const orgs = Object.fromEntries(all.flatMap(([gap, value]) => (typeof value === 'object' ? [[gap, [value.id]]] : [])));
  return happens(noted, {
    id: when.newId(`note/${line}`), line: `request.${line}`, params: { no: request.no, ...params }, ref: { noun: 'request', id: request.id }, ...(Object.keys(orgs).length > 0 ? { orgs } : {}),
    // Steps inform; that somebody asks for people is to be read.
    ...(line.startsWith('sent') || line === 'invited' ? {} : { quiet: 1 as const }),
  }, about(request));
}
