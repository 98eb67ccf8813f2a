/** All screens of this room: fetched together when the first of them is wanted. */
export { default } from './Door.tsx';
export { default as Blacked } from './Blacked.tsx';
