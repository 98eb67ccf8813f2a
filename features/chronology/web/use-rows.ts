import type { Incident } from '@noroshi/features/incident';
import type { Chronicled } from '@noroshi/foundations/chronicled';
import { joined, mapped } from '@noroshi/foundations/sync/web';
import { useLoaded, useLive, useNow, useRooms, useStair, useWatched, useWords } from '@noroshi/foundations/web';
import { useMemo, useState } from 'preact/hooks';
import type { Filter } from '../filter.ts';
import { isShown } from '../filter.ts';
import { chronologyRows, type Row } from '../rows.ts';
import { readAround, readEntries, type Around, type Book } from './known.ts';

/** What the rooms of the house tell of an incident by themselves; `undefined` until all of them have told. */
function useChronicled(incident: string | undefined): readonly Chronicled[] | undefined {
  const rooms = useRooms();
  const load = useMemo(() => async () => ({ default: (await Promise.all(rooms.flatMap((room) => (room.sees ? [room.sees()] : [])))).flatMap(({ chronicles }) => chronicles ?? []) }), [rooms]);
  const all = useLoaded(load);
  const told = useWatched((stair) => mapped(joined(all && incident ? all.map((chronicles) => chronicles(stair, incident)) : []), (parts) => ({ all, incident, deeds: parts.flat() })), [all, incident]);
  // What was told of another incident, or before all had been asked, is no answer.
  return told && all && told.all === all && told.incident === incident ? told.deeds : undefined;
}

export interface Shown extends Around, Book {
  /** The incident whose chronology this is; absent where there is none. */
  readonly of: Incident | undefined;
  /** All of its lines, in their order. */
  readonly rows: readonly Row[];
}

/** The chronology of an incident, live: of the one that is wanted, or the first that is open. */
export function useChronology(wanted: string | undefined, order: Filter['order']): Shown | undefined {
  const words = useWords();
  const now = useNow(30_000);
  const around = useLive((stair) => readAround(stair, words.language, wanted), [words.language, wanted]);
  const book = useLive((stair) => readEntries(stair));
  const of = wanted === undefined ? around?.incidents[0] : around?.incidents.find(({ id }) => id === wanted);
  const deeds = useChronicled(of?.id);
  const rows = useMemo(() => (around && book && deeds ? of ? chronologyRows({ incident: of.id, entries: book.entries, instructions: book.instructions, deeds }, words, around.names, now, order) : [] : undefined), [around, book, deeds, of?.id, words, now, order]);
  return useMemo(() => (around && book && rows ? { ...around, ...book, of, rows } : undefined), [around, book, rows]);
}

/**
 * What is new is held back until it is asked for, so that nothing moves under a finger; what one has written oneself, and
 * all of it while one follows, is there at once.
 */
export function useHeldBack(shown: Shown | undefined, filter: Filter, follows: boolean): { readonly visible: readonly Row[]; readonly fresh: number; readonly isNew: (key: string) => boolean; readonly show: () => void } {
  const { actor } = useStair();
  const whole = useLive((stair) => stair.replica.isWhole());
  const [state, set] = useState<{ readonly of: string; readonly seen: ReadonlySet<string>; readonly news: ReadonlySet<string> }>();
  const rows = shown?.rows ?? [];
  const keys = (): Set<string> => new Set(rows.map(({ key }) => key));
  // Before everything is on this device, what comes is not news.
  const here = state && state.of === shown?.of?.id ? state : undefined;
  if (shown?.of && whole && !here) set({ of: shown.of.id, seen: keys(), news: new Set() });
  const isHeld = (row: Row): boolean => !follows && here !== undefined && !here.seen.has(row.key) && !(row.no !== undefined && row.people[0] === actor.person);
  const all = rows.filter((row) => isShown(row, filter));
  return {
    visible: all.filter((row) => !isHeld(row)),
    fresh: all.filter(isHeld).length,
    isNew: (key) => here?.news.has(key) ?? false,
    show: () => here && set({ of: here.of, seen: keys(), news: new Set(all.filter(isHeld).map(({ key }) => key)) }),
  };
}
