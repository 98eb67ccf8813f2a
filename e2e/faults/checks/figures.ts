import { entry, instruction, type Entry, type Instruction } from '@noroshi/features/chronology';
import { damageSheet, figuresOf, type DamageSheet } from '@noroshi/features/damage';
import type { Id } from '@noroshi/foundations/kernel';
import type { RoomCheck } from './story.ts';

/** What stands of each figure of damage was told last; the chronology counts without a gap, and no entry is corrected twice. */
export const checkFigures: RoomCheck = ({ events, views }, findings) => {
  const told = new Map<string, Map<string, number | null>>();
  const numbers = new Map<Id, number>();
  const corrected = new Set<Id>();
  const states = new Map<Id, string[]>();
  for (const { kind, seq, id, incident, body } of events) {
    if (kind === 'damage.reported') {
      const sheet = `${incident}/${body.town}`;
      const here = told.get(sheet) ?? told.set(sheet, new Map()).get(sheet)!;
      for (const { key, n } of body.told) here.set(key, n);
    } else if (kind === 'chronology.entered') {
      const no = (numbers.get(incident!) ?? 0) + 1;
      numbers.set(incident!, no);
      if (body.no !== no) findings.add('wrongSums', `w ${seq}: entry ${no} of the chronology bears the number ${body.no}`);
    } else if (kind === 'chronology.corrected') {
      if (corrected.has(body.entry)) findings.add('wrongSums', `w ${seq}: the entry ${body.entry} is corrected a second time`);
      corrected.add(body.entry);
    } else if (kind === 'chronology.instructed') states.set(id, [body.state ?? 'open']);
    else if (kind === 'chronology.moved') states.get(body.entry)?.push(body.state);
  }
  for (const { where, docs } of views) {
    for (const { id, value: { reports } } of docs<DamageSheet>(damageSheet.noun)) {
      const is = [...figuresOf(reports)].map(([key, { n }]) => `${key} ${n}`).toSorted().join();
      const due = [...told.get(id) ?? []].map(([key, n]) => `${key} ${n}`).toSorted().join();
      if (is !== due) findings.add('wrongSums', `the damage of ${id} ${where}: ${is}, by hand ${due}`);
    }
    for (const { id, value } of docs<Entry>(entry.noun)) if ((value.corrected !== undefined) !== corrected.has(id)) findings.add('wrongSums', `entry ${value.no} ${where} is ${value.corrected ? '' : 'not '}corrected`);
    for (const { id, value: { state, steps } } of docs<Instruction>(instruction.noun)) {
      const is = `${state} after ${steps.length}`;
      const due = `${states.get(id)?.at(-1)} after ${(states.get(id)?.length ?? 0) - 1}`;
      if (is !== due) findings.add('wrongSums', `the instruction ${id} ${where} is ${is}, by hand ${due}`);
    }
  }
};
