import { allowed, idShape, refused, type Id } from '@noroshi/foundations/kernel';
import { cardOf, organization, person, post as postNoun, type Organization, type Person, type Post as Desk } from '@noroshi/features/directory';
import { roomOpened, seatsOf, theRoom, type Room } from '@noroshi/features/talk';
import { command, currentStay, happens, member, roomStream, workspaceStream, type Effect, type Many, type Member } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { calendarSet, deskOf, deskStream, markShape, ownCalendarOf, theCalendar, type Calendar } from './calendar-place.ts';

const some = z.array(idShape).check(z.maxLength(500));
const everyone = { people: { many: person.noun } as Many<Person>, posts: { many: postNoun.noun } as Many<Desk>, organizations: { many: organization.noun } as Many<Organization> };
type Everyone = { readonly people: readonly Person[]; readonly posts: readonly Desk[]; readonly organizations: readonly Organization[] };

/** Someone's card, for a place they have as themselves: it is not handed on with a desk. */
function ownCard(id: Id, { people, posts, organizations }: Everyone) {
  const who = people.find((one) => one.id === id)!;
  const { via: _via, ...card } = cardOf(who, organizations.find((one) => one.id === who.org)!, posts.filter((one) => one.holder === id).toSorted((a, b) => a.rank - b.rank)[0]);
  return card;
}

/** わたしの予定表. Nobody else sees it until its owner shares it, whatever they administer. */
export const openOwn = command('calendar.openOwn', {
  about: 'Opens one’s own calendar, which nobody else sees until it is shared.',
  input: z.strictObject({ mark: markShape }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (_input, actor) => ({ same: theCalendar(ownCalendarOf(actor.person)), ...everyone }),
  may(actor, { same, people, organizations }) {
    if (actor.role === 'guest' || actor.role === 'system') return refused('calendar.notForGuests');
    if (same) return refused('calendar.hereAlready');
    const me = people.find((one) => one.id === actor.person && !one.disabled);
    return me && organizations.some((one) => one.id === me.org) ? allowed : refused('directory.personNotFound');
  },
  then({ mark }, facts, actor): Effect[] {
    const id = ownCalendarOf(actor.person);
    const card = ownCard(actor.person, facts);
    const place = (on: string): Effect[] => [{ begins: on }, { joins: actor.person, card, history: true, on }];
    return [...place(roomStream(id)), happens(calendarSet, { calendar: id, mark, own: actor.person, name: card.name }, { on: roomStream(id) }), ...place(deskStream(id))];
  },
});

/**
 * A shared calendar opens: who reads it and who writes in it, by organization (each of their posts has a seat, and whoever follows
 * in it) and as single people. Whoever writes reads too.
 */
export const openCalendar = command('calendar.open', {
  about: 'Opens a shared calendar: for whom it is, and who may write in it. By anyone but guests, who then write in it too; for organizations other than their own by administrators.',
  input: z.strictObject({
    id: idShape, name: z.string().check(z.trim(), z.maxLength(80)), mark: markShape,
    readers: z.strictObject({ orgs: some, people: some }), writers: z.strictObject({ orgs: some, people: some }),
  }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: ({ id }) => ({ same: theRoom(id), taken: theCalendar(id), ...everyone }),
  may(actor, { same, taken, people, organizations }, { id, name, readers, writers }) {
    if (actor.role === 'guest') return refused('calendar.notForGuests');
    const administers = actor.role === 'administrator' || actor.role === 'system';
    // What would be a calendar of someone's own belongs to them.
    if (same || taken || people.some((one) => ownCalendarOf(one.id) === id)) return refused('command.idTaken');
    if (!name) return refused('calendar.nameMissing');
    const orgs = [...readers.orgs, ...writers.orgs];
    if (orgs.some((org) => !organizations.some((one) => one.id === org))) return refused('directory.organizationNotFound');
    if (!administers && orgs.some((org) => org !== actor.org)) return refused('calendar.ownOrganizationOnly');
    const single = [...readers.people, ...writers.people];
    if (single.some((one) => !people.some((who) => who.id === one && !who.disabled))) return refused('directory.personNotFound');
    if (writers.people.some((one) => people.find((who) => who.id === one)!.role === 'guest')) return refused('calendar.guestsRead');
    // Whoever opens it writes in it; the clock does not.
    return actor.role !== 'system' || writers.orgs.length + writers.people.length > 0 ? allowed : refused('calendar.nobodyWrites');
  },
  then({ id, name, mark, readers, writers }, facts, actor): Effect[] {
    const distinct = (ids: readonly Id[]): Id[] => [...new Set(ids)];
    const me = actor.role === 'system' ? [] : [actor.person];
    const place = (at: Id, orgs: readonly Id[], people: readonly Id[], more: { fixed?: 1 } = {}): Effect[] => {
      const on = roomStream(at);
      const seats = seatsOf(orgs, facts);
      for (const one of people) if (!seats.some((seat) => 'joins' in seat && seat.joins === one)) seats.push({ joins: one, card: ownCard(one, facts), history: true, on });
      return [{ begins: on }, happens(roomOpened, { id: at, kind: 'board', name, short: '予', orgs: [...orgs], ...more }, { on }), ...seats.map((seat) => ({ ...seat, on }) as Effect)];
    };
    return [
      ...place(id, distinct([...readers.orgs, ...writers.orgs]), distinct([...me, ...readers.people, ...writers.people])),
      happens(calendarSet, { calendar: id, mark }, { on: roomStream(id) }),
      ...place(deskOf(id), distinct(writers.orgs), distinct([...me, ...writers.people]), { fixed: 1 }),
    ];
  },
});

const places = ({ calendar: id }: { calendar: Id }) => ({
  calendar: theCalendar(id), room: theRoom(id), readers: { many: member.noun, stream: roomStream(id) } as Many<Member>, writers: { many: member.noun, stream: deskStream(id) } as Many<Member>,
});
const sits = (members: readonly Member[], id: Id): boolean => currentStay(members.find((one) => one.person === id)) !== undefined;

interface Tended { readonly calendar: Calendar | undefined; readonly room: Room | undefined; readonly writers: readonly Member[] }
/** Who says for whom it is: of one's own its owner alone; of a shared one those who write in it, and administrators. Nobody else learns that there is one. */
const mayShare = (actor: { person: Id; role: string }, { calendar, room, writers }: Tended) => {
  const may = calendar?.own !== undefined ? calendar.own === actor.person : sits(writers, actor.person) || actor.role === 'administrator' || actor.role === 'system';
  if (!calendar || !may) return refused('calendar.notFound');
  return room?.closedAt === undefined ? allowed : refused('calendar.closed');
};

/** 共有する: single people read it, or write in it too. They see what was put before. */
export const shareCalendar = command('calendar.share', {
  about: 'Lets people read a calendar, or write in it too: one’s own by its owner alone, a shared one by those who write in it and by administrators.',
  input: z.strictObject({ calendar: idShape, people: z.array(idShape).check(z.minLength(1), z.maxLength(200)), writing: z.boolean() }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ ...places(input), ...everyone }),
  may(actor, { people, readers, writers, ...facts }, input) {
    const verdict = mayShare(actor, { ...facts, writers });
    if (!verdict.ok) return verdict;
    const found = input.people.map((id) => people.find((one) => one.id === id && !one.disabled));
    if (found.some((one) => !one)) return refused('directory.personNotFound');
    if (input.writing && found.some((one) => one!.role === 'guest')) return refused('calendar.guestsRead');
    return input.people.every((id) => sits(input.writing ? writers : readers, id)) ? refused('calendar.hereAlready') : allowed;
  },
  then({ calendar: id, people: ids, writing }, { readers, writers, ...facts }): Effect[] {
    return [...new Set(ids)].flatMap((one): Effect[] => {
      const joins = (on: string): Effect => ({ joins: one, card: ownCard(one, facts), history: true, on });
      return [...(sits(readers, one) ? [] : [joins(roomStream(id))]), ...(writing && !sits(writers, one) ? [joins(deskStream(id))] : [])];
    });
  },
});

/** 共有をやめる. A seat by a post goes with the post alone, and nobody takes their own calendar from its owner. */
export const unshareCalendar = command('calendar.unshare', {
  about: 'Takes someone who was let in singly off a calendar, or only off its desk.',
  input: z.strictObject({ calendar: idShape, person: idShape, writing: z.boolean() }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ ...places(input), desk: theRoom(deskOf(input.calendar)), posts: everyone.posts }),
  may(actor, { readers, writers, posts, desk, ...facts }, { person: id, writing }) {
    const verdict = mayShare(actor, { ...facts, writers });
    // Whoever was let in may leave.
    if (!verdict.ok && !(id === actor.person && facts.calendar && sits(readers, id))) return verdict;
    if (!sits(writing ? writers : readers, id)) return refused('calendar.notHere');
    if (facts.calendar!.own === id) return refused('calendar.ownersOwn');
    const { orgs = [] } = (writing ? desk : facts.room) ?? {};
    return posts.some((one) => one.holder === id && orgs.includes(one.org)) ? refused('calendar.seatByPost') : allowed;
  },
  then({ calendar: id, person: one, writing }, { writers }): Effect[] {
    const leaves = (on: string): Effect => ({ leaves: one, on });
    return [...(writing ? [] : [leaves(roomStream(id))]), ...(writing || sits(writers, one) ? [leaves(deskStream(id))] : [])];
  },
});
