import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { Button, IconButton } from './Button.tsx';

interface ComposerProps {
  /** What the field is for; also its placeholder unless one is given. */
  label: string;
  placeholder?: string | undefined;
  sendLabel: string;
  /** The draft. Written into the field only when it differs and no conversion is under way. */
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  /** There is something to send even without words. */
  ready?: boolean | undefined;
  /** Buttons before the field (plus) and behind it (stickers). */
  before?: ComponentChildren;
  after?: ComponentChildren;
  id?: string | undefined;
}

const grows = globalThis.CSS?.supports('field-sizing', 'content');

/**
 * Where words are written. Enter is a new line; Ctrl or Cmd with Enter sends. While kana are being
 * converted the field belongs to the input method: nothing sends, and nothing is rewritten.
 */
export function Composer({ label, placeholder = label, sendLabel, value, onChange, onSend, ready, before, after, id }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);
  const fit = () => {
    const area = field.current;
    if (grows || !area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  useLayoutEffect(() => {
    const area = field.current;
    if (area && !composing.current && area.value !== value) area.value = value;
    fit();
  }, [value]);
  const key = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); }
  };
  const send = () => { if (!composing.current && !empty) onSend(); };
  const empty = !ready && !value.trim();
  return (
    <div class="composer">
      {before}
      <textarea ref={field} id={id} rows={1} aria-label={label} placeholder={placeholder} onKeyDown={key}
        onInput={(event) => { onChange(event.currentTarget.value); fit(); }}
        onCompositionStart={() => { composing.current = true; }}
        onCompositionEnd={(event) => { composing.current = false; onChange(event.currentTarget.value); }} />
      {after}
      <span class="send"><IconButton icon="send" label={sendLabel} strong disabled={empty} onClick={send} /><Button kind="main" low disabled={empty} onClick={send}>{sendLabel}</Button></span>
    </div>
  );
}
