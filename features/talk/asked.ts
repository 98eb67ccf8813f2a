import type { Asked, Stands, Who } from '@noroshi/foundations/asked';
import { answered, asksOf, message, noted, said, type Message } from './message.ts';
import { oneLine } from './newest-line.ts';

/**
 * What a message wants of someone: their answer, or that it comes after they said that they are considering. The one rule
 * of it: Home counts what nothing was said to, what comes onto a device is all that is wanted (T35), and the chase follows
 * what of it is urgent.
 */
export function answerWanted(message: Message, who: Who): Stands {
  const given = message.answers?.[who.person];
  if (!asksOf(message, who.person, who.org)) return 'free';
  return !given ? 'owes' : given[0] === 'considering' ? { needsTime: given[1] } : 'free';
}

/** Urgent words ask each of the others, or those they name, for an answer. Who was told by proxy is rung no more; who is considering has time. */
export const askedMessage: Asked<Message> = {
  noun: message.noun,
  begins({ kind, id, by, body }) {
    if (kind === said.kind || kind === noted.kind) return body.urgency === 'urgent' ? { thing: kind === noted.kind ? body.id : id } : undefined;
    return kind === answered.kind && body.answer === 'considering' ? { thing: body.message, needsTime: { person: by } } : undefined;
  },
  stands: (message, who) => (message.urgency === 'urgent' && !message.proxies?.[who.person] ? answerWanted(message, who) : 'free'),
  tells: (value, room) => ({
    by: value.by, at: value.at, incident: value.incident, drill: value.drill ?? false,
    ...(value.note?.ref?.noun === 'incident' ? { announces: true } : {}),
    line: (words) => oneLine(value, words), path: `/talk/${room}?m=${value.id}`,
  }),
};
