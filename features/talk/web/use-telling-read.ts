import { roomStream, type Range } from '@noroshi/foundations/sync';
import { useStair } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import { useMemo, useRef } from 'preact/hooks';
import { joined, Reading, type Area, type Standing } from './reading.ts';

/** What was read is gathered for this long before it is told (milliseconds). */
const gather = 250;

/** Sees what is read in a room and tells it. @param area how much of the list is to be seen now */
export function useTellingRead(room: Id, area: () => Area) {
  const stair = useStair();
  const reading = useMemo(() => new Reading(), [room]);
  const places = useRef<readonly Standing[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const gathered = useRef<Range[]>([]);
  const telling = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = (): void => {
    clearTimeout(telling.current);
    telling.current = undefined;
    const ranges = joined(gathered.current.splice(0));
    if (ranges.length > 0) void stair.shown(roomStream(room), ranges);
  };
  const watch = (): void => {
    clearTimeout(timer.current);
    // Something that lies over the talk hides it; a screen nobody has in front shows nothing.
    const looking = document.visibilityState === 'visible' && document.hasFocus() && !document.querySelector('dialog[open]');
    const { read, again } = reading.look(performance.now(), looking, places.current, area());
    if (read.length > 0) {
      gathered.current.push(...read);
      telling.current ??= setTimeout(tell, gather);
    }
    // Who turns away now may be gone before what was gathered is told.
    if (!looking) tell();
    if (again !== undefined) timer.current = setTimeout(watch, Math.max(16, again - performance.now()));
  };

  return {
    watch,
    /** The rows stand here from now on. */
    stand: (now: readonly Standing[]): void => { places.current = now; },
    /** The room is left. */
    leave(): void {
      clearTimeout(timer.current);
      tell();
    },
  };
}
