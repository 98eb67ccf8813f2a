import type { Id, Moment } from '@noroshi/foundations/kernel';
import { roleOf, type Incident, type Standing } from '@noroshi/features/incident';

/** What can be seen of an organization, from what needs eyes first to what needs none. (A1) */
export const states = ['short', 'late', 'unreached', 'unreported', 'silent', 'considers', 'helps', 'served', 'standsBy', 'calm'] as const;
export type State = (typeof states)[number];

/** How many of them, from the first, call for someone to look. */
const calling = states.indexOf('considers');

/** Whether someone has to look. */
export const callsForEyes = (state: State): boolean => states.indexOf(state) < calling;

/** One thing that a room of the house sees. */
export interface Sighting { readonly org: Id; readonly state: State; readonly since: Moment }

/** One organization: the first of what is seen of it leads, the rest stands behind. */
export interface Row<S extends Sighting> {
  readonly org: Id;
  readonly role: Standing;
  readonly state: State;
  /** Since when; absent where nothing has begun. */
  readonly since?: Moment;
  /** Absent where nothing is seen of it but its role. */
  readonly first?: S;
  readonly others: readonly S[];
}

const urgency = (state: State): number => states.indexOf(state);

/**
 * A row for each municipality: who is short first, then who is late, who is out of reach, and who was hit and has asked for
 * nothing; of equals the oldest. Of whom nothing is seen stands by where the plan has given it a part, and is calm where it
 * has none. (A1)
 */
export function rowsOf<S extends Sighting>(incident: Incident, towns: readonly Id[], seen: readonly S[]): Row<S>[] {
  const of = Map.groupBy(seen, ({ org }) => org);
  return towns
    .map((org): Row<S> => {
      const role = roleOf(incident, org);
      const [first, ...others] = (of.get(org) ?? []).toSorted((a, b) => urgency(a.state) - urgency(b.state) || a.since - b.since);
      if (first) return { org, role, state: first.state, since: first.since, first, others };
      // Nobody assumes that who is hit and says nothing is well.
      if (role === 'affected') return { org, role, state: 'silent', since: incident.openedAt, others };
      return { org, role, state: role === 'none' ? 'calm' : 'standsBy', others };
    })
    .toSorted((a, b) => urgency(a.state) - urgency(b.state) || (a.since ?? 0) - (b.since ?? 0));
}
