import { shelves, type Shelf } from '@noroshi/foundations/found';
import { refused, type Actor } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { ComeBackLater, type AnswerTo, type Stair } from '@noroshi/foundations/sync/server';
import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import type * as z from 'zod/mini';
import { mostCounted, type find } from '../find.ts';
import { excerptOf, terms } from '../fold.ts';
import { longestLook, look, TookTooLong, type SearchRow, type Some } from './search.store.ts';
import { Turns } from './turns.server.ts';

type Input = z.output<typeof find.input>;
type Output = z.output<typeof find.output>;
type Hit = Output['shelves'][number]['hits'][number];

/** Each database has its turns: they keep searches from taking all of its connections. */
const turns = new WeakMap<pg.Pool, Turns>();

/** What a search costs its asker beside the question itself: so many characters read, and so many milliseconds of the database, are one more. */
const perQuestion = { characters: 40_000, ms: 100 };

/** So many are shown of what was said, and of each other shelf, where all of them are asked for. */
const shownOf = (shelf: Shelf): number => (shelf === 'message' ? 15 : 5);
/** What has no time and nobody's name, and so is not narrowed down by one. */
const timeless: readonly Shelf[] = ['organization', 'person', 'room'];

/** Answers `search.find`: only ever among the streams that the asker sees. One person's searches come one after the other. */
export const answerFind: AnswerTo<Input, unknown> = async ({ actor, stair }, input) => {
  const wanted = terms(input.text);
  if (wanted.length === 0) return { shelves: [] } satisfies Output;
  if (!turns.has(stair.pool)) turns.set(stair.pool, new Turns());
  return turns.get(stair.pool)!.take(actor.person, () => findFor(actor, stair, wanted, input));
};

async function findFor(actor: Actor, stair: Stair, wanted: readonly string[], { shelf, room, by, from, until, before, limit }: Input): Promise<unknown> {
  const key = room && roomStream(room);
  // As it is now: a door may have closed while this waited for its turn.
  const sight = [...stair.memory.sight(actor.person)].filter(([stream]) => !key || stream === key).map(([stream, stay]) => ({ no: stair.memory.streams.get(stream)!.no, stay }));
  const narrow = by !== undefined || from !== undefined || until !== undefined;
  const some = shelves.filter((one) => (!shelf || one === shelf) && !(narrow && timeless.includes(one))).map((one): Some => {
    const show = limit ?? (shelf ? 30 : shownOf(one));
    return { shelf: shelves.indexOf(one), show, before, most: (before ? show : Math.max(show, mostCounted)) + 1 };
  });
  if (sight.length === 0) return { shelves: [] } satisfies Output;
  try {
    const { found, took } = await look(stair.pool, { terms: wanted, sight, by, from, until }, some);
    charge(stair, actor, [...found.values()].flatMap(({ rows }) => rows).reduce((sum, row) => sum + (row.words?.length ?? 0), 0) / perQuestion.characters + took / perQuestion.ms);
    const told: Output['shelves'] = [];
    for (const { shelf: no, show, most } of some) {
      const { rows, isAll } = found.get(no) ?? { rows: [], isAll: true };
      if (rows.length === 0 && !shelf) continue;
      const hits: Hit[] = [];
      for (const row of rows.slice(0, show)) {
        hits.push(hitOf(stair, row, wanted));
        // A long message takes a millisecond or two: whoever talks comes in between.
        await turn();
      }
      told.push({ shelf: shelves[no]!, count: Math.min(rows.length, most - 1), more: !isAll, hits });
    }
    return { shelves: told } satisfies Output;
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    charge(stair, actor, longestLook / perQuestion.ms);
    return refused('search.tookTooLong');
  }
}

function hitOf(stair: Stair, { noun, id, stream, by, at, words }: SearchRow, wanted: readonly string[]): Hit {
  const { key } = stair.memory.byNo.get(stream)!;
  return { noun, id, ...(key.startsWith('r:') ? { room: key.slice(2) } : {}), ...(by ? { by } : {}), ...(at > 0 ? { at } : {}), excerpt: excerptOf(words ?? '', wanted) as Hit['excerpt'] };
}

/** What it cost is known only now. It is answered all the same; whoever has not so much left has nothing left, and waits before the next. */
function charge(stair: Stair, actor: Actor, questions: number): void {
  try {
    for (let left = Math.floor(questions); left > 0; left--) stair.takesQuestion(actor);
  } catch (error) {
    if (!(error instanceof ComeBackLater)) throw error;
  }
}
