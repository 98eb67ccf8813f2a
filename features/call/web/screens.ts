/** All screens of this room: fetched together when the first of them is wanted. */
export { default } from './CallPage.tsx';
export { default as CallCard } from './CallCard.tsx';
export { default as OverScreens } from './OverScreens.tsx';
