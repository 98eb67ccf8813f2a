import type { Id } from '@noroshi/foundations/kernel';
import type { Deed } from '@noroshi/foundations/sync';
import type { DemoPhoto } from './photos.ts';

/** Ids of things in the demo, by their labels: the same in every demo. */
export interface Names {
  readonly org: (name: string) => Id;
  readonly room: (label: 'A' | 'B' | 'C' | 'all') => Id;
  readonly thing: (label: string) => Id;
}

/** Something someone did, so many minutes before the demo was made. */
export interface Scene {
  readonly ago: number;
  readonly as: string;
  /** The command's id follows from it. */
  readonly label: string;
  readonly deed: Deed<any, any>;
  readonly input: object;
  /** The photograph that goes with it. */
  readonly photo?: DemoPhoto;
}
