import type { LineState, LowerEnd, Watched } from '@noroshi/foundations/sync/web';
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';

/** The line as a person is told of it. */
export interface Line {
  readonly state: LineState;
  readonly code?: string | undefined;
  readonly since: number;
  /** Slow, or lost again and again. */
  readonly bad: boolean;
}

export const StairContext = createContext<{ stair: LowerEnd; line: Line } | undefined>(undefined);

function here(): { stair: LowerEnd; line: Line } {
  const context = useContext(StairContext);
  if (!context) throw new Error('this screen stands outside the stair');
  return context;
}

/** The lower end of the stair: `send` a deed, watch what is true. */
export const useStair = (): LowerEnd => here().stair;

/** The state of the line. */
export const useLine = (): Line => here().line;

/**
 * Watches what this device holds: `undefined` until first known, then anew whenever it changes.
 * @param query reads the replica; whatever it reads is watched
 * @param deps anew when one of these changes, as in an effect; what was known stays on the screen until the new answer
 */
export function useLive<T>(query: (stair: LowerEnd) => Promise<T>, deps: readonly unknown[] = []): T | undefined {
  const ask = useRef(query);
  ask.current = query;
  return useWatched((stair) => stair.watch(() => ask.current(stair)), deps);
}

/**
 * The same of something that is watched already, as what several places want to know is (`stair.together`).
 * @param watch what is watched; asked for again when one of `deps` changes
 */
export function useWatched<T>(watch: (stair: LowerEnd) => Watched<T>, deps: readonly unknown[] = []): T | undefined {
  const stair = useStair();
  const [value, set] = useState<T>();
  useEffect(() => {
    const watching = watch(stair).subscribe({ next: (now) => set(() => now), error: (error: unknown) => console.error(error) });
    return () => watching.unsubscribe();
  }, [stair, ...deps]);
  return value;
}

/** The server's time, told anew every so often: for ages in minutes and deadlines. */
export function useNow(everyMs = 15_000): number {
  const stair = useStair();
  const [now, set] = useState(stair.now());
  useEffect(() => {
    const timer = setInterval(() => set(stair.now()), everyMs);
    return () => clearInterval(timer);
  }, [stair, everyMs]);
  return now;
}
