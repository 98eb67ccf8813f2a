import { oneLine, type Message, type Room } from '@noroshi/features/talk';
import type { Words } from '@noroshi/foundations/i18n';
import type { Member } from '@noroshi/foundations/sync';

/** A drill ends because of something real: the one word of a drill that nobody may take for a part of it. */
export const isReal = (note: Message['note']): boolean => note?.line === 'drill.real';

/** What a push says of what was said: where, by whom, and the first words; of several, the newest. */
export function says(room: Pick<Room, 'name' | 'kind'>, message: Message, by: Member | undefined, others: number, words: Words): { title: string; body: string } {
  const { t } = words;
  const who = by?.card;
  // A talk of two is called after the other, who is the one that speaks.
  const place = room.kind === 'direct' && who ? who.name : room.name;
  const mark = message.urgency === 'urgent' ? t('push.urgent') : message.urgency === 'important' ? t('push.important') : '';
  const line = oneLine(message, words);
  const said = message.note || !who ? line : t('push.says', { name: who.name, org: who.orgName, words: line });
  return { title: `${isReal(message.note) ? t('push.drillReal') : message.drill ? t('push.drill') : ''}${mark}${place}`, body: others > 0 ? t('push.more', { words: said, n: others }) : said };
}
