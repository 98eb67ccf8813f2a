import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, workspaceStream, type Effect, type Many, type Member, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { mayTend } from './may-administer.ts';
import { organization, type Organization } from './organization.ts';
import { cardOf, person, thePerson, type Person } from './person.ts';
import { handedOver, post, postAdded, postShape, thePost, type Post } from './post.ts';

/** A new desk, perhaps still empty. */
export const addPost = command('directory.addPost', {
  about: 'Adds a post to an organization.',
  input: z.omit(postShape, { holder: true }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ same: thePost(input.id) }),
  may(actor, { same }, input) {
    const verdict = mayTend(actor, input.org);
    return verdict.ok && same ? refused('directory.alreadyThere') : verdict;
  },
  then: (input) => [happens(postAdded, input)],
});

/** From where a place lets one read. */
export const sightFrom = (visibleFrom: number): { history: boolean; from?: number } => (visibleFrom === 1 ? { history: true } : { history: false, from: visibleFrom });

/** One membership, with the stream it is in. */
export type Seat = Member & { readonly stream: StreamKey };

/**
 * A desk changes hands (each 1 April). The successor inherits its rooms with their history; the predecessor keeps
 * what they wrote and loses the doors that this desk opened. A desk that is left empty keeps its rooms: whoever fills it,
 * by hand or from a file, is seated there (`talk.seatPost`).
 */
export const handOver = command('directory.handOver', {
  about: 'A post changes hands: the successor inherits its rooms and their history, the predecessor loses those doors.',
  input: z.strictObject({ post: idShape, from: z.optional(idShape), to: z.optional(idShape) }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({
    desk: thePost(input.post),
    to: thePerson(input.to ?? ''),
    from: thePerson(input.from ?? ''),
    seats: { many: 'member', person: input.from ?? '' } as Many<Seat>,
    theirs: { many: 'member', person: input.to ?? '' } as Many<Seat>,
    posts: { many: post.noun } as Many<Post>,
    people: { many: person.noun } as Many<Person>,
    organizations: { many: organization.noun } as Many<Organization>,
  }),
  may(actor, { desk, to, from }, input) {
    const verdict = mayTend(actor, desk?.org);
    if (!verdict.ok) return verdict;
    if (!desk) return refused('directory.notFound');
    // Whoever hands over names who sat there: two offices doing it at once do not undo each other.
    if (desk.holder !== input.from) return refused('directory.postHeldByAnother');
    if (input.to && (!to || to.disabled || to.role === 'guest')) return refused('directory.personNotFound');
    if (to && to.org !== desk.org) return refused('directory.otherOrganization');
    if (input.from && !from) return refused('directory.personNotFound');
    if (input.from === input.to) return refused('directory.sameHolder');
    return allowed;
  },
  then(input, { desk, to, from, seats, theirs, posts, organizations }, _actor, when): Effect[] {
    const effects: Effect[] = [happens(handedOver, input)];
    const org = organizations.find((o) => o.id === desk!.org)!;
    const stillHeld = posts.find((p) => p.holder === input.from && p.id !== input.post && p.org === desk!.org);
    for (const seat of seats) {
      const stay = currentStay(seat);
      if (seat.card.via !== input.post || !stay) continue;
      // Nobody gives more to read than could be read from this place: else two hands over open what was closed to both.
      const sight = sightFrom(stay.visibleFrom);
      // Nor does anyone lose what they could read in it before they took the desk.
      const own = currentStay(theirs.find((one) => one.stream === seat.stream))?.visibleFrom ?? Infinity;
      if (to && seat.stream !== workspaceStream) effects.push({ joins: to.id, card: cardOf(to, org, desk), ...sightFrom(Math.min(stay.visibleFrom, own)), on: seat.stream });
      if (seat.stream === workspaceStream) continue;
      // Who still sits at another desk of the same organization keeps the room by it.
      const vacates = to ? {} : { vacates: true };
      if (stillHeld && from) effects.push({ joins: from.id, card: cardOf(from, org, stillHeld), ...sight, ...vacates, on: seat.stream });
      else effects.push({ leaves: seat.person, ...vacates, on: seat.stream });
    }
    if (to) effects.push({ joins: to.id, card: cardOf(to, org, desk), history: true, on: workspaceStream });
    if (to) effects.push({ later: when.now, step: 'seat', command: 'talk.seatPost', input: { post: input.post } });
    return effects;
  },
});
