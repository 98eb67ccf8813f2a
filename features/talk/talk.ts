/** Rooms and what is said in them. */
import { feature } from '@noroshi/foundations/sync';
import { message, noted, said } from './message.ts';
import { openRoom, seatPost } from './open-room.ts';
import { room, roomClosed, roomOpened, roomReleased, roomRenamed, roomTold } from './room.ts';
import { say } from './say.ts';

export { say, openRoom, seatPost };
export { message, noted, theMessage, longestText, personalAnswers, urgencies, type Attachment, type Content, type Message, type Note, type PersonalAnswer, type Urgency } from './message.ts';
export { room, roomClosed, roomOpened, roomReleased, roomTold, theRoom, type Room, type RoomIncident } from './room.ts';

export const talk = feature('talk', {
  events: [roomOpened, roomRenamed, roomClosed, roomTold, roomReleased, said, noted],
  nouns: [room, message],
  deeds: [say, openRoom, seatPost],
});
