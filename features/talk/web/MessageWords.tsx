import { stickers, type Message } from '@noroshi/features/talk';
import { IconLine } from '@noroshi/foundations/ui';
import { useLoaded, useSheet, useWords } from '@noroshi/foundations/web';
import type { RoomNow } from './use-room.ts';
import type { Id } from '@noroshi/foundations/kernel';
import type { ComponentChildren, ComponentType } from 'preact';

/** Addresses, and telephone numbers as they are written in Japan: with hyphens, or a mobile one without. */
const links = /(https?:\/\/[^\s<>「」、。（）]+)|(?<![\d０-９-])(?:[0０][\d０-９]{1,4}[-‐－−][\d０-９]{1,4}[-‐－−][\d０-９]{3,4}|0[5789]0\d{8})(?![\d０-９])/g;

/** What can be pressed in a text: where it stands, how it is written, and where it leads. */
export const linksIn = (text: string): { index: number; said: string; href: string }[] => [...text.matchAll(links)].map(({ 0: said, 1: address, index }) => (
  { index, said, href: address ?? `tel:${said.normalize('NFKC').replaceAll(/\D/g, '')}` }
));

/** Words as they were written: addresses open, numbers call, and who was named stands out. */
export function Written({ text, named }: { text: string; named: readonly string[] }) {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const { index, said, href } of linksIn(text)) {
    parts.push(...emphasised(text.slice(at, index), named));
    parts.push(href === said ? <a class="link" href={href} target="_blank" rel="noreferrer">{said}</a> : <a class="link" href={href}>{said}</a>);
    at = index + said.length;
  }
  parts.push(...emphasised(text.slice(at), named));
  return <>{parts}</>;
}

const loadLong = async (): Promise<{ default: ComponentType<{ text: string; named: readonly string[] }> }> => ({ default: (await import('./LongWords.tsx')).LongWords });

/** A text that may be too long to stand there whole: what folds it comes only where there is one. */
function Lengthy({ text, named }: { text: string; named: readonly string[] }) {
  const Long = useSheet(loadLong);
  return Long ? <Long text={text} named={named} /> : <span class="unshown">…</span>;
}

function emphasised(text: string, named: readonly string[]): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let rest = text;
  while (rest && named.length > 0) {
    const first = named.map((name) => [rest.indexOf(name), name] as const).filter(([i]) => i >= 0).sort((a, b) => a[0] - b[0] || b[1].length - a[1].length)[0];
    if (!first) break;
    parts.push(rest.slice(0, first[0]), <b>{first[1]}</b>);
    rest = rest.slice(first[0] + first[1].length);
  }
  return [...parts, rest];
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
