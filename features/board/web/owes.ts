import { isCounted, type Doc } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Owe } from '@noroshi/foundations/web';
import { asksOf, type Post } from '../board-post.ts';
import { readBoards } from './known.ts';

/** A time that is further away than this is told as a date, not counted down (milliseconds). */
const near = 12 * 3_600_000;

/** Notices that have to be read and wait for my answer. */
export async function boardOwes(stair: LowerEnd): Promise<Owe[]> {
  const now = stair.now();
  const { boards } = await readBoards(stair, 'ja');
  return boards.filter(({ closed, me }) => !closed && me).flatMap(({ id, name, me, posts }) => posts
    .filter(({ value, born }: Doc<Post>) => asksOf(value, stair.actor.person, now) && isCounted(me!, born))
    .map(({ value }): Owe => {
      const { due } = value.must!;
      const isLate = due <= now;
      return {
        key: `board/${value.id}`, weight: isLate ? 'urgent' : 'plain', since: value.at, ...(due - now < near ? { deadline: due } : {}), drill: value.drill,
        tag: { key: 'board.must' }, title: value.title, href: `/board/${id}/${value.id}`,
        sub: ({ t, moment }) => t(isLate ? 'board.oweLate' : 'board.oweUntil', { board: name, time: moment(due) }),
      };
    }));
}
