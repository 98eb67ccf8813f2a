import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { each, mapped, type LowerEnd, type Watched } from '@noroshi/foundations/sync/web';

/** All talks I am in. A board is no talk. */
export const rooms = (stair: LowerEnd): Watched<readonly Room[]> =>
  stair.together('talk/rooms', async () => (await stair.replica.all<Room>(roomNoun.noun)).map(({ value }) => value).filter(({ kind }) => kind !== 'board'));

/** Those that are not closed: what is closed asks for nothing any more. */
export const openRooms = (stair: LowerEnd): Watched<readonly Room[]> => mapped(rooms(stair), (all) => all.filter(({ closedAt }) => closedAt === undefined));

/**
 * Something of each room: where something happens in one of them, the others are not read again.
 * @param name the same for the same question
 */
export const ofEach = <T>(stair: LowerEnd, of: Watched<readonly Room[]>, name: string, read: (room: Room) => Promise<T>): Watched<readonly T[]> =>
  eachRoom(of, (room) => stair.together(`${name} ${JSON.stringify(room)}`, () => read(room)));

/** Something watched for each room; anew where the room itself has changed. */
export const eachRoom = <T>(of: Watched<readonly Room[]>, watch: (room: Room) => Watched<T>): Watched<readonly T[]> => each(of, (room) => JSON.stringify(room), watch);
