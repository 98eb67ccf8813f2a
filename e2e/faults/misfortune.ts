import { setTimeout as pause } from 'node:timers/promises';
import { seeded, type Dice } from '@noroshi/foundations/testing';

/** One thing that goes wrong, while people go on with what they do. */
export interface Mishap<Scene> {
  readonly kind: string;
  /** Of one track, one follows the other; the two tracks go on beside each other. */
  readonly track: 'house' | 'lines';
  readonly weight: number;
  /** Why it cannot be done here; absent where it can. */
  readonly cannot?: (scene: Scene) => string | undefined;
  /** Does it, and mends what does not mend itself. Resolves with a word on what was done. */
  readonly do: (scene: Scene) => Promise<string>;
}

/** What every misfortune needs of a scene. */
export interface Struck {
  readonly dice: Dice;
  /** Waits until so many more answers have come to people, at most so many milliseconds. */
  readonly flows: (answers: number, ms: number) => Promise<void>;
}

export interface Misfortune {
  /** How many faults. */
  readonly faults: number;
  /** Only of these kinds; of all unless told. */
  readonly kinds?: readonly string[] | undefined;
  /** Told what goes on. */
  readonly say: (line: string) => void;
}

/**
 * Faults of a round: what hits the house and what hits lines and devices go on beside each other.
 * @returns how often each kind was injected, and what cannot be here
 */
export async function misfortune<Scene extends Struck>(mishaps: readonly Mishap<Scene>[], { faults, kinds, say }: Misfortune, scene: Scene): Promise<{ kinds: Record<string, number>; skipped: Record<string, string> }> {
  const counts: Record<string, number> = {};
  const skipped: Record<string, string> = {};
  const possible = mishaps.filter((one) => {
    const why = one.cannot?.(scene);
    if (why !== undefined) skipped[one.kind] = why;
    return why === undefined && (!kinds || kinds.includes(one.kind));
  });
  if (possible.length === 0) throw new Error(`none of these faults can be injected here: ${kinds?.join() ?? ''} ${JSON.stringify(skipped)}`);
  const drawn = Array.from({ length: faults }, () => pickByWeight(possible, scene.dice));
  await Promise.all((['house', 'lines'] as const).map(async (track) => {
    const here = { ...scene, dice: seeded(scene.dice.below(2 ** 31)) };
    for (const { kind, do: happen } of drawn.filter((one) => one.track === track)) {
      // A fault where nobody speaks shows nothing.
      await (track === 'house' ? here.flows(6, 20_000) : here.flows(2, 5_000));
      const began = Date.now();
      const what = await happen(here);
      counts[kind] = (counts[kind] ?? 0) + 1;
      say(`  ${kind}: ${what} (${Date.now() - began} ms)`);
      await pause(here.dice.below(200));
    }
  }));
  return { kinds: counts, skipped };
}

export function pickByWeight<T extends { readonly weight: number }>(all: readonly T[], dice: Dice): T {
  let at = dice.next() * all.reduce((sum, { weight }) => sum + weight, 0);
  return all.find(({ weight }) => (at -= weight) < 0) ?? all.at(-1)!;
}
