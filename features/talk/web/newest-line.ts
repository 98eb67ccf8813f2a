import type { Words } from '@noroshi/foundations/i18n';
import type { Member } from '@noroshi/foundations/sync';
import type { Message } from '@noroshi/features/talk';
import { stickers } from '../stickers.ts';

/** What was said last, in one line, for the list of rooms. */
export function newestLine(message: Message, who: Member | undefined, { t, language }: Words): string {
  const sticker = stickers.find((s) => s.id === message.sticker);
  const text = message.text?.replace(/\s+/g, ' ').slice(0, 80) ?? (sticker ? sticker[language] : message.place ? message.place.name : t('talk.sentFile'));
  return who ? `${who.card.name}：${text}` : text;
}
