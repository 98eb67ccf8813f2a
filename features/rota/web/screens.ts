/** All screens of this room: fetched together when the first of them is wanted. */
export { default } from './Screens.tsx';
export { default as AboutPerson } from './AboutPerson.tsx';
