import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Fewer lines than these (in the letters one has chosen) are too few for a head, a foot and what was said. */
const lowest = 26;
/** A keyboard takes more than this of a screen (CSS pixels); the bars of a browser, which come and go by themselves, take less. */
const leastKeyboard = 100;

/**
 * What one reads and what one writes into are both in view, however large the letters and however low the screen. Where a keyboard lies
 * over the page instead of making it shorter (Safari), the foot stands on the keyboard. And what has the focus does not lie under the foot.
 */
export function useBothInView(inside: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const foot = inside.current?.closest<HTMLElement>('.foot');
    const pane = foot?.parentElement;
    if (!foot || !pane) return;
    const root = document.documentElement;
    const leaving = new AbortController();
    const how = { signal: leaving.signal, passive: true } as const;
    const fit = (): void => {
      const writing = foot.querySelector('.composer textarea') === document.activeElement;
      const view = visualViewport;
      // What two fingers have drawn larger is no keyboard.
      const covered = writing && view && Math.abs(view.scale - 1) < 0.01 ? root.clientHeight - view.height : 0;
      const isCovered = covered > leastKeyboard;
      const seen = isCovered ? view!.height : innerHeight;
      foot.style.setProperty('--covered', isCovered ? `${Math.max(0, covered - view!.offsetTop)}px` : '0px');
      foot.style.setProperty('--seen', isCovered ? `${seen}px` : '100dvh');
      if (seen < lowest * Number.parseFloat(getComputedStyle(root).fontSize)) pane.dataset['low'] = writing ? 'writing' : '';
      else delete pane.dataset['low'];
      root.style.scrollPaddingBottom = `${foot.offsetHeight}px`;
    };
    fit();
    for (const name of ['focusin', 'focusout'] as const) foot.addEventListener(name, () => requestAnimationFrame(fit), how);
    for (const name of ['resize', 'scroll'] as const) visualViewport?.addEventListener(name, fit, how);
    addEventListener('resize', fit, how);
    const sizes = new ResizeObserver(fit);
    sizes.observe(foot);
    return () => {
      leaving.abort();
      sizes.disconnect();
      delete pane.dataset['low'];
      root.style.scrollPaddingBottom = '';
    };
  }, []);
}
