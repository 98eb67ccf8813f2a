import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Those whose picture is to be seen and has not been asked for yet, and whose is on its way. */
const waiting = new Set<() => void>();
let comes: (() => void) | undefined;
let patience: ReturnType<typeof setTimeout> | undefined;
/** One that neither comes nor fails does not keep the others away for longer (milliseconds). */
const longEnough = 20_000;

function next(): void {
  clearTimeout(patience);
  [comes] = waiting;
  if (!comes) return;
  waiting.delete(comes);
  patience = setTimeout(next, longEnough);
  comes();
}

/** A picture of the server's that is shown when its turn has come. */
interface InTurn {
  /** Where it is shown: nobody waits for what is not to be seen. */
  readonly place: RefObject<HTMLElement | null>;
  readonly src: string | undefined;
  /** To be told when it has come, or has not. */
  settled(): void;
}

/** So far beside the screen a picture counts as seen: it is there when one scrolls to it. A browser's own `loading="lazy"` asks earlier, so it does not hold up what has its turn. */
const near = '400px';

/**
 * Pictures are asked for one after the other. Together they would stand for many seconds before what someone writes meanwhile on a
 * thin line, and the first would be there as late as the last.
 * @param src what is to be asked for, or nothing
 */
export function useInTurn(src: string | undefined): InTurn {
  const place = useRef<HTMLElement>(null);
  const [asked, ask] = useState<string>();
  const settle = useRef<() => void>(undefined);
  useEffect(() => {
    if (!src || !place.current) return;
    const mine = (): void => ask(src);
    const leave = (): void => {
      waiting.delete(mine);
      if (comes === mine) next();
    };
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return waiting.delete(mine);
      waiting.add(mine);
      if (!comes) next();
    }, { rootMargin: near });
    seen.observe(place.current);
    settle.current = () => {
      seen.disconnect();
      leave();
    };
    return () => {
      settle.current!();
      ask(undefined);
    };
  }, [src]);
  return { place, src: asked === src ? src : undefined, settled: () => settle.current?.() };
}
