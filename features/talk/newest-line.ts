import type { Key, Words } from '@noroshi/foundations/i18n';
import type { Params } from '@noroshi/foundations/kernel';
import type { Member } from '@noroshi/foundations/sync';
import type { Message, Note } from './message.ts';
import { stickers } from './stickers.ts';

/** What fills the gaps of a note. Organizations are called what they are in the reader's language; where that is not known, what they were called then. */
export function noteParams({ params, orgs }: Pick<Note, 'params' | 'orgs'>, { named }: Words): Params {
  if (!orgs || !named) return params;
  return { ...params, ...Object.fromEntries(Object.entries(orgs).flatMap(([gap, ids]) => {
    const names = ids.map((id) => named.get(id));
    return names.length > 0 && names.every((name) => name) ? [[gap, names.join(', ')]] : [];
  })) };
}

/** What the hotline itself said. Its sentence is `note.<line>`. */
export const noteLine = (note: Pick<Note, 'line' | 'params' | 'orgs'>, words: Words): string => words.t(`note.${note.line}` as Key, noteParams(note, words));

/** What was said, in one line: for the list of rooms, quotes and pins. */
export function oneLine(message: Message, words: Words): string {
  const { t, language } = words;
  if (message.withdrawn) return t('talk.withdrawnShort');
  if (message.note) return noteLine(message.note, words);
  const text = message.text?.replace(/\s+/g, ' ').trim();
  // What is cut says so: half a sentence could be taken for a whole one.
  if (text) return text.length > 120 ? `${text.slice(0, 119)}…` : text;
  if (message.redacted) return t('note.keeping.redacted');
  const sticker = stickers.find((s) => s.id === message.sticker);
  return sticker ? sticker[language] : message.place ? message.place.name : t('talk.sentFile');
}

/** The newest words of a room, with who said them. */
export function newestLine(message: Message, who: Member | undefined, words: Words): string {
  const line = oneLine(message, words);
  return who && !message.note ? words.t('talk.saidBy', { name: who.card.name, words: line }) : line;
}
