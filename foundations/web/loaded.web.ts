import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { WholeWordsContext } from './words.web.ts';

/**
 * A part of the application that is fetched when it is first wanted.
 * @param load fetches it; `undefined` while it is not wanted
 * @returns the part, or `undefined` until it is there. Without a network and without a copy it stays away
 */
export function useLoaded<T>(load: (() => Promise<{ default: T }>) | undefined): T | undefined {
  const [part, set] = useState<{ load: unknown; it: T }>();
  useEffect(() => {
    if (!load || part?.load === load) return;
    let wanted = true;
    load().then(({ default: it }) => wanted && set({ load, it }), (error: unknown) => console.warn(error));
    return () => { wanted = false; };
  }, [load]);
  return part?.load === load ? part?.it : undefined;
}

/** The same for what someone opens: it comes with all its sentences, which are not among the first. */
export function useSheet<T>(load: (() => Promise<{ default: T }>) | undefined): T | undefined {
  const whole = useContext(WholeWordsContext);
  const spoken = useMemo(() => load && (async () => (await Promise.all([load(), whole().catch(() => undefined)]))[0]), [load]);
  return useLoaded(spoken);
}
