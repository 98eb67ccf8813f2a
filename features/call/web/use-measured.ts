import { useEffect, useState } from 'preact/hooks';
import { adviceFor, type Advice } from '../tiers.ts';
import { measure } from './measure.ts';

/** What the line bears, measured once while a page is open. @param on whether there is a line to measure */
export function useMeasured(on: boolean): Advice | undefined {
  const [advice, set] = useState<Advice>();
  useEffect(() => {
    if (!on) return set(undefined);
    const ending = new AbortController();
    measure(ending.signal).then((told) => { if (!ending.signal.aborted) set(told && adviceFor(told)); }, () => undefined);
    return () => ending.abort();
  }, [on]);
  return advice;
}
