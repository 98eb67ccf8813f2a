import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { amended, longestText } from './message.ts';
import { onMessage, outOfReach } from './on-message.ts';

/** Mend one's own words. Everyone sees that they were mended; the earlier ones stay in the record. */
export const amend = command('talk.amend', {
  about: 'Mends the words of one’s own message. Earlier words stay in the record.',
  input: z.strictObject({ room: idShape, message: idShape, text: z.string().check(z.maxLength(longestText)) }),
  streams: ({ room }) => [roomStream(room)],
  needs: onMessage,
  may(actor, facts, { text }) {
    const gone = outOfReach(facts);
    if (gone) return gone;
    const { message } = facts;
    if (message!.note || message!.by !== actor.person) return refused('talk.notYours');
    if (!text.trim() && !message!.attachments?.length && !message!.place) return refused('talk.nothingSaid');
    if (message!.redacted?.some(({ parts }) => parts.includes('text'))) return refused('talk.redacted');
    if (message!.sticker) return refused('talk.stickerStays');
    return text === (message!.text ?? '') ? refused('talk.sameWords') : allowed;
  },
  then: ({ message: id, text }, { message }) => [happens(amended, { message: id, text }, { incident: message!.incident, drill: message!.drill ?? false })],
});
