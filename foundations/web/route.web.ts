import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Where one is. Links are plain `href`s; the shell takes them over. */
export interface Route {
  readonly path: string;
  readonly search: URLSearchParams;
  go(href: string, how?: { replace?: boolean }): void;
  /** One step back within the application, or to `otherwise` when one came from outside. */
  back(otherwise: string): void;
}

export const RouteContext = createContext<Route | undefined>(undefined);

export function useRoute(): Route {
  const route = useContext(RouteContext);
  if (!route) throw new Error('this screen has no place');
  return route;
}

/** The named parts of a path such as `/talk/:room`, or `undefined` where it is another path. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (let i = 0; i < wanted.length; i++) {
    const part = wanted[i]!;
    if (part.startsWith(':')) found[part.slice(1)] = decodeURIComponent(given[i]!);
    else if (part !== given[i]) return undefined;
  }
  return found;
}
