import { call, decline, end, start, type Call } from '@noroshi/features/call';
import { some, type Act } from './act.ts';

const runs = ({ ended }: Call): boolean => ended === undefined;

/** What people do who see and hear each other. */
export const calls: readonly Act[] = [
  {
    act: 'start a call', weight: 1, opens: true,
    do: (stage, by) => by.give(start, { room: stage.house.groupC, kind: stage.dice.chance(0.5) ? 'meet' : 'show' }),
  },
  {
    act: 'come into a call', weight: 7,
    async do(stage, by) {
      const doc = await some<Call>(stage, by, call.noun, runs);
      if (doc) by.enterCall(stage.house.groupC, doc.id);
    },
  },
  {
    act: 'leave a call, or fall out of it', weight: 2,
    async do({ dice }, by) {
      if (dice.chance(0.6)) by.callLine?.leave();
      else by.callLine?.cut();
    },
  },
  {
    act: 'come later, or end it for all', weight: 0.5,
    async do(stage, by) {
      const doc = await some<Call>(stage, by, call.noun, runs);
      if (doc) await by.give(stage.dice.chance(0.7) ? decline : end, { room: stage.house.groupC, call: doc.id });
    },
  },
];
