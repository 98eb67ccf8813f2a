import type { Asked } from '@noroshi/foundations/asked';
import { answered, message, noted, said, type Message } from './message.ts';
import { oneLine } from './newest-line.ts';

/** Urgent words ask each of the others for an answer. Who was told by proxy is rung no more; who is considering has time. */
export const askedMessage: Asked<Message> = {
  noun: message.noun,
  begins({ kind, id, by, body }) {
    if (kind === said.kind || kind === noted.kind) return body.urgency === 'urgent' ? { thing: kind === noted.kind ? body.id : id } : undefined;
    return kind === answered.kind && body.answer === 'considering' ? { thing: body.message, needsTime: { person: by } } : undefined;
  },
  stands({ urgency, withdrawn, by, answers, proxies }, { person }) {
    if (urgency !== 'urgent' || withdrawn || by === person || proxies?.[person]) return 'free';
    const [given, at] = answers?.[person] ?? [];
    if (given === undefined) return 'owes';
    return given === 'considering' ? { needsTime: at! } : 'free';
  },
  tells: (value, room) => ({
    by: value.by, at: value.at, incident: value.incident, drill: value.drill ?? false,
    ...(value.note?.ref?.noun === 'incident' ? { announces: true } : {}),
    line: (words) => oneLine(value, words), path: `/talk/${room}?m=${value.id}`,
  }),
};
