import type { Stair } from '@noroshi/foundations/sync/server';
import { parcelsStream } from '../book.ts';
import { share, type Share } from '../share.ts';

/** All rooms that are shared, were, or are offered. */
export const sharesOf = (memory: Stair['memory']): Share[] =>
  [...memory.streams.keys()].filter((key) => key.startsWith(parcelsStream(''))).flatMap((key) => memory.of(key, share.noun).map(({ value }) => value as Share));
