import { stickers, type Message } from '@noroshi/features/talk';
import { IconLine } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { RoomNow } from './use-room.ts';
import type { Id } from '@noroshi/foundations/kernel';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

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

/** About so many lines of a phone stand in the talk before one asks for the rest. */
const mostLines = 15;
const perLine = 20;

/** Where a long text is cut, so that who scrolls past it need not scroll past ten screens; its length where it is not long. */
export function foldAt(text: string): number {
  let lines = 0;
  let at = 0;
  for (const line of text.split('\n')) {
    const tall = Math.max(1, Math.ceil(line.length / perLine));
    if (lines + tall > mostLines) {
      at += (mostLines - lines) * perLine;
      // A few lines more are no reason to fold.
      if (text.length - at < 3 * perLine && !text.slice(at).includes('\n')) return text.length;
      // Half an address leads astray, half a character is none.
      const inside = linksIn(text).find(({ index, said }) => index < at && at < index + said.length);
      if (inside) return inside.index;
      return text.codePointAt(at - 1)! > 0xffff ? at - 1 : at;
    }
    lines += tall;
    at += line.length + 1;
  }
  return text.length;
}

/** A long text: its beginning, and the rest when one asks. Until then its end was not shown, so it is not read. */
function Long({ text, named }: { text: string; named: readonly string[] }) {
  const { t } = useWords();
  const [whole, show] = useState(false);
  const cut = foldAt(text);
  if (whole || cut >= text.length) return <Written text={text} named={named} />;
  return <><Written text={text.slice(0, cut)} named={named} />…<br /><button type="button" class="link unshown" onClick={() => show(true)}>{t('talk.readOn', { n: text.length })}</button></>;
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

/** A place opens in the phone's own map, by its numbers or else by its name. */
export function Place({ place }: { place: NonNullable<Message['place']> }) {
  const { t } = useWords();
  const { lat, lon } = place;
  const at = lat !== undefined && lon !== undefined ? { lat: lat.toFixed(5), lon: lon.toFixed(5) } : undefined;
  const name = encodeURIComponent(place.name);
  return (
    <IconLine icon="pin">
      <b>{place.name}</b><br />
      {at && <><span class="n">{t('talk.placeAt', at)}</span><br /></>}
      <a class="link" href={at ? `geo:${at.lat},${at.lon}?q=${at.lat},${at.lon}(${name})` : `geo:0,0?q=${name}`}>{t('talk.openMap')}</a>
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
  return <>{message.text && (message.urgency === 'urgent' ? <Written text={message.text} named={named} /> : <Long text={message.text} named={named} />)}{message.sticker && <Sticker id={message.sticker} />}{message.place && <Place place={message.place} />}</>;
}
