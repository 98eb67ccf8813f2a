/** All screens of this room: fetched together when the first of them is wanted, for whoever comes to one soon needs the next. */
export { default as CardPage } from './CardPage.tsx';
export { default as ChasePage } from './ChasePage.tsx';
export { default as LadderPage } from './LadderPage.tsx';
export { default as ReaderEnd } from './ReaderEnd.tsx';
export { default as RemindFoot } from './RemindFoot.tsx';
export { default as RoomSide } from './RoomSide.tsx';
export { chronicles } from './chronicles.ts';
export { chaseOwes } from './owes.ts';
export { seesOf } from './sees.ts';
