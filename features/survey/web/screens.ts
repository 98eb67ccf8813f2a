/** All screens of this room: fetched together when the first of them is wanted. */
export { default } from './Screens.tsx';
export { default as AskOffer } from './AskOffer.tsx';
export { default as SentAnswer } from './SentAnswer.tsx';
