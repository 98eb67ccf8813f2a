import type { Actor, Id } from '@noroshi/foundations/kernel';
import { memberShut, roomStream, workspaceStream, type Member } from '@noroshi/foundations/sync';
import { expect, it } from 'vitest';
import { disablePerson, enablePerson, tellRooms } from './directory.ts';

const id = (n: number): Id => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const hanako: Actor = { person: id(1), org: id(2), role: 'administrator' };
const when = { now: 0, id: id(3), newId: () => id(4) };
const seat = (person: Id, stream: string, more: Partial<Member> = {}) => ({ no: 1, person, card: {}, stays: [{ visibleFrom: 1, countedFrom: 1 }], stream, ...more });

it('C3 each room that someone is or was in learns that their account is closed, or open again, and only once', () => {
  const [here, gone, knows] = [id(11), id(12), id(13)].map(roomStream) as [string, string, string];
  const seats = [
    seat(id(9), here), seat(id(9), gone, { stays: [{ visibleFrom: 1, countedFrom: 1, until: 5 }] }), seat(id(9), knows, { shut: true }), seat(id(9), workspaceStream), seat(id(8), here),
  ];
  const told = (effects: readonly object[]): object[] => effects.filter((one) => 'kind' in one && one.kind === memberShut);
  const closing = [here, gone].map((on) => ({ kind: memberShut, body: { person: id(9), shut: true }, on }));
  expect(told(disablePerson.then({ id: id(9) }, { who: undefined, seats } as never, hanako, when))).toEqual(closing);
  expect(told(enablePerson.then({ id: id(9) }, { who: undefined, seats } as never, hanako, when))).toEqual([{ kind: memberShut, body: { person: id(9), shut: false }, on: knows }]);
  // Accounts that were closed before rooms were told of it.
  expect(tellRooms.then({ person: id(9) }, { who: { disabled: true }, seats } as never, hanako, when)).toEqual(closing);
});
