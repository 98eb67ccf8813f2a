import type { Finds } from '@noroshi/foundations/found';
import { message, type Message } from './message.ts';
import { room, type Room } from './room.ts';

/** What of a message can be looked for: its words, and the names and captions of what it carries. */
const wordsOf = ({ text, place, attachments = [] }: Message): string => [text, place?.name, ...attachments.flatMap((one) => [one.caption, one.name])].filter(Boolean).join('\n');

/** What was said. */
export const messageFound: Finds<Message> = {
  noun: message.noun, shelf: 'message',
  things: (value) => [{ id: value.id, at: value.at, by: value.by, words: wordsOf(value) }],
};

/** Talks by their names. */
export const roomFound: Finds<Room> = {
  noun: room.noun, shelf: 'room',
  // A board is no talk: its notices are found by themselves.
  things: ({ id, kind, name }) => [{ id, words: kind === 'board' || kind === 'direct' ? '' : name }],
  shows: ({ id, name, drill }) => ({ title: name, href: `/talk/${id}`, drill: drill !== undefined }),
};
