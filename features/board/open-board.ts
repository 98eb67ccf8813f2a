import { allowed, idShape, refused, type Id } from '@noroshi/foundations/kernel';
import { cardOf, organization, person, post as postNoun, type Organization, type Person, type Post as Desk } from '@noroshi/features/directory';
import { roomOpened, seatsOf, theRoom } from '@noroshi/features/talk';
import { command, happens, roomStream, workspaceStream, type Effect, type Many } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { boardSet, categoriesShape, deskOf, theBoard } from './board-place.ts';

const some = z.array(idShape).check(z.maxLength(500));

/**
 * A board opens: who reads it and who writes on it, by organization (each of their posts has a seat, and whoever follows in
 * it) and as single people. Whoever writes reads too.
 */
export const openBoard = command('board.open', {
  about: 'Opens a board: its categories, for whom it is, and who may write on it.',
  input: z.strictObject({
    id: idShape,
    name: z.string().check(z.trim(), z.maxLength(80)),
    short: z.string().check(z.trim(), z.maxLength(4)),
    categories: categoriesShape,
    readers: z.strictObject({ orgs: some, people: some }),
    writers: z.strictObject({ orgs: some, people: some }),
  }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: ({ id }) => ({
    same: theRoom(id), people: { many: person.noun } as Many<Person>, posts: { many: postNoun.noun } as Many<Desk>, organizations: { many: organization.noun } as Many<Organization>,
  }),
  may(actor, { same, people, organizations }, { name, short, readers, writers }) {
    if (actor.role !== 'administrator' && actor.role !== 'system') return refused('board.administratorsOnly');
    if (same) return refused('command.idTaken');
    if (!name || !short) return refused('board.nameMissing');
    if (writers.orgs.length + writers.people.length === 0) return refused('board.nobodyWrites');
    if ([...readers.orgs, ...writers.orgs].some((org) => !organizations.some((o) => o.id === org))) return refused('directory.organizationNotFound');
    if ([...readers.people, ...writers.people].some((id) => !people.some((p) => p.id === id && !p.disabled))) return refused('directory.personNotFound');
    return allowed;
  },
  then({ id, name, short, categories, readers, writers }, facts): Effect[] {
    const distinct = (ids: readonly Id[]): Id[] => [...new Set(ids)];
    const place = (at: Id, orgs: readonly Id[], people: readonly Id[]): Effect[] => {
      const on = roomStream(at);
      const seats = seatsOf(orgs, facts);
      for (const one of people) {
        if (seats.some((seat) => 'joins' in seat && seat.joins === one)) continue;
        const who = facts.people.find((p) => p.id === one)!;
        const { via: _via, ...card } = cardOf(who, facts.organizations.find((o) => o.id === who.org)!, facts.posts.filter((p) => p.holder === one).toSorted((a, b) => a.rank - b.rank)[0]);
        seats.push({ joins: one, card, history: true, on });
      }
      return [{ begins: on }, happens(roomOpened, { id: at, kind: 'board', name, short, orgs: [...orgs] }, { on }), ...seats.map((seat) => ({ ...seat, on }) as Effect)];
    };
    return [
      ...place(id, distinct([...readers.orgs, ...writers.orgs]), distinct([...readers.people, ...writers.people])),
      happens(boardSet, { board: id, categories }, { on: roomStream(id) }),
      ...place(deskOf(id), distinct(writers.orgs), distinct(writers.people)),
    ];
  },
});

/** The categories of a board change. What was posted under one that is gone keeps its words. */
export const setCategories = command('board.setCategories', {
  about: 'Sets the categories of a board.',
  input: z.strictObject({ board: idShape, categories: categoriesShape }),
  streams: ({ board }) => [roomStream(board)],
  offline: false,
  needs: ({ board }) => ({ board: theBoard(board) }),
  may(actor, { board }) {
    if (!board) return refused('board.notFound');
    return actor.role === 'administrator' ? allowed : refused('board.administratorsOnly');
  },
  then: (input) => [happens(boardSet, input)],
});
