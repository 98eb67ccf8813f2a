import { afterEach, beforeEach } from 'vitest';
import { Neighbours } from './neighbours.ts';

/** Two houses that have met. */
export let two: Neighbours;

/** Opens them anew for each test of the file that says so; files share what they import, and so none can have it done by importing this. */
export function meetAnew(): void {
  beforeEach(async () => {
    two = await Neighbours.open();
    await two.meet();
  });
  afterEach(() => two.close());
}

export const hour = 3_600_000;
/** The wire between them breaks, */
export const cut = (): void => { two.onWire = async () => { throw new Error('cut'); }; };
/** and is whole again. */
export const mend = (): void => { two.onWire = (letter, bring) => bring(letter); };
