import { useEffect, useState } from 'preact/hooks';

/**
 * What the page that stands is called, by its heading; empty before the first. Where the link that one followed went with the page
 * before it, the focus has fallen to nowhere: it goes to that heading, so that whoever hears the screen is told where they
 * are, and whoever has no mouse goes on from there and not through everything that stands on every page.
 */
export function useArrival(): string {
  const [called, call] = useState('');
  useEffect(() => {
    let stood: HTMLElement | null = null;
    const look = (): void => {
      const heading = document.querySelector('h1');
      if (!heading) return;
      if (stood && heading !== stood && document.activeElement === document.body) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      stood = heading;
      call(heading.textContent ?? '');
    };
    look();
    const watch = new MutationObserver(look);
    watch.observe(document.getElementById('noroshi')!, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, []);
  return called;
}
