import { stickers, type Message } from '@noroshi/features/talk';
import { IconLine } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { RoomNow } from './use-room.ts';
import type { Id } from '@noroshi/foundations/kernel';
import type { ComponentChildren } from 'preact';

const address = /https?:\/\/[^\s<>「」、。（）]+/g;

/** Words as they were written: addresses open, and who was named stands out. */
export function Written({ text, named }: { text: string; named: readonly string[] }) {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const found of text.matchAll(address)) {
    parts.push(...emphasised(text.slice(at, found.index), named));
    parts.push(<a class="link" href={found[0]} target="_blank" rel="noreferrer">{found[0]}</a>);
    at = found.index + found[0].length;
  }
  parts.push(...emphasised(text.slice(at), named));
  return <>{parts}</>;
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

/** A place opens in the phone's own map; its numbers stand there for whoever has none. */
export function Place({ place }: { place: NonNullable<Message['place']> }) {
  const { t } = useWords();
  const at = `${place.lat.toFixed(5)},${place.lon.toFixed(5)}`;
  return (
    <IconLine icon="pin">
      <b>{place.name}</b><br />
      <span class="n">{t('talk.placeAt', { lat: place.lat.toFixed(5), lon: place.lon.toFixed(5) })}</span><br />
      <a class="link" href={`geo:${at}?q=${at}(${encodeURIComponent(place.name)})`}>{t('talk.openMap')}</a>
    </IconLine>
  );
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
  return <>{message.text && <Written text={message.text} named={named} />}{message.sticker && <Sticker id={message.sticker} />}{message.place && <Place place={message.place} />}</>;
}
