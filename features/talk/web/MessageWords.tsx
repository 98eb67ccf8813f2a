import { stickers, type Message } from '@noroshi/features/talk';
import { IconLine } from '@noroshi/foundations/ui';
import { useLoaded, useSheet, useWords } from '@noroshi/foundations/web';
import type { RoomNow } from './use-room.ts';
import { Written } from './Written.tsx';
import type { Id } from '@noroshi/foundations/kernel';
import type { ComponentType } from 'preact';

const loadLong = async (): Promise<{ default: ComponentType<{ text: string; named: readonly string[] }> }> => ({ default: (await import('./LongWords.tsx')).LongWords });

/** A text that may be too long to stand there whole: what folds it comes only where there is one. */
function Lengthy({ text, named }: { text: string; named: readonly string[] }) {
  const Long = useSheet(loadLong);
  return Long ? <Long text={text} named={named} /> : <span class="unshown">…</span>;
}

/** A sticker is its word to whoever does not see the drawing. */
export function Sticker({ id }: { id: string }) {
  const { t, language } = useWords();
  const sticker = stickers.find((s) => s.id === id);
  if (!sticker) return null;
  return <img class="sticker" src={`/stickers/${id}.svg`} alt={t('talk.stickerOf', { word: sticker[language] })} width="136" height="136" loading="lazy" decoding="async" />;
}

const loadPlace = async () => ({ default: (await import('./PlaceWords.tsx')).PlaceWords });

/** A place: its name at once, the way to it with the part that knows maps. */
function Place({ place }: { place: NonNullable<Message['place']> }) {
  const Known = useLoaded(loadPlace);
  return <IconLine icon="pin"><b>{place.name}</b>{Known && <Known place={place} />}</IconLine>;
}

/** The names that stand in the words after an @. */
export function namesIn(message: Message, nameOf: (id: Id) => string | undefined): string[] {
  return [...(message.mentions ?? []), ...(message.mentionOrgs ?? [])].flatMap((id) => {
    const name = nameOf(id);
    return name ? [`@${name}`] : [];
  });
}

/** The words, the sticker, the place. */
export function MessageWords({ message, now }: { message: Message; now: RoomNow }) {
  const named = namesIn(message, (id) => now.byPerson.get(id)?.card.name ?? now.organizations.get(id)?.name);
  return <>{message.text && (message.urgency !== 'urgent' && (message.text.length > 300 || message.text.split('\n').length > 15) ? <Lengthy text={message.text} named={named} /> : <Written text={message.text} named={named} />)}{message.sticker && <Sticker id={message.sticker} />}{message.place && <Place place={message.place} />}</>;
}
