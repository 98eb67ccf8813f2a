import type { ComponentChildren } from 'preact';
import { names } from './pressable.tsx';

type Shown = 'main' | 'list' | 'side' | 'main list' | 'main side' | 'main list side';

interface PageProps {
  /** The words of the link that skips to the content. */
  skipLabel: string;
  /** `Tabs`. */
  tabs?: ComponentChildren;
  /** `Bar` and `Band`s of the page; they stay in view. */
  head?: ComponentChildren;
  children: ComponentChildren;
  /** The one deed, or the composer (`footFlush`: edge to edge). */
  foot?: ComponentChildren;
  footFlush?: boolean | undefined;
  /** More words for the class of the content: `talk` for its ground, `form` for its rhythm. */
  content?: string | undefined;
  /** A `Pane` at the left and one at the right of the desk. */
  list?: ComponentChildren;
  side?: ComponentChildren;
  /** Which panes the phone shows, one under another. The desk shows all. */
  show?: Shown | undefined;
}

/** A whole screen: one column on the phone; rail, list, main and side on the desk. */
export const Page = ({ skipLabel, tabs, head, children, foot, footFlush, content, list, side, show = 'main' }: PageProps) => (
  <div class="frame">
    <div class="page" data-show={show}>
      <a class="skip" href={show.startsWith('main') ? '#main' : `#${show}`}>{skipLabel}</a>
      {tabs}
      {list}
      <div class="pane main" data-holds={content}>
        {head && <header class="heads">{head}</header>}
        <main class={names('scroll', content)} id="main" tabIndex={-1}>{children}</main>
        {foot && <footer class={footFlush ? 'foot flush' : 'foot'}>{foot}</footer>}
      </div>
      {side}
    </div>
  </div>
);

interface PaneProps {
  /** Left or right of the content. */
  at: 'list' | 'side';
  label: string;
  /** A `Bar` of level 2. */
  head?: ComponentChildren;
  children: ComponentChildren;
}

/** What stands beside the content on the desk. */
export function Pane({ at, label, head, children }: PaneProps) {
  const Part = at === 'side' ? 'aside' : 'section';
  return (
    <Part class={`pane ${at}`} id={at} aria-label={label} tabIndex={-1}>
      {head && <div class="heads">{head}</div>}
      {/* Where it holds nothing to press, it must still be moved by the keyboard. */}
      <div class="scroll" tabIndex={at === 'side' ? 0 : undefined}>{children}</div>
    </Part>
  );
}
