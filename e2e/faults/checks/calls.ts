import { call, present, type Call } from '@noroshi/features/call';
import type { Id } from '@noroshi/foundations/kernel';
import type { RoomCheck } from './story.ts';

/** A line that broke in this moment may be taken for one that stood (milliseconds). */
const margin = 2_000;

/** Who comes into a call was not in it, who leaves it was, nobody is in one that is over, and nobody is taken for lost whose line stands. */
export const checkCalls: RoomCheck = ({ events, views, stood }, findings) => {
  const inside = new Map<Id, Set<Id>>();
  const over = new Set<Id>();
  for (const { kind, stream, seq, at, body } of events) {
    if (kind === 'call.started') inside.set(body.id, new Set());
    const now = inside.get(body.call);
    if (!now) continue;
    const { call: id, person } = body;
    if (over.has(id)) findings.add('wrongSums', `${stream} ${seq}: ${kind} of a call that is over`);
    if (kind === 'call.joined') {
      if (now.has(person)) findings.add('wrongSums', `${stream} ${seq}: ${person} comes into a call in which they are`);
      now.add(person);
    } else if (kind === 'call.left') {
      if (!now.delete(person)) findings.add('wrongSums', `${stream} ${seq}: ${person} leaves a call in which they are not`);
      const isThere = body.lost && stood.some((one) => one.person === person && one.call === id && one.from + margin < at && at < one.until - margin);
      if (isThere) findings.add('lost', `${person}, whose line stands, was taken for lost at ${stream} ${seq}`);
    } else if (kind === 'call.ended') {
      over.add(id);
      now.clear();
    }
  }
  for (const { where, docs } of views) {
    for (const { id, value } of docs<Call>(call.noun)) {
      const is = `${value.ended === undefined ? 'runs' : 'over'} ${present(value).toSorted().join()}`;
      const due = `${over.has(id) ? 'over' : 'runs'} ${[...inside.get(id) ?? []].toSorted().join()}`;
      if (is !== due) findings.add('wrongSums', `the call ${id} ${where}: ${is}, by hand ${due}`);
    }
  }
};
