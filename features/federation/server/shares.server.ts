import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import type { Id } from '@noroshi/foundations/kernel';
import { orgOf } from '@noroshi/foundations/parcel';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { parcelsStream } from '../book.ts';
import { share, type Share } from '../share.ts';

/** All rooms that are shared, were, or are offered. */
export const sharesOf = (memory: Stair['memory']): Share[] =>
  [...memory.streams.keys()].filter((key) => key.startsWith(parcelsStream(''))).flatMap((key) => memory.of(key, share.noun).map(({ value }) => value as Share));

/** The photographs and files of a partner that were told of, and have not come. */
export function awaitedOf(memory: Stair['memory'], partner: Id): Doc<StoredFile>[] {
  const on = new Set(sharesOf(memory).filter((one) => one.partner === partner).map(({ room }) => roomStream(room)));
  return [...on].flatMap((key) => (memory.of(key, storedFile.noun) as Doc<StoredFile>[]).filter(({ value: { state, by } }) => state === 'awaited' && memory.member(key, by)?.card.org === orgOf(partner)));
}
