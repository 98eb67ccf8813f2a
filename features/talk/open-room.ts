import { allowed, idShape, refused, type Id } from '@noroshi/foundations/kernel';
import { cardOf, organization, person, post, postSeated, sightFrom, thePost, type Organization, type Person, type Post } from '@noroshi/features/directory';
import { command, currentStay, happens, member, memberShut, roomStream, workspaceStream, type Effect, type Many, type Member, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { room, roomOpened, roomShape, theRoom, type Room } from './room.ts';

const everyone = {
  people: { many: person.noun } as Many<Person>,
  posts: { many: post.noun } as Many<Post>,
  organizations: { many: organization.noun } as Many<Organization>,
};

/** Who sits in a room of these organizations: the holder of each post, once, by their highest. */
export function seatsOf(orgs: readonly Id[], all: { people: readonly Person[]; posts: readonly Post[]; organizations: readonly Organization[] }): Effect[] {
  const people = new Map(all.people.map((p) => [p.id, p]));
  const organizations = new Map(all.organizations.map((o) => [o.id, o]));
  const seated = new Set<Id>();
  const seats: Effect[] = [];
  for (const desk of all.posts.filter(({ org }) => orgs.includes(org)).toSorted((a, b) => a.rank - b.rank)) {
    const who = desk.holder ? people.get(desk.holder) : undefined;
    if (!who || who.disabled || seated.has(who.id)) continue;
    seated.add(who.id);
    seats.push({ joins: who.id, card: cardOf(who, organizations.get(desk.org)!, desk), history: true, on: '' });
  }
  return seats;
}

/** A room opens. Administrators open counterpart groups and the room of all; anyone but a guest opens a room for a purpose or for two. */
export const openRoom = command('talk.openRoom', {
  about: 'Opens a room for organizations (each of their posts has a seat) and single people.',
  input: z.strictObject({
    ...z.omit(roomShape, { drill: true, twinOf: true, fixed: true }).def.shape,
    /** People who sit here as themselves. */
    people: z.array(idShape).check(z.maxLength(500)),
  }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ same: theRoom(input.id), ...everyone }),
  may(actor, { same, people, organizations }, input) {
    if (actor.role === 'guest' || input.kind === 'board') return refused('talk.notAllowed');
    if ((input.kind === 'group' || input.kind === 'all') && actor.role !== 'administrator' && actor.role !== 'system') return refused('talk.notAllowed');
    if (same) return refused('command.idTaken');
    if (input.orgs.some((org) => !organizations.some((o) => o.id === org))) return refused('directory.organizationNotFound');
    if (input.people.some((id) => !people.some((p) => p.id === id && !p.disabled))) return refused('directory.personNotFound');
    if (input.kind === 'direct' && (input.people.length !== 1 || input.orgs.length > 0 || input.people[0] === actor.person)) return refused('talk.directIsForTwo');
    return allowed;
  },
  then({ people: invited, ...input }, facts, actor): Effect[] {
    const on = roomStream(input.id);
    const seats = seatsOf(input.orgs, facts);
    const persons = actor.role === 'system' ? invited : [...new Set([actor.person, ...invited])];
    for (const id of persons) {
      if (seats.some((s) => 'joins' in s && s.joins === id)) continue;
      const who = facts.people.find((p) => p.id === id);
      // An administrator who opens a group for others need not sit in it.
      if (!who || (id === actor.person && input.kind !== 'purpose' && input.kind !== 'direct')) continue;
      const desk = facts.posts.filter((p) => p.holder === id).toSorted((a, b) => a.rank - b.rank)[0];
      const { via, ...card } = cardOf(who, facts.organizations.find((o) => o.id === who.org)!, desk);
      // What two people say to each other is theirs: it is not handed on with a desk.
      seats.push({ joins: id, card: via && input.kind !== 'direct' ? { ...card, via } : card, history: true, on });
    }
    return [{ begins: on }, happens(roomOpened, input, { on }), ...seats.map((seat) => ({ ...seat, on }) as Effect)];
  },
});

/** A post that was added or filled takes its seat in the rooms of its organization, and in those that it had when it was left empty. The clock does this. */
export const seatPost = command('talk.seatPost', {
  about: 'Gives the holder of a post a seat in the rooms of their organization.',
  input: z.strictObject({ post: idShape }),
  streams: () => [workspaceStream],
  alone: true,
  system: true,
  offline: false,
  needs: (input) => ({ desk: thePost(input.post), rooms: { many: room.noun, stream: '*' } as Many<Room>, members: { many: member.noun, stream: '*' } as Many<Member & { stream: StreamKey }>, ...everyone }),
  may: (_actor, { desk }) => (desk?.holder ? allowed : refused('directory.notFound')),
  then(_input, { desk, rooms, members, ...all }): Effect[] {
    const { vacancies = [] } = desk!;
    const who = all.people.find((p) => p.id === desk!.holder)!;
    const card = cardOf(who, all.organizations.find((o) => o.id === desk!.org)!, desk);
    const mine = new Map(members.flatMap((m): [StreamKey, number][] => {
      const stay = m.person === who.id ? currentStay(m) : undefined;
      return stay ? [[m.stream, stay.visibleFrom]] : [];
    }));
    const closed = new Set(rooms.filter((r) => r.closedAt !== undefined).map((r) => roomStream(r.id)));
    const theirs = new Set(rooms.filter((r) => r.orgs.includes(desk!.org)).map((r) => roomStream(r.id)));
    const seats = new Map<StreamKey, number>();
    for (const on of theirs) if (!closed.has(on) && !mine.has(on)) seats.set(on, 1);
    // What could be seen from the desk when it was left empty. Whoever was taken out of a room before left no place there.
    const left = new Map<StreamKey, number>();
    for (const { stream: on, stays } of vacancies.length === 0 ? [] : members) {
      for (const { vacated, visibleFrom } of stays) if (vacated && vacancies.includes(vacated)) left.set(on, Math.min(visibleFrom, left.get(on) ?? Infinity));
    }
    for (const [on, from] of left) {
      if (closed.has(on) || seats.has(on)) continue;
      const own = mine.get(on) ?? Infinity;
      // Who sits there already sits there by this desk from now on, or it could not hand the room on. A room of their
      // organization needs no handing on: there they keep the card they have.
      if (!theirs.has(on) || from < own) seats.set(on, Math.min(from, own));
    }
    const effects: Effect[] = vacancies.length > 0 ? [happens(postSeated, { post: desk!.id, vacancies: [...vacancies] })] : [];
    for (const [on, from] of seats) {
      effects.push({ joins: who.id, card, ...sightFrom(from), on });
      // The account may have been closed since the desk was given.
      if (who.disabled) effects.push(happens(memberShut, { person: who.id, shut: true }, { on }));
    }
    return effects;
  },
});
