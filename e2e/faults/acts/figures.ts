import { enter, entry, instruction, move, orderStates, type Entry, type Instruction } from '@noroshi/features/chronology';
import { damageSheet, figuresOf, report, type DamageSheet } from '@noroshi/features/damage';
import { message, type Message } from '@noroshi/features/talk';
import { roomStream } from '@noroshi/foundations/sync';
import { some, type Act } from './act.ts';

const keys = ['dead', 'missing', 'slightlyHurt', 'shelters', 'evacuees', 'floodedAbove.buildings'];

/** What people do who tell headquarters what is destroyed, and write down what happened. */
export const figures: readonly Act[] = [
  {
    act: 'report damage', weight: 2,
    async do(stage, by) {
      const { dice, house: { orgs, incident, groupC } } = stage;
      const town = dice.chance(0.7) ? by.who.actor.org : dice.pick([orgs.seiyo, orgs.saijo, orgs.iyo]);
      const sheet = (await by.end.replica.all<DamageSheet>(damageSheet.noun)).find(({ value }) => value.incident === incident && value.town === town)?.value;
      const reports = sheet?.reports ?? [];
      const stands = figuresOf(reports);
      const told = keys.filter(() => dice.chance(0.4)).map((key) => ({ key, n: dice.chance(0.1) ? null : (stands.get(key)?.n ?? 0) + dice.below(5), confirmed: dice.chance(0.5), asOf: by.end.now() }));
      await by.give(report, { incident, town, kind: 'short', form: 1, sees: reports.length, asOf: by.end.now(), told, sure: keys, ...(dice.chance(0.5) ? { room: groupC } : {}) });
    },
  },
  {
    act: 'write down what happened', weight: 2,
    async do(stage, by) {
      const { dice, house: { orgs, incident, groupC } } = stage;
      const said = dice.chance(0.3) ? (await by.end.replica.newest<Message>(message.noun, roomStream(groupC), 10)).at(0) : undefined;
      const old = dice.chance(0.25) ? await some<Entry>(stage, by, entry.noun, ({ corrected }) => !corrected) : undefined;
      const order = dice.chance(0.4) ? { order: { owner: dice.pick([orgs.seiyo, orgs.saijo, orgs.iyo]) } } : {};
      await by.give(enter, {
        incident, kind: order.order ? 'order' : 'report', on: by.end.now() - dice.below(600_000), content: `避難所を開設した ${stage.token()}`, channel: 'phone', sure: true, ...order,
        ...(said ? { source: { room: groupC, message: said.id } } : {}), ...(old ? { corrects: old.id } : {}),
      });
    },
  },
  {
    act: 'say how far an instruction is', weight: 2,
    async do(stage, by) {
      const doc = await some<Instruction>(stage, by, instruction.noun);
      if (doc) await by.give(move, { incident: doc.value.incident, entry: doc.id, state: stage.dice.pick(orderStates), sees: doc.value.steps.length });
    },
  },
];
