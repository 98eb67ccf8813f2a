import { readBook, type Book } from '@noroshi/features/directory/web';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { roster, rosterId, type Roster, type Shift } from '../roster.ts';

export interface Known { readonly book: Book; readonly rosters: readonly Roster[] }

/** All rosters that are here, with what waits on this device laid over them, and the directory. */
export async function readRosters(stair: LowerEnd): Promise<Known> {
  const [book, docs, items] = await Promise.all([readBook(stair), stair.replica.db.doc.where('noun').equals(roster.noun).toArray(), stair.replica.outbox.item.where('state').equals('waiting').sortBy('order')]);
  const overlaid = items.length === 0 ? docs : (await stair.overlay(docs, items)).filter(({ noun }) => noun === roster.noun);
  return { book, rosters: overlaid.map(({ value }) => value as Roster) };
}

export const rosterOf = ({ rosters }: Known, org: Id, month: string): Roster | undefined => rosters.find((one) => rosterId(one.org, one.month) === rosterId(org, month));

export interface Turn extends Shift { readonly org: Id; readonly month: string }
/** All turns, the next first. */
export const turnsOf = ({ rosters }: Known): Turn[] => rosters.flatMap(({ org, month, shifts }) => shifts.map((one) => ({ ...one, org, month }))).toSorted((a, b) => a.from - b.from);
export const isNow = ({ from, until }: Shift, at: Moment): boolean => from <= at && at < until;
