import { afterEach, beforeEach } from 'vitest';
import { Neighbours } from './neighbours.ts';

/** Two houses that have met, anew for each test of the file that reads this. */
export let two: Neighbours;
beforeEach(async () => {
  two = await Neighbours.open();
  await two.meet();
});
afterEach(() => two.close());

export const hour = 3_600_000;
/** The wire between them breaks, */
export const cut = (): void => { two.onWire = async () => { throw new Error('cut'); }; };
/** and is whole again. */
export const mend = (): void => { two.onWire = (letter, bring) => bring(letter); };
