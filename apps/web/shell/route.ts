import type { Route } from '@noroshi/foundations/web';
import { useEffect, useMemo, useState } from 'preact/hooks';

/** Where one is, from the address bar. Links are plain; a click on one of ours does not leave the page. */
export function useBrowserRoute(): Route {
  const [href, set] = useState(location.pathname + location.search);
  const route = useMemo(() => {
    const go: Route['go'] = (to, { replace = false } = {}) => {
      // Depth tells whether a step back stays in the application.
      const depth = ((history.state as { depth?: number } | null)?.depth ?? 0) + (replace ? 0 : 1);
      history[replace ? 'replaceState' : 'pushState']({ depth }, '', to);
      set(location.pathname + location.search);
    };
    return {
      go,
      back: (otherwise: string) => {
        if (((history.state as { depth?: number } | null)?.depth ?? 0) > 0) history.back();
        else go(otherwise, { replace: true });
      },
    };
  }, []);
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    addEventListener('popstate', () => set(location.pathname + location.search), { signal });
    document.addEventListener('click', (click) => {
      const link = (click.target as Element | null)?.closest?.('a[href]');
      if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin || link.target || link.hasAttribute('download')) return;
      if (click.defaultPrevented || click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
      if (link.pathname === location.pathname && link.hash) return;
      if (link.pathname.startsWith('/api/')) return;
      click.preventDefault();
      route.go(link.pathname + link.search);
    }, { signal });
    return () => ending.abort();
  }, [route]);
  const [path, search] = href.split('?', 2);
  return { ...route, path: path!, search: new URLSearchParams(search ?? '') };
}
