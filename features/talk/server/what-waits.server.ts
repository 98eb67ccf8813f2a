import { hasRead, isCounted, roomStream } from '@noroshi/foundations/sync';
import type { Asking } from '@noroshi/foundations/sync/server';
import type { Id } from '@noroshi/foundations/kernel';
import { answerWanted } from '../asked.ts';
import { saidOf } from './talk.store.ts';

/** So many of the newest messages of a room are looked at, and so many unread ones are counted of a person. */
const mostLooked = 3_000;
export const mostCounted = 100;

/** What waits for someone in some rooms. */
export interface Waits {
  readonly org: Id;
  /** Messages they were not shown, at most `mostCounted`. */
  readonly unread: number;
  /** Messages that ask them for an answer, and nobody has said that they were told. */
  readonly unanswered: number;
  /** The first that waits: for an answer before all, else to be read. */
  readonly first?: { readonly room: Id; readonly message: Id };
}

/**
 * What of an incident waits for each member of these rooms, as far as the asker may see. One journey to the tables, however
 * many members: who has read what is at hand.
 */
export async function whatWaits({ sight, stair }: Asking, rooms: readonly Id[], incident: Id): Promise<Map<Id, Waits>> {
  const { memory, marks } = stair;
  const places = rooms.flatMap((room) => {
    const [stream, stay] = [memory.streams.get(roomStream(room)), sight.get(roomStream(room))];
    return stream && stay ? [{ room, stream, stay }] : [];
  });
  const all = Map.groupBy(await saidOf(stair.pool, places.map(({ stream }) => stream.no), incident, mostLooked), ({ stream }) => stream);
  const waits = new Map<Id, Waits>();
  for (const { room, stream, stay } of places) {
    const said = (all.get(stream.no) ?? []).filter(({ born }) => born >= stay.visibleFrom);
    const asking = said.filter((one) => one.asking);
    const read = await marks.of(stream.no);
    for (const who of stream.byNo.values()) {
      // Whose account is closed is asked nothing any more, and nobody rings them. (T73)
      if (who.shut) continue;
      const mark = read.get(who.no);
      const asks = (born: number, by: Id): boolean => by !== who.person && isCounted(who, born);
      const owed = asking.filter((one) => asks(one.born, one.by) && answerWanted(one.asking!, { person: who.person, org: who.card.org }) === 'owes' && !one.asking!.proxies?.[who.person]);
      const before = waits.get(who.person);
      let unread = before?.unread ?? 0;
      let first = owed[0]?.id;
      for (let i = firstAfter(said, mark?.read ?? 0); i < said.length && unread < mostCounted; i++) {
        const { born, by, id } = said[i]!;
        if (!asks(born, by) || hasRead(mark, born)) continue;
        unread += 1;
        first ??= id;
      }
      const known = before?.first && (before.unanswered > 0 || owed.length === 0) ? before.first : first ? { room, message: first } : before?.first;
      waits.set(who.person, { org: who.card.org, unread, unanswered: (before?.unanswered ?? 0) + owed.length, ...(known && { first: known }) });
    }
  }
  return waits;
}

/** The place of the first that was said after `seq`. */
function firstAfter(said: readonly { readonly born: number }[], seq: number): number {
  let [from, to] = [0, said.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (said[middle]!.born <= seq) from = middle + 1;
    else to = middle;
  }
  return from;
}
