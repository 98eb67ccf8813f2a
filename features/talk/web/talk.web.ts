/** The talk's screens. */
import type { WebRoom } from '@noroshi/foundations/web';
import { talkOwes } from './owes.ts';
export { urgentOwed } from './owes.ts';
export { reachBack, useReachBack } from './reach-back.ts';
export { eachRoom, ofEach, openRooms, rooms } from './each-room.ts';
export { AttachRows, AttachSheet } from './AttachSheet.tsx';
export { Attached } from './Attached.tsx';
export { prepareWords, wordsBegun, wordsTaken } from './prepare-words.ts';
export { PeoplePicker, usePeople } from './PeoplePicker.tsx';
export { Reading } from './reading.ts';
export { useDraft } from './use-draft.ts';
export { useMarks } from './use-room.ts';
export { NoteJourney } from './NoteJourney.tsx';
export { newestLine, oneLine } from '../newest-line.ts';

export const talkWeb: WebRoom = {
  name: 'talk',
  pages: [
    { path: '/talk', load: () => import('./RoomsPage.tsx') },
    { path: '/talk/new', load: () => import('./NewRoomPage.tsx') },
    { path: '/talk/:room', load: () => import('./TalkPage.tsx') },
    { path: '/talk/:room/info', load: () => import('./RoomInfoPage.tsx') },
  ],
  firstSteps: [{ at: 3, load: () => import('./HelloStep.tsx') }],
  owes: talkOwes,
};
