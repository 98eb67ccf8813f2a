import { useEffect, useState } from 'preact/hooks';

const isSeen = (element: HTMLElement): boolean => element.getClientRects().length > 0;

/**
 * What the page that stands is called, by its heading; empty before the first. Where the link that one followed went with the page
 * before it, the focus has fallen to nowhere: it goes to that heading, so that whoever hears the screen is told where they
 * are, and whoever has no mouse goes on from there and not through everything that stands on every page. The same where what one was
 * on goes away within a page (an answer that was given, a step of a form): then to the heading it stood under, which nobody presses by mistake.
 */
export function useArrival(): string {
  const [called, call] = useState('');
  useEffect(() => {
    let stood: HTMLElement | null = null;
    /** On what the focus is, and the headings it stands under. */
    let last: { on: HTMLElement; under: HTMLElement[] } | undefined;
    const goes = (heading: HTMLElement): void => {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    };
    const look = (): void => {
      const heading = document.querySelector('h1');
      if (!heading) return;
      if (stood && document.activeElement === document.body) {
        if (heading !== stood) goes(heading);
        else if (last && !isSeen(last.on)) goes(last.under.findLast(isSeen) ?? heading);
      }
      stood = heading;
      call(heading.textContent ?? '');
    };
    look();
    const watch = new MutationObserver(look);
    watch.observe(document.getElementById('noroshi')!, { childList: true, subtree: true });
    const ending = new AbortController();
    const { signal } = ending;
    document.addEventListener('focusin', ({ target }) => {
      const on = target as HTMLElement;
      // In the part of the screen that it is in: what rings over all of it stands under nothing.
      const part = on.closest('dialog, aside, main, [role=alertdialog]');
      last = { on, under: [...part?.querySelectorAll<HTMLElement>('h1, h2, h3') ?? []].filter((one) => one !== on && one.compareDocumentPosition(on) & Node.DOCUMENT_POSITION_FOLLOWING) };
    }, { signal });
    // Whoever presses beside everything wants to be nowhere. What goes away says the same, and is gone a moment later.
    document.addEventListener('focusout', ({ target, relatedTarget }) => {
      if (relatedTarget === null) setTimeout(() => { if (last?.on === target && isSeen(last.on) && document.activeElement === document.body) last = undefined; });
    }, { signal });
    return () => {
      ending.abort();
      watch.disconnect();
    };
  }, []);
  return called;
}
