import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { cardOf, organization, person, post, type Organization, type Person, type Post } from '@noroshi/features/directory';
import { command, currentStay, member, membership, roomStream, type Effect, type Many, type Member } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { mayTendRoom } from './may-tend-room.ts';
import { theRoom } from './room.ts';

/** Whether someone may let others read what was said before: nobody opens more to others than lies open to themselves. */
export function mayGiveHistory(me: Member | undefined): boolean {
  return currentStay(me)?.visibleFrom === 1;
}

/** Let people into a room for a purpose. */
export const addPeople = command('talk.addPeople', {
  about: 'Lets people into a room for a purpose, with or without what was said before.',
  input: z.strictObject({ room: idShape, people: z.array(idShape).check(z.minLength(1), z.maxLength(200)), history: z.boolean() }),
  streams: ({ room }) => [roomStream(room)],
  alone: true,
  offline: false,
  needs: ({ room }, actor) => ({
    room: theRoom(room),
    me: membership(roomStream(room), actor.person),
    members: { many: member.noun, stream: roomStream(room) } as Many<Member>,
    people: { many: person.noun } as Many<Person>,
    posts: { many: post.noun } as Many<Post>,
    organizations: { many: organization.noun } as Many<Organization>,
  }),
  may(actor, { room, me, members, people }, input) {
    const verdict = mayTendRoom(actor, room, me);
    if (!verdict.ok) return verdict;
    if (room!.kind !== 'purpose') return refused('talk.roomFollowsPosts');
    if (input.history && !mayGiveHistory(me)) return refused('talk.historyNotYours');
    if (input.people.some((id) => !people.some((p) => p.id === id && !p.disabled))) return refused('directory.personNotFound');
    return input.people.every((id) => currentStay(members.find((m) => m.person === id))) ? refused('talk.hereAlready') : allowed;
  },
  then(input, { members, people, posts, organizations }): Effect[] {
    const on = roomStream(input.room);
    return [...new Set(input.people)].filter((id) => !currentStay(members.find((m) => m.person === id))).map((id) => {
      const who = people.find((p) => p.id === id)!;
      const desk = posts.filter((p) => p.holder === id).toSorted((a, b) => a.rank - b.rank)[0];
      return { joins: id, card: cardOf(who, organizations.find((o) => o.id === who.org)!, desk), history: input.history, on };
    });
  },
});

/** Someone leaves a room for a purpose: by themselves, or because who tends it says so. */
export const removePerson = command('talk.removePerson', {
  about: 'Takes someone out of a room for a purpose; oneself is leaving.',
  input: z.strictObject({ room: idShape, person: idShape }),
  streams: ({ room }) => [roomStream(room)],
  alone: true,
  offline: false,
  needs: ({ room, person: id }, actor) => ({
    room: theRoom(room), me: membership(roomStream(room), actor.person), who: membership(roomStream(room), id),
    posts: { many: post.noun } as Many<Post>,
  }),
  may(actor, { room, me, who, posts }, input) {
    const own = input.person === actor.person && currentStay(me) !== undefined;
    const verdict = own && room?.closedAt === undefined ? allowed : mayTendRoom(actor, room, me, true);
    if (!verdict.ok) return verdict;
    if (room!.kind !== 'purpose') return refused('talk.roomFollowsPosts');
    if (!currentStay(who)) return refused('talk.notHere');
    // A seat that comes with a desk is given up by handing the desk over, or it would be taken again with the next change.
    return posts.some((p) => p.holder === input.person && room!.orgs.includes(p.org)) ? refused('talk.seatByPost') : allowed;
  },
  then: ({ room, person: id }) => [{ leaves: id, on: roomStream(room) }],
});
