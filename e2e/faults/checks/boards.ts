import { plannedPost, post, type PlannedPost, type Post } from '@noroshi/features/board';
import type { Id } from '@noroshi/foundations/kernel';
import type { RoomCheck } from './story.ts';

/** So late what was planned may be posted: the clock looks every few seconds, and a server that was away needs some to come back (milliseconds). */
const inTime = 60_000;

/** What was planned is posted once and in time, until then nobody but the desk holds it, and what was pressed adds up. */
export const checkBoards: RoomCheck = ({ events, views, orgs, now }, findings) => {
  const posted = new Map<Id, number>();
  const plans = new Map<Id, number>();
  const pressed = new Map<Id, Map<Id, number>>();
  for (const { kind, by, body } of events) {
    if (kind === 'board.planned') plans.set(body.id, body.due);
    else if (kind === 'board.posted') posted.set(body.id, (posted.get(body.id) ?? 0) + 1);
    else if (kind === 'board.answered') (pressed.get(body.post) ?? pressed.set(body.post, new Map()).get(body.post)!).set(by, body.answer);
  }
  for (const [id, n] of posted) if (n > 1) findings.add('duplicated', `the notice ${id} was posted ${n} times`);
  for (const [id, due] of plans) if (due + inTime < now && !posted.has(id)) findings.add('lost', `the notice ${id} was to be posted ${Math.round((now - due) / 1000)} s ago`);
  for (const { where, who, docs } of views) {
    for (const { id } of docs<PlannedPost>(plannedPost.noun)) if (who && ![orgs.ehime, orgs.seiyo].includes(who.org)) findings.add('leaked', `the notice ${id}, which is at the desk, is ${where}`);
    for (const { id, value: { answers = {}, withdrawn } } of docs<Post>(post.noun)) {
      if (withdrawn) continue;
      const is = Object.entries(answers).map(([whose, [one]]) => `${whose} ${one}`).toSorted().join();
      const due = [...pressed.get(id) ?? []].map(([whose, one]) => `${whose} ${one}`).toSorted().join();
      if (is !== due) findings.add('wrongSums', `the answers to the notice ${id} ${where}: ${is}, by hand ${due}`);
    }
  }
};
