import type { Message } from '@noroshi/features/talk';

/** What of a message can be looked for: its words, and the names and captions of what it carries. */
export function wordsOf(message: Message): string {
  return [message.text, message.place?.name, ...(message.attachments ?? []).flatMap((a) => [a.caption, a.name])].filter(Boolean).join('\n');
}
