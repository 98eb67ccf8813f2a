/** Sentences, in the two languages of the house. Japanese is written first; English must have each of them. */
export { beside, inMinutes, listed, minutesTo, untilSays, words, type Counting, type Dictionary, type Key, type Language, type Words } from './words.ts';
