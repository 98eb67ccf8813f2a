import { allowed, idShape, momentShape, refused } from '@noroshi/foundations/kernel';
import { seatsOf } from '@noroshi/features/talk';
import { headquartersOf } from '@noroshi/features/incident';
import { command, happens, workspaceStream, type Effect } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { everyone, inPlaces, mostOrgs, sitting, stands } from './ask.ts';
import { placeOf, placeStream, surveyHeld, surveyKinds } from './sheet.ts';

const orgsShape = z.array(idShape).check(z.minLength(1), z.maxLength(mostOrgs));

/** Headquarters is told what is asked, in its own place, so that each of its people finds it and may come to see. */
export const hold = command('survey.hold', {
  about: 'Tells headquarters in its own place what people were asked.',
  input: z.strictObject({ headquarters: idShape, survey: idShape, kind: z.enum(surveyKinds), title: z.string(), orgs: orgsShape, asker: idShape, askerOrg: idShape, due: z.optional(momentShape), incident: z.optional(idShape), drill: z.boolean() }),
  streams: () => [workspaceStream],
  alone: true,
  system: true,
  needs: ({ headquarters }) => ({ ...everyone, ...inPlaces([headquarters]) }),
  may: (_actor, { organizations }, { headquarters }) => (headquartersOf(organizations)?.id === headquarters ? allowed : refused('incident.noHeadquarters')),
  then: ({ headquarters, incident, drill, ...told }, facts) => [
    ...stands(headquarters, headquarters, told.asker, facts),
    happens(surveyHeld, told, { ...(incident ? { incident } : {}), drill, on: placeStream(headquarters) }),
  ],
});

/**
 * 回答を見る: someone of headquarters comes into the places of organizations, by the post they hold, and from then on sees what is answered there live.
 * Until then none of it is on their devices. Who passes the post on passes the places on with it. (V2)
 */
export const look = command('survey.look', {
  about: 'Someone of headquarters comes in where organizations answer surveys, to see the answers.',
  input: z.strictObject({ orgs: orgsShape }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: ({ orgs }) => ({ ...everyone, ...inPlaces(orgs) }),
  may(actor, facts, { orgs }) {
    const { organizations, posts, people, rooms } = facts;
    if (actor.role === 'guest' || actor.org !== headquartersOf(organizations)?.id || !people.some(({ id, disabled }) => id === actor.person && !disabled)) return refused('survey.notFound');
    if (!posts.some(({ org, holder }) => org === actor.org && holder === actor.person)) return refused('survey.looksByPost');
    return orgs.every((org) => rooms.some(({ id }) => id === placeOf(org))) ? allowed : refused('survey.notFound');
  },
  then({ orgs }, facts, actor): Effect[] {
    const seat = seatsOf([actor.org], facts).find((one) => 'joins' in one && one.joins === actor.person)!;
    return [...new Set(orgs)].filter((org) => !sitting(facts, org).has(actor.person)).map((org): Effect => ({ ...seat, on: placeStream(org) }));
  },
});
