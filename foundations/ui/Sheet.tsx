import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { IconButton } from './Button.tsx';
import { names } from './pressable.tsx';

interface SheetProps {
  title: ComponentChildren;
  closeLabel: string;
  /** Esc, the cross and a press outside all ask to close; the caller stops drawing the sheet. */
  onClose: () => void;
  children: ComponentChildren;
  /** The deed of the sheet, always in view. */
  foot?: ComponentChildren;
  /** On the desk: in the middle, along the right edge, or the whole screen. On the phone it always comes from below. */
  place?: 'centre' | 'right' | 'whole' | undefined;
}

/** Something looked at in between. It is open while it is drawn, and gives the focus back. */
export function Sheet({ title, closeLabel, onClose, children, foot, place = 'centre' }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    const sheet = dialog.current;
    sheet?.showModal();
    return () => {
      sheet?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class={names('sheet', place !== 'centre' && place)} aria-labelledby={titleId}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onClick={(event) => { if (event.target === event.currentTarget) onClose(); }}>
      <div class="bar">
        <div class="title"><h2 id={titleId} tabIndex={-1} autofocus>{title}</h2></div>
        <IconButton icon="close" label={closeLabel} onClick={onClose} />
      </div>
      {/* A picture has nothing in it to step to: the keys move the view itself. */}
      <div class="scroll" tabIndex={place === 'whole' ? 0 : undefined}>{children}</div>
      {foot && <div class="foot">{foot}</div>}
    </dialog>
  );
}
