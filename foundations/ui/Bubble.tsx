import type { ComponentChildren, RefObject } from 'preact';
import { Mark } from './Mark.tsx';
import { names } from './pressable.tsx';

interface VoiceProps {
  mark: ComponentChildren;
  hit?: boolean | undefined;
  name: ComponentChildren;
  /** Town and post. */
  post?: ComponentChildren;
  tags?: ComponentChildren;
}

interface BubbleProps {
  id?: string | undefined;
  /** Who speaks. Left out for my own words: they stand at the right. */
  voice?: VoiceProps | undefined;
  /** `waiting` on this phone · `refused`, the words kept · `withdrawn`, the record kept. */
  state?: 'waiting' | 'refused' | 'withdrawn' | undefined;
  /** The words; or, with `bare`, a picture or sticker that needs no bubble. */
  children: ComponentChildren;
  bare?: boolean | undefined;
  /** Time, delivery, `ReadLine`; for refused words the reason and the button to mend them. */
  meta?: ComponentChildren;
}

/** What someone said. */
export const Bubble = ({ id, voice, state, children, bare, meta }: BubbleProps) => (
  <article id={id} class={names('msg', !voice && 'mine', state === 'withdrawn' ? 'gone' : state)}>
    {voice && <Mark hit={voice.hit}>{voice.mark}</Mark>}
    {voice && <p class="who"><b>{voice.name}</b>{voice.post && <span>{voice.post}</span>}{voice.tags}</p>}
    {bare ? children : <div class="bubble">{children}</div>}
    {meta && <div class="meta">{meta}</div>}
  </article>
);

interface PhotoProps {
  /** Left out while nothing of it is here. */
  src: string | undefined;
  /** What is to be seen, in words. */
  alt: string;
  /** Opens it whole; `openLabel` says so. */
  onOpen?: (() => void) | undefined;
  openLabel?: string | undefined;
  onLoad?: (() => void) | undefined;
  onError?: (() => void) | undefined;
  /** The whole of it on the screen. */
  place?: RefObject<HTMLElement | null> | undefined;
  /** Under it: caption, `IconLine` for time and place of taking. */
  children?: ComponentChildren;
}

/** A photograph in the talk, with its time and place as words under it. */
export function Photo({ src, alt, onOpen, openLabel, onLoad, onError, place, children }: PhotoProps) {
  const picture = src === undefined ? <span class="empty" role="img" aria-label={alt} /> : <img src={src} alt={onOpen ? '' : alt} loading="lazy" decoding="async" onLoad={onLoad} onError={onError} />;
  return (
    <figure class="photo" ref={place}>
      {onOpen ? <button type="button" aria-label={openLabel} onClick={onOpen}>{picture}</button> : picture}
      {children && <figcaption>{children}</figcaption>}
    </figure>
  );
}
