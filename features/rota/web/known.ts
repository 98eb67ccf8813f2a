import { readBook, type Book } from '@noroshi/features/directory/web';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { roster, rosterId, type Roster, type Shift } from '../roster.ts';

export interface Known { readonly book: Book; readonly rosters: readonly Roster[] }

/** All rosters that are here, with what waits on this device laid over them. */
export async function readRosters(stair: LowerEnd): Promise<readonly Roster[]> {
  const [docs, items] = await Promise.all([stair.replica.db.doc.where('noun').equals(roster.noun).toArray(), stair.replica.outbox.item.where('state').equals('waiting').sortBy('order')]);
  const overlaid = items.length === 0 ? docs : (await stair.overlay(docs, items)).filter(({ noun }) => noun === roster.noun);
  return overlaid.map(({ value }) => value as Roster);
}

/** The same, and the directory: whom they name. */
export async function readRota(stair: LowerEnd): Promise<Known> {
  const [book, rosters] = await Promise.all([readBook(stair), readRosters(stair)]);
  return { book, rosters };
}

export const rosterOf = ({ rosters }: Known, org: Id, month: string): Roster | undefined => rosters.find((one) => rosterId(one.org, one.month) === rosterId(org, month));

export interface Turn extends Shift { readonly org: Id; readonly month: string }
/** All turns, the next first. */
export const turnsOf = (rosters: readonly Roster[]): Turn[] => rosters.flatMap(({ org, month, shifts }) => shifts.map((one) => ({ ...one, org, month }))).toSorted((a, b) => a.from - b.from);
export const isNow = ({ from, until }: Shift, at: Moment): boolean => from <= at && at < until;
