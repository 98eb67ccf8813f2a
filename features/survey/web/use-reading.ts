import { roomStream, type Range } from '@noroshi/foundations/sync';
import { useStair } from '@noroshi/foundations/web';
import { useEffect } from 'preact/hooks';
import type { SheetNow } from './known.ts';

/** For so long it has to stand on a focused screen, as everything that is read (T60; milliseconds). */
const aSecond = 1_000;

/** Tells that a question was read: its words are the head of the page, so they are before the eyes as long as that is. Exactly these are marked (S55a). */
export function useReading(sheets: readonly SheetNow[]): void {
  const stair = useStair();
  const which = sheets.map(({ place, born }) => `${place}/${born}`).join();
  useEffect(() => {
    if (which === '') return;
    let seen = 0;
    const every = 250;
    const timer = setInterval(() => {
      seen = document.visibilityState === 'visible' && document.hasFocus() ? seen + every : 0;
      if (seen < aSecond) return;
      clearInterval(timer);
      for (const one of which.split(',')) {
        const [place, born] = one.split('/') as [string, string];
        const range: Range = [Number(born), Number(born)];
        // What waits on this device has no number yet.
        if (Number(born) < Number.MAX_SAFE_INTEGER) void stair.shown(roomStream(place), [range], true);
      }
    }, every);
    return () => clearInterval(timer);
  }, [stair, which]);
}
