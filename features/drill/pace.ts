import type { Moment } from '@noroshi/foundations/kernel';

/** From a moment on the drill's clock ran so fast, or stood. */
export interface Pace { readonly at: Moment; readonly running: boolean; readonly speed: number }

/** How time went in a drill, as its controllers set it. */
export interface Time {
  /** Minutes of the drill's clock. Before it was first started it counts as the wall's, so that a drill that is played by hand alone has limits too. */
  minutes(at: Moment): number;
  /** When the clock comes to so many minutes; while it stands, when it would if it went on now. @param now for what has not come yet */
  moment(minutes: number, now: Moment): Moment;
  /** Milliseconds of the wall's clock, less those in which the drill stood: who sleeps while it stands is not late in the morning. */
  ran(at: Moment): number;
}

/**
 * Reads what controllers did to the clock.
 * @param paces in the order of time
 * @param began when the drill was opened: from there the minutes count where the clock was never started
 */
export function timeOf(paces: readonly Pace[], began: Moment): Time {
  const first = paces.findIndex(({ running }) => running);
  const start = paces[first]?.at ?? began;
  const steps: readonly Pace[] = [{ at: start, running: true, speed: 1 }, ...(first < 0 ? [] : paces.slice(first))];
  /** The sum over all steps until a moment of what each of them is worth. */
  const sum = (at: Moment, worth: (step: Pace) => number): number => (at <= start ? at - start : steps.reduce((all, step, i) => {
    const until = Math.min(at, steps[i + 1]?.at ?? at);
    return all + Math.max(0, until - step.at) * worth(step);
  }, 0));
  const minutes = (at: Moment): number => sum(at, ({ running, speed }) => (running ? speed : 0)) / 60_000;
  return {
    minutes,
    ran: (at) => start + sum(at, ({ running }) => (running ? 1 : 0)),
    moment(wanted, now) {
      if (wanted <= 0) return Math.round(start + wanted * 60_000);
      for (const [i, { at, running, speed }] of steps.entries()) {
        if (!running) continue;
        const then = at + ((wanted - minutes(at)) / speed) * 60_000;
        if (then <= (steps[i + 1]?.at ?? Infinity)) return Math.round(then);
      }
      return Math.round(now + ((wanted - minutes(now)) / steps.at(-1)!.speed) * 60_000);
    },
  };
}
