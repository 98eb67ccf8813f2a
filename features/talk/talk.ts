/** Rooms and what is said in them. */
import { feature } from '@noroshi/foundations/sync';
import { amend } from './amend.ts';
import { answer } from './answer.ts';
import { amended, answered, message, noted, reacted, said, withdrawn } from './message.ts';
import { openRoom, seatPost } from './open-room.ts';
import { pin, unpin } from './pin.ts';
import { react } from './react.ts';
import { readers } from './readers.ts';
import { addPeople, removePerson } from './room-people.ts';
import { pinned, room, roomClosed, roomOpened, roomReleased, roomRenamed, roomTold, unpinned } from './room.ts';
import { say } from './say.ts';
import { closeRoom, renameRoom } from './tend-room.ts';
import { withdraw } from './withdraw.ts';

export { addPeople, amend, answer, closeRoom, openRoom, pin, react, readers, removePerson, renameRoom, say, seatPost, unpin, withdraw };
export {
  answered, longestText, message, noted, personalAnswers, reactions, said, theMessage, urgencies, withdrawn,
  type Attachment, type Content, type Given, type Message, type Note, type PersonalAnswer, type Reaction, type Urgency,
} from './message.ts';
export { mayTendRoom } from './may-tend-room.ts';
export { mostPins, room, roomClosed, roomOpened, roomReleased, roomTold, standing, theRoom, type Pin, type Room, type RoomIncident } from './room.ts';
export { stickers, type StickerId } from './stickers.ts';

export const talk = feature('talk', {
  events: [roomOpened, roomRenamed, roomClosed, roomTold, roomReleased, pinned, unpinned, said, noted, amended, withdrawn, reacted, answered],
  nouns: [room, message],
  deeds: [say, amend, withdraw, react, answer, pin, unpin, openRoom, renameRoom, closeRoom, addPeople, removePerson, seatPost],
  questions: [readers],
});
