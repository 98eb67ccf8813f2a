/** All screens of this room: fetched together when the first of them is wanted, for whoever comes to one soon needs the next. */
export { default as ListPage } from './ListPage.tsx';
export { default as WritePage } from './WritePage.tsx';
export { default as EntryPage } from './EntryPage.tsx';
export { default as SentEntry } from './SentEntry.tsx';
export { maySomewhere } from './known.ts';
export { instructionsOwed } from './owes.ts';
