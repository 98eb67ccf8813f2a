/** How the questions of 状況盤 are answered. */
export { answerContact } from './answer-contact.server.ts';
