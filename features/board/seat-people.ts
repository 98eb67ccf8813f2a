import { allowed, idShape, refused, type Id } from '@noroshi/foundations/kernel';
import { cardOf, organization, person, post as postNoun, type Organization, type Person, type Post as Desk } from '@noroshi/features/directory';
import { theRoom } from '@noroshi/features/talk';
import { command, currentStay, member, roomStream, workspaceStream, type Effect, type Many, type Member } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { deskOf, deskStream, theBoard } from './board-place.ts';

const places = ({ board }: { board: Id }) => ({
  // Other rooms lie in places of this kind as well: what is no board is tended by nobody here.
  board: theBoard(board), room: theRoom(board), desk: theRoom(deskOf(board)),
  readers: { many: member.noun, stream: roomStream(board) } as Many<Member>, writers: { many: member.noun, stream: deskStream(board) } as Many<Member>,
});
const sits = (members: readonly Member[], id: Id): boolean => currentStay(members.find((one) => one.person === id)) !== undefined;

/** Single people are let onto a board, beside those who sit there by their posts. They may read what was posted before. (B16) */
export const letIn = command('board.letIn', {
  about: 'Lets people read a board, or write on it too, beside the organizations it is for.',
  input: z.strictObject({ board: idShape, people: z.array(idShape).check(z.minLength(1), z.maxLength(200)), writing: z.boolean() }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ ...places(input), people: { many: person.noun } as Many<Person>, posts: { many: postNoun.noun } as Many<Desk>, organizations: { many: organization.noun } as Many<Organization> }),
  may(actor, { board, room, people, readers, writers }, input) {
    if (actor.role !== 'administrator' && actor.role !== 'system') return refused('board.administratorsOnly');
    if (!board || room?.kind !== 'board') return refused('board.notFound');
    if (room.closedAt !== undefined) return refused('board.closed');
    const found = input.people.map((id) => people.find((one) => one.id === id && !one.disabled));
    if (found.some((one) => !one)) return refused('directory.personNotFound');
    if (input.writing && found.some((one) => one!.role === 'guest')) return refused('board.guestsRead');
    return input.people.every((id) => sits(input.writing ? writers : readers, id)) ? refused('board.hereAlready') : allowed;
  },
  then({ board, people: ids, writing }, { readers, writers, people, posts, organizations }): Effect[] {
    return [...new Set(ids)].flatMap((id): Effect[] => {
      const who = people.find((one) => one.id === id)!;
      const { via: _via, ...card } = cardOf(who, organizations.find((one) => one.id === who.org)!, posts.filter((one) => one.holder === id).toSorted((a, b) => a.rank - b.rank)[0]);
      const joins = (on: string): Effect => ({ joins: id, card, history: true, on });
      return [...(sits(readers, id) ? [] : [joins(roomStream(board))]), ...(writing && !sits(writers, id) ? [joins(deskStream(board))] : [])];
    });
  },
});

/** Someone who was let in singly reads no more, or only writes no more. A seat by a post goes with the post alone. */
export const letOut = command('board.letOut', {
  about: 'Takes someone who was let in singly off a board, or only off its desk.',
  input: z.strictObject({ board: idShape, person: idShape, writing: z.boolean() }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ ...places(input), posts: { many: postNoun.noun } as Many<Desk> }),
  may(actor, { board, room, desk, readers, writers, posts }, { person: id, writing }) {
    if (actor.role !== 'administrator' && actor.role !== 'system') return refused('board.administratorsOnly');
    if (!board || room?.kind !== 'board') return refused('board.notFound');
    if (!sits(writing ? writers : readers, id)) return refused('board.notHere');
    const { orgs = [] } = (writing ? desk : room) ?? {};
    return posts.some((one) => one.holder === id && orgs.includes(one.org)) ? refused('board.seatByPost') : allowed;
  },
  then({ board, person: id, writing }, { writers }): Effect[] {
    const leaves = (on: string): Effect => ({ leaves: id, on });
    // Who reads no more writes no more.
    return [...(writing ? [] : [leaves(roomStream(board))]), ...(writing || sits(writers, id) ? [leaves(deskStream(board))] : [])];
  },
});
