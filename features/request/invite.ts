import { organization, person, post, theOrganization, type Organization, type Person, type Post } from '@noroshi/features/directory';
import { isMunicipality, theIncident } from '@noroshi/features/incident';
import { lendSeats, mayGiveHistory } from '@noroshi/features/talk';
import { idShape, refused, type Actor, type Verdict } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, member, membership, roomStream, type Many, type Member } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { about } from './clock.ts';
import { invited } from './dispatch-request.ts';
import { addressed, firstRefusal, isOpen, needsOf, streamsOf, tell } from './rules.ts';
import { sumsOf } from './sums.ts';

const input = z.strictObject({ ...addressed, incident: idShape, org: idShape });

/**
 * グループ外への依頼: headquarters asks a municipality beyond the plan to help with what is short. Its people take their seats in the
 * room until the incident is over, read what was said, owe an answer without a clock, and are chased as supporters are. (R46)
 */
export const invite = command('request.invite', {
  about: 'Headquarters asks a municipality beyond the support plan to help with what is short. Its posts sit in the room until the incident is over.',
  input,
  streams: streamsOf,
  alone: true,
  offline: false,
  needs: (said: z.output<typeof input>, actor: Actor) => ({
    ...needsOf(said, actor), incident: theIncident(said.incident), town: theOrganization(said.org), me: membership(roomStream(said.room), actor.person),
    members: { many: member.noun, stream: roomStream(said.room) } as Many<Member>,
    people: { many: person.noun } as Many<Person>, posts: { many: post.noun } as Many<Post>, organizations: { many: organization.noun } as Many<Organization>,
  }),
  may: (actor, here, { org }) => firstRefusal(function* (): Iterable<Verdict> {
    // A deed that is committed alone is judged by its own rule: who does not sit here learns nothing of what is here.
    if (!currentStay(here.me)) yield refused('request.notFound');
    yield isOpen(here);
    const request = here.request!;
    const { primary, secondaries, headquarters } = request.supporters;
    if (actor.role === 'guest') yield refused('request.notForGuests');
    if (actor.org !== headquarters) yield refused('request.inviteByHeadquarters');
    if (!here.town || !isMunicipality(here.town)) yield refused('directory.organizationNotFound');
    if (here.incident?.id !== request.incident) yield refused('incident.notFound');
    if (org === request.org || here.incident!.affected.includes(org)) yield refused('request.invitedIsHit', { town: here.town!.name });
    if ([primary, ...secondaries].includes(org) || request.invited?.some((one) => one.org === org)) yield refused('request.alreadyAsked', { town: here.town!.name });
    if (sumsOf(request).total.short === 0) yield refused('request.nothingToAskFor');
    if (!mayGiveHistory(here.me)) yield refused('talk.historyNotYours');
  }()),
  then({ org }, { room, request, mine, town, members, people, posts, organizations }, _actor, when) {
    return [
      ...lendSeats(room!, org, { id: request!.incident, drill: request!.drill }, members, { people, posts, organizations }),
      happens(invited, { request: request!.id, org }, about(request!)),
      tell(request!, 'invited', { by: mine, org: { id: org, name: town!.name }, short: sumsOf(request!).total.short }, when),
    ];
  },
});
