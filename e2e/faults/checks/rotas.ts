import { roster, type Roster } from '@noroshi/features/rota';
import type { Id } from '@noroshi/foundations/kernel';
import type { RoomCheck } from './story.ts';

/** A turn by the events alone: who holds it, and who is asked to take it over. */
interface Turn { readonly holder: Id; asked?: Id }

/** Each turn is held by exactly one, the same everywhere: by whoever was written down for it, or took it over last as one who was asked. */
export const checkRotas: RoomCheck = ({ events, views }, findings) => {
  const months = new Map<string, Map<number, Turn>>();
  for (const { kind, seq, by, body } of events) {
    if (!kind.startsWith('rota.')) continue;
    const month = `${body.org}/${body.month}`;
    const turns = months.get(month);
    if (kind === 'rota.set') {
      months.set(month, new Map(body.shifts.map(({ id, person }: { id: number; person: Id }) => {
        const before = turns?.get(id);
        return [id, before?.holder === person ? before : { holder: person }];
      })));
      continue;
    }
    const turn = turns?.get(body.shift);
    if (!turn) findings.add('wrongSums', `w ${seq}: there is no turn ${body.shift} in ${month}`);
    else if (kind === 'rota.swapAsked') turn.asked = body.to;
    else {
      if (turn.asked !== by) findings.add('wrongSums', `w ${seq}: ${by} answers for a turn that ${turn.asked ?? 'nobody'} was asked to take`);
      turns!.set(body.shift, { holder: body.accepts ? by : turn.holder });
    }
  }
  for (const { where, docs } of views) {
    for (const { id: month, value: { shifts } } of docs<Roster>(roster.noun)) {
      const is = shifts.map(({ id, person }) => `${id} ${person}`).toSorted().join();
      const due = [...months.get(month) ?? []].map(([id, { holder }]) => `${id} ${holder}`).toSorted().join();
      if (is !== due) findings.add('wrongSums', `the turns of ${month} ${where}: ${is}, by hand ${due}`);
    }
  }
};
