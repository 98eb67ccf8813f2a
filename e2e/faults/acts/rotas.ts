import { answerSwap, askSwap, monthOf, roster, setRoster, type Roster } from '@noroshi/features/rota';
import type { Id } from '@noroshi/foundations/kernel';
import { some, type Act, type Stage } from './act.ts';

const aDay = 86_400_000;

/** The people of an organization. */
const colleagues = ({ house }: Stage, org: Id): Id[] => house.people.filter(({ actor }) => actor.org === org).map(({ actor }) => actor.person);

/** What people do with the roster of their organization. */
export const rotas: readonly Act[] = [
  {
    act: 'write a month', weight: 0.8,
    async do(stage, by) {
      const { dice } = stage;
      const { org } = by.who.actor;
      const people = colleagues(stage, org);
      // The days from tomorrow that lie in the month of tomorrow.
      const first = by.end.now() + aDay;
      const month = monthOf(first);
      const days = Array.from({ length: 8 }, (_, n) => first + n * aDay).filter((from) => monthOf(from) === month);
      const shifts = days.map((from, n) => ({ id: n + 1, from, until: from + aDay, person: dice.pick(people) }));
      const now = (await by.end.replica.all<Roster>(roster.noun)).find(({ value }) => value.org === org && value.month === month)?.value;
      await by.give(setRoster, { org, month, sees: now?.rev ?? 0, shifts });
    },
  },
  {
    act: 'ask a colleague to take a turn over', weight: 2,
    async do(stage, by) {
      const { dice } = stage;
      const now = (await some<Roster>(stage, by, roster.noun, ({ org }) => org === by.who.actor.org))?.value;
      if (now) await by.give(askSwap, { org: now.org, month: now.month, shift: dice.pick(now.shifts).id, to: dice.pick(colleagues(stage, now.org)) });
    },
  },
  {
    act: 'take a turn over, or not', weight: 3,
    async do(stage, by) {
      const { dice } = stage;
      const now = (await some<Roster>(stage, by, roster.noun, ({ shifts }) => shifts.some(({ asked }) => asked)))?.value;
      if (!now) return;
      const asked = now.shifts.filter((one) => one.asked);
      const mine = asked.filter((one) => one.asked!.to === by.who.actor.person);
      // Now and then someone answers who was not asked: it is refused.
      const shift = mine.length > 0 && dice.chance(0.8) ? dice.pick(mine) : dice.pick(asked);
      await by.give(answerSwap, { org: now.org, month: now.month, shift: shift.id, accepts: dice.chance(0.7) });
    },
  },
];
