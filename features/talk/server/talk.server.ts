/** How the talk's questions are answered, and what other rooms of the house ask of it. */
export { answerReaders } from './answer-readers.server.ts';
export { answerUnread } from './answer-unread.server.ts';
export { answerEarlierWords } from './answer-earlier-words.server.ts';
export { answerStillAsked } from './answer-still-asked.server.ts';
export { mostCounted, whatWaits, type Waits } from './what-waits.server.ts';
