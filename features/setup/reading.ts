/** Reading a prefecture's file, and what it would take to bring it in. */
export { prefectureFileShape } from './prefecture-file.ts';
export { setupSteps } from './steps.ts';
