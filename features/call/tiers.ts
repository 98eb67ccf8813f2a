import type { Id } from '@noroshi/foundations/kernel';
import type { DeviceState } from './signal.ts';

/** 音声だけ・小さい映像・大きい映像: how much of a picture is sent. (CA9) */
export const tiers = ['sound', 'small', 'large'] as const;
export type Tier = (typeof tiers)[number];

/** What a picture of a tier takes at most: bits and frames a second, and its long side in pixels. */
const sizes: Readonly<Record<Exclude<Tier, 'sound'>, { readonly bits: number; readonly frames: number; readonly long: number }>> = {
  small: { bits: 120_000, frames: 10, long: 320 },
  large: { bits: 700_000, frames: 20, long: 1_280 },
};
/** With more than four a large picture is smaller: each of them has seven others and more to draw. */
const amongMany = { bits: 400_000, frames: 12, long: 640 } as const;
/** A screen is to be read: where it stands large, it comes as it is, a few times a second. */
const screen = { frames: 5, long: 1_920 } as const;

/** What a picture is sent as. `many`: to more than four; `long`: its long side in pixels as it is taken, if that is known. */
export function shapeOf(tier: Exclude<Tier, 'sound'>, { many, isScreen, long }: { readonly many: boolean; readonly isScreen: boolean; readonly long: number | undefined }): { readonly bits: number; readonly frames: number; readonly scale: number } {
  const most = { ...(many && tier === 'large' ? amongMany : sizes[tier]), ...(isScreen && tier === 'large' ? screen : {}) };
  return { bits: most.bits, frames: most.frames, scale: Math.max(1, (long ?? most.long) / most.long) };
}

const lower = (a: Tier, b: Tier): Tier => (tiers.indexOf(a) < tiers.indexOf(b) ? a : b);

/** What goes to another device: no more than this line bears, nor than is looked at there. */
export const tierFor = (bears: Tier, to: Pick<DeviceState, 'sees' | 'large'>, me: Id): Tier => lower(bears, !to.sees ? 'sound' : to.large === me ? 'large' : 'small');

/** How a line has fared since it was last looked at: what of ten thousand packets was lost on the way, and the way there and back (milliseconds). */
export interface Fared { readonly lost: number; readonly way: number | undefined }

/** Good looks in a row before more is tried; after a fall as many again, twice as many each time. */
const patience = 2;
const mostPatience = 16;

/**
 * How much this line bears. It begins with the sound; pictures come small and become large when all has gone well for a
 * while, and go again, the largest first, at the first bad look: the sound is never put at risk for them.
 */
export class Bearing {
  #tier: Tier;
  #good = 0;
  #needs = patience;

  /** @param from what a measurement before the call has shown; the sound where there was none */
  constructor(from: Tier = 'sound') {
    this.#tier = from;
  }

  get tier(): Tier {
    return this.#tier;
  }

  /** Asked every two seconds. @returns the tier from now on */
  looks({ lost, way = 0 }: Fared): Tier {
    const at = tiers.indexOf(this.#tier);
    if (lost > 800 || way > 1_200) {
      if (at > 0) this.#needs = Math.min(mostPatience, this.#needs * 2);
      this.#good = 0;
      this.#tier = tiers[Math.max(0, at - 1)]!;
    } else if (lost > 200 || way > 600) this.#good = 0;
    else if (++this.#good >= this.#needs && at < tiers.length - 1) {
      this.#good = 0;
      this.#tier = tiers[at + 1]!;
    }
    return this.#tier;
  }
}

/** A line as it was measured before a call: there and back (milliseconds), and kilobits a second up and down. */
export interface Measured { readonly way: number; readonly up: number; readonly down: number }
export const advices = ['video', 'small', 'sound', 'clip'] as const;
export type Advice = (typeof advices)[number];

/** What can be done on a line like that: the sound of one takes 40 kbit/s, a small picture 120, a large one 700. */
export function adviceFor({ way, up, down }: Measured): Advice {
  const least = Math.min(up, down);
  if (least < 60 || way > 2_500) return 'clip';
  if (least < 250 || way > 1_000) return 'sound';
  return least < 1_200 || way > 400 ? 'small' : 'video';
}
export const tierOf: Readonly<Record<Advice, Tier>> = { video: 'large', small: 'small', sound: 'sound', clip: 'sound' };
