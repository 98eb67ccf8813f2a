import type { Actor, Id } from '@noroshi/foundations/kernel';
import type { Doc, Event } from '@noroshi/foundations/sync';
import type { Stood } from '../call-line.ts';
import type { Findings } from '../outcome.ts';

/** What one place holds at the end: the tables, or a device. */
export interface View {
  readonly where: string;
  /** Whose device it is; nothing for the tables. */
  readonly who?: Actor;
  docs<T>(noun: string): readonly Doc<T>[];
}

/** All that happened, and what each place made of it. */
export interface Story {
  /** Stream by stream, each in its order. */
  readonly events: readonly Event<any>[];
  readonly views: readonly View[];
  /** The organizations of the house that a rule names. */
  readonly orgs: Readonly<Record<'ehime' | 'seiyo', Id>>;
  /** Whose line of which call stood from when until when, as their devices were told. */
  readonly stood: readonly (Stood & { readonly person: Id })[];
  /** When the tables were read. */
  readonly now: number;
}

/** Says what is not as it must be in one room: by a way of its own, and not by the folds and the sight of the house. */
export type RoomCheck = (story: Story, findings: Findings) => void;

/** @param docs all that the place holds */
export function viewOf(where: string, docs: readonly Doc[], who?: Actor): View {
  const byNoun = Map.groupBy(docs, ({ noun }) => noun);
  return { where, ...(who ? { who } : {}), docs: <T>(noun: string) => (byNoun.get(noun) ?? []) as Doc<T>[] };
}

/** How often each is among them, as words that can be compared. */
export const counted = (all: Iterable<string>): string => [...Map.groupBy(all, (one) => one)].map(([one, of]) => `${one} ${of.length}`).toSorted().join();
