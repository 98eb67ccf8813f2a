import { refused, type Actor } from '@noroshi/foundations/kernel';
import { ComeBackLater, type AnswerTo, type Stair } from '@noroshi/foundations/sync/server';
import { roomStream } from '@noroshi/foundations/sync';
import { excerptOf, terms } from '../fold.ts';
import type { find } from '../find.ts';
import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import { longestLook, look, TookTooLong } from './search.store.ts';
import { Turns } from './turns.server.ts';

type Input = Parameters<(typeof find)['input']['parse']>[0] & { text: string; room?: string; by?: string; from?: number; until?: number; before?: { at: number; id: string }; limit?: number };

/** Each database has its turns: they keep searches from taking all of its connections. */
const turns = new WeakMap<pg.Pool, Turns>();

/** What a search costs its asker beside the question itself: so many characters read, and so many milliseconds of the database, are one more. */
const perQuestion = { characters: 40_000, ms: 100 };

/** Answers `search.find`: only ever among the streams that the asker sees. One person's searches come one after the other. */
export const answerFind: AnswerTo<Input, unknown> = async ({ actor, stair }, input) => {
  const wanted = terms(input.text);
  if (wanted.length === 0) return { hits: [], more: false };
  if (!turns.has(stair.pool)) turns.set(stair.pool, new Turns());
  return turns.get(stair.pool)!.take(actor.person, () => findFor(actor, stair, wanted, input));
};

async function findFor(actor: Actor, stair: Stair, wanted: readonly string[], input: Input): Promise<unknown> {
  const key = input.room && roomStream(input.room);
  // As it is now: a door may have closed while this waited for its turn.
  const streams = [...stair.memory.sight(actor.person)].filter(([stream]) => !key || stream === key).map(([stream, stay]) => ({ no: stair.memory.streams.get(stream)!.no, stay }));
  if (streams.length === 0) return { hits: [], more: false };
  const limit = input.limit ?? 30;
  try {
    const { rows, took } = await look(stair.pool, { terms: wanted, sight: streams, by: input.by, from: input.from, until: input.until, before: input.before, limit: limit + 1 });
    charge(stair, actor, rows.reduce((sum, row) => sum + row.words.length, 0) / perQuestion.characters + took / perQuestion.ms);
    const hits = [];
    for (const row of rows.slice(0, limit)) {
      hits.push({ id: row.id, room: stair.memory.byNo.get(row.stream)!.key.slice(2), by: row.by, at: row.at, excerpt: excerptOf(row.words, wanted) });
      // A long message takes a millisecond or two: whoever talks comes in between.
      await turn();
    }
    return { hits, more: rows.length > limit };
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    charge(stair, actor, longestLook / perQuestion.ms);
    return refused('search.tookTooLong');
  }
}

/** What it cost is known only now. It is answered all the same; whoever has not so much left has nothing left, and waits before the next. */
function charge(stair: Stair, actor: Actor, questions: number): void {
  try {
    for (let left = Math.floor(questions); left > 0; left--) stair.takesQuestion(actor);
  } catch (error) {
    if (!(error instanceof ComeBackLater)) throw error;
  }
}
