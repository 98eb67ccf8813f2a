import { facts } from '@noroshi/foundations/sync';
import { amended, answered, message, noted, reacted, said, toldByProxy, withdrawn } from './message.ts';
import { pinned, room, roomClosed, roomOpened, roomLent, roomReleased, roomRenamed, roomTold, unpinned } from './room.ts';

/** What this room makes true: all that a device must know to hold it. Deeds come with the pages that do them. */
export const talkFacts = facts('talk', {
  events: [roomOpened, roomRenamed, roomClosed, roomTold, roomReleased, roomLent, pinned, unpinned, said, noted, amended, withdrawn, reacted, answered, toldByProxy],
  nouns: [room, message],
});
