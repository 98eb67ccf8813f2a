import { codeOf, seeded } from '@noroshi/foundations/testing';
import { requestOnPaper } from '@noroshi/e2e/request-on-paper';
import type { Deed } from '@noroshi/foundations/sync';
import { describe, expect, it } from 'vitest';
import {
  arrive, came, commit, consider, decline, depart, handOver, home, lineSums, predictedFor, present, recall, returnHome, revise, standing, sumsOf, takeUp, turnBack, wavesOf, withdraw,
} from './request.ts';

const movesOf: readonly (Deed<any, any> & { deed: string })[] = [depart, arrive, takeUp, handOver, returnHome, turnBack, recall];

/** Plays random deeds of several towns, right and wrong ones, and asks after each whether the sums can be trusted. */
function play(seed: number, deeds: number): { done: number; refused: number } {
  const dice = seeded(seed);
  const on = requestOnPaper();
  const { taro, aoi, ken, tomo, uta, hanako } = on.cast;
  const waves = [{ from: '2018-07-07', to: '2018-07-14' }, { from: '2018-07-14', to: '2018-07-21' }];
  const asked = on.asks([{ duty: 'shelter', count: 12, ...(dice.chance(0.5) ? { waves } : {}) }, { duty: 'houseSurvey', count: 4 }]);
  /** What was said, kept by the simplest means: the last number of each, and how many were called back. */
  const said = new Map<string, { count: number; recalled: number }>();
  const counted = { done: 0, refused: 0 };
  for (let i = 0; i < deeds; i++) {
    const who = dice.pick([aoi, ken, tomo, uta, hanako]);
    const before = on.now(asked);
    const line = dice.pick(before.lines).id;
    const wave = dice.chance(0.2) ? 2 : 1;
    const key = `${line}/${who.org}/${wave}`;
    const answer = before.answers[key];
    const sees = dice.chance(0.9) ? (answer?.rev ?? 0) : dice.below(3);
    const count = 1 + dice.below(9);
    const parts = [{ line, wave, sees }];
    const turn = dice.below(10);
    let result;
    if (turn < 4) {
      result = on.paper.do(who, commit, { ...on.where(asked), parts: [{ ...parts[0]!, count }] });
      if (result.ok) said.set(key, { count, recalled: said.get(key)?.recalled ?? 0 });
    } else if (turn === 4) result = on.paper.do(who, consider, { ...on.where(asked), parts: [{ ...parts[0]!, count }] });
    else if (turn === 5) {
      result = on.paper.do(who, dice.chance(0.5) ? decline : withdraw, { ...on.where(asked), parts, reason: 'noStaff' });
      if (result.ok) said.set(key, { count: 0, recalled: 0 });
    } else if (turn === 6) {
      result = on.paper.do(taro, revise, { ...on.where(asked), sees: before.rev, lines: [dice.chance(0.2) ? { duty: 'water', count } : { id: line, duty: 'shelter', count, ...(dice.chance(0.3) ? { waves } : {}) }] });
    } else {
      const deed = dice.pick(movesOf);
      result = on.paper.do(who, deed, { ...on.where(asked), line, wave, count, sees: answer?.moves.rev ?? 0 });
      if (result.ok && (deed === recall || deed === turnBack)) said.set(key, { ...said.get(key)!, recalled: Math.max(count, said.get(key)!.recalled) });
    }
    counted[result.ok ? 'done' : 'refused']++;
    if (dice.chance(0.1)) on.paper.pass(dice.below(40) * 60_000);

    const now = on.now(asked);
    const { lines, total } = sumsOf(now);
    for (const each of [...now.lines.flatMap((l) => [lineSums(now, l, 1), lineSums(now, l, wavesOf(l))]), ...lines, total]) {
      expect(each.short + each.committed, codeOf(result)).toBe(each.needed + each.surplus);
      expect(Math.min(each.short, each.surplus, each.arrived, each.home, each.committed, each.arrived - each.home)).toBeGreaterThanOrEqual(0);
    }
    for (const one of Object.values(now.answers)) {
      const { departed, arrived, active, handedOver, returned, turnedBack, recalled } = one.moves;
      expect([arrived + turnedBack <= departed, departed <= one.count, Math.max(active, handedOver, returned) <= arrived, recalled <= departed, present(one) >= 0, standing(one) >= 0, came(one) === present(one) + home(one), home(one) >= 0 && home(one) <= standing(one)]).not.toContain(false);
    }
    for (const l of now.lines) for (const w of [1, 2]) {
      const expected = [...said].filter(([k]) => k.startsWith(`${l.id}/`) && (k.endsWith(`/${w}`) || (w === wavesOf(l) && Number(k.split('/')[2]) > w))).reduce((sum, [, s]) => sum + s.count - s.recalled, 0);
      expect(lineSums(now, l, w).committed).toBe(expected);
    }
    for (const org of Object.values(on.orgs)) {
      const { coming, rest, lines: each } = predictedFor(now, org);
      expect(each.every((l) => l.coming >= 0 && l.rest >= 0 && l.rest <= lineSums(now, l.line).short)).toBe(true);
      expect(Math.min(coming, rest)).toBeGreaterThanOrEqual(0);
    }
  }
  return counted;
}

describe('sums', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('R70 are never wrong, whoever says what in which order (seed %i)', (seed) => {
    const { done, refused } = play(seed, 250);
    // A game in which nothing or everything is allowed proves nothing.
    expect(done).toBeGreaterThan(60);
    expect(refused).toBeGreaterThan(20);
  }, 60_000);
});
