/** Rooms and what is said in them. */
import { feature } from '@noroshi/foundations/sync';
import { talkFacts } from './facts.ts';
import { amend } from './amend.ts';
import { answer } from './answer.ts';
import { earlierWords, mostEarlier } from './earlier-words.ts';
import { openRoom, seatPost, seatsOf } from './open-room.ts';
import { pin, unpin } from './pin.ts';
import { react } from './react.ts';
import { readers } from './readers.ts';
import { addPeople, removePerson } from './room-people.ts';
import { say, saysIn } from './say.ts';
import { stillAsked } from './still-asked.ts';
import { closeRoom, renameRoom } from './tend-room.ts';
import { unread } from './unread.ts';
import { withdraw } from './withdraw.ts';

export { talkFacts };
export { addPeople, amend, answer, closeRoom, earlierWords, mostEarlier, openRoom, pin, react, readers, removePerson, renameRoom, say, saysIn, seatPost, seatsOf, stillAsked, unpin, unread, withdraw };
export {
  amended, answered, attachmentShape, longestText, message, noted, personalAnswers, reactions, said, theMessage, toldByProxy, urgencies, withdrawn,
  type Attachment, type Content, type Given, type Message, type Note, type PersonalAnswer, type Reaction, type Urgency,
} from './message.ts';
export { asSubject, noWords, standsIn, together, type Along, type Brought } from './along.ts';
export { askedMessage } from './asked.ts';
export { noteLine, noteParams, oneLine } from './newest-line.ts';
export { leaveSeats, lendSeats } from './lend-room.ts';
export { mayGiveHistory } from './room-people.ts';
export { mayTendRoom } from './may-tend-room.ts';
export { mayUrgent } from './may-urgent.ts';
export { lentFor, mostPins, room, roomClosed, roomOpened, roomReleased, roomTold, standing, theRoom, type Pin, type Room, type RoomIncident } from './room.ts';
export { stickers, type StickerId } from './stickers.ts';

export const talk = feature('talk', {
  ...talkFacts,
  deeds: [say, amend, withdraw, react, answer, pin, unpin, openRoom, renameRoom, closeRoom, addPeople, removePerson, seatPost],
  questions: [readers, unread, earlierWords, stillAsked],
});
