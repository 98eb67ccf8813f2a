/** All screens of this room: fetched together when the first of them is wanted. */
export { default } from './Screens.tsx';
export { default as PersonStar } from './Star.tsx';
export { contactsOwe } from './owes.ts';
export { default as SentContact } from './SentContact.tsx';
