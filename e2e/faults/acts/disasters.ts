import { closeIncident, incident, openIncident, renameIncident, widenIncident, type Incident } from '@noroshi/features/incident';
import { fresh, some, type Act } from './act.ts';

/** What people do when there is a drill meanwhile: it opens rooms of its own. Another disaster would change who helps in the first, and its sums. */
export const disasters: readonly Act[] = [
  {
    act: 'open a drill, widen it, rename it, end it', weight: 1,
    async do(stage, by) {
      const { dice, house: { orgs, incident: flood } } = stage;
      const affected = [dice.pick([orgs.seiyo, orgs.saijo, orgs.iyo])];
      const drill = (await some<Incident>(stage, by, incident.noun, ({ id, closedAt }) => id !== flood && closedAt === undefined))?.value;
      // Each opens rooms of its own: a few are enough.
      if (!drill) return (await by.end.replica.all<Incident>(incident.noun)).length < 5 && by.give(openIncident, { id: fresh(), name: '地震を想定した訓練', kind: 'earthquake', drill: true, affected });
      const which = dice.below(4);
      if (which === 0) return by.give(widenIncident, { incident: drill.id, affected });
      if (which === 1) return by.give(renameIncident, { incident: drill.id, seen: drill.revision, name: `訓練 ${dice.below(100)}`, kind: drill.kind });
      return dice.chance(0.4) && by.give(closeIncident, { incident: drill.id, seen: drill.revision });
    },
  },
];
