import { Reading } from '@noroshi/features/talk/web';
import { roomStream } from '@noroshi/foundations/sync';
import { useStair } from '@noroshi/foundations/web';
import { useEffect } from 'preact/hooks';

/** How often the screen is looked at (milliseconds). */
const every = 250;

/**
 * Tells that a notice was read, by the rule of the talk (T60): half of it, or half a screen of it, was on a focused, visible
 * screen for one second and its end was shown. Exactly this one is marked (S55a).
 * @param born its number; none while it waits on this device
 */
export function useReading(board: string, born: number | undefined, article: { readonly current: HTMLElement | null }): void {
  const stair = useStair();
  useEffect(() => {
    if (born === undefined) return;
    const reading = new Reading();
    const timer = setInterval(() => {
      const box = article.current?.getBoundingClientRect();
      const heads = document.querySelector('.main > .heads')?.getBoundingClientRect();
      if (!box) return;
      const looking = document.visibilityState === 'visible' && document.hasFocus() && !document.querySelector('dialog[open]');
      const foot = document.querySelector('.main > .foot')?.getBoundingClientRect().top ?? document.querySelector('.tabs')?.getBoundingClientRect();
      const bottom = typeof foot === 'number' ? foot : foot && foot.top > innerHeight / 2 ? foot.top : innerHeight;
      const { read } = reading.look(performance.now(), looking, [{ born, after: born - 1, top: box.top, bottom: box.bottom }], { top: heads?.bottom ?? 0, bottom });
      if (read.length === 0) return;
      clearInterval(timer);
      void stair.shown(roomStream(board), read, true);
    }, every);
    return () => clearInterval(timer);
  }, [stair, board, born]);
}
