import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { organization, theOrganization, type Organization } from '@noroshi/features/directory';
import { theIncident, type Incident } from '@noroshi/features/incident';
import { theRoom } from '@noroshi/features/talk';
import { command, happens, roomStream, type Effect, type Many, type When } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about, movesOn, passing, wind } from './clock.ts';
import { hasAnswered } from './has-answered.ts';
import { passedOn, request as requestNoun, supportersFollowed, theRequest, type DispatchRequest, type Supporters } from './dispatch-request.ts';
import { addressed, isOpen, streamsOf, tell } from './rules.ts';
import { sumsOf } from './sums.ts';

/** The supporters as the incident has them now, where they are others than the request's: the primary may have been hit too. */
function newSupporters(request: DispatchRequest, incident: Incident | undefined): Supporters | undefined {
  const role = incident?.roles.find((r) => r.affected === request.org);
  if (!role) return undefined;
  const { supporters } = request;
  if (role.primary === supporters.primary && role.secondaries.join() === supporters.secondaries.join()) return undefined;
  return { ...supporters, primary: role.primary, secondaries: [...role.secondaries], assumed: role.assumed };
}

/** The next in order is primary: asked with the whole clock. */
function following(request: DispatchRequest, supporters: Supporters, when: When, primary: string): Effect[] {
  const effects: Effect[] = [happens(supportersFollowed, { request: request.id, supporters }, about(request))];
  if (supporters.primary === request.supporters.primary) return effects;
  // Where a line lay with the secondaries, whoever is no longer one of them would owe it nothing.
  const lines = sumsOf(request).lines.filter(({ line, short }) => short > 0 && request.stages[line.id]?.tier === 'secondaries' && !hasAnswered(request, supporters.primary, line.id)).map(({ line, short }) => ({ line: line.id, rest: short }));
  return [
    ...effects,
    ...(lines.length > 0 ? [happens(passedOn, { request: request.id, to: 'primary', because: 'followed', lines, due: when.now + request.clockMinutes * 60_000 }, about(request))] : []),
    tell(request, 'followed', { primary: { id: supporters.primary, name: primary } }, { ...when, newId: (label) => when.newId(`${request.id}/${label}`) }),
    wind({ ...request, supporters }, when.now + request.clockMinutes * 60_000, `clock/${request.id}`),
  ];
}

/** The time of those with whom a request lies is up: it goes on to the next in the plan by itself, and says so in the talk. */
export const passOn = command('request.passOn', {
  about: 'The clock of a request has run out: what is short goes on to the secondaries, and from them to headquarters.',
  input: z.strictObject({ ...addressed, incident: idShape, primary: idShape }),
  streams: streamsOf,
  system: true,
  needs: ({ room, request, incident, primary }) => ({ room: theRoom(room), request: theRequest(request), incident: theIncident(incident), primary: theOrganization(primary) }),
  may(_actor, here, _input, when) {
    const open = isOpen(here);
    if (!open.ok) return open;
    // Everyone answered in time, or another clock was wound since.
    return movesOn(here.request!, when.now).length > 0 ? allowed : refused('request.nothingToPassOn');
  },
  then: (input, { request, primary }, _actor, when) =>
    passing(request!, movesOn(request!, when.now), when, input.primary === request!.supporters.primary ? primary?.name : undefined),
});

/** The order of the plan has moved on, because a supporter was hit too: open requests of that room follow. */
export const followPlan = command('request.followPlan', {
  about: 'After more towns were hit: the open requests of a room are put to the supporters as they are now.',
  input: z.strictObject({ room: idShape, incident: idShape }),
  streams: ({ room }) => [roomStream(room)],
  alone: true,
  system: true,
  offline: false,
  needs: ({ room, incident }) => ({
    incident: theIncident(incident),
    requests: { many: requestNoun.noun, stream: roomStream(room) } as Many<DispatchRequest>,
    organizations: { many: organization.noun } as Many<Organization>,
  }),
  may: () => allowed,
  then: ({ incident: id }, { incident, requests, organizations }, _actor, when) => requests.flatMap((request) => {
    if (request.closed || request.incident !== id) return [];
    const supporters = newSupporters(request, incident);
    return supporters ? following(request, supporters, when, organizations.find((o) => o.id === supporters.primary)?.name ?? '') : [];
  }),
});
