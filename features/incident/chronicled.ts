import type { Chronicled, Tells } from '@noroshi/foundations/chronicled';
import type { Id } from '@noroshi/foundations/kernel';
import { incident as incidentNoun, type Incident } from './disaster.ts';

/**
 * That it was opened, that more towns were hit, and that it ended, for the chronology.
 * @param orgOf whose people they are, as far as it is known
 */
export function incidentChronicled(of: Incident, orgOf: (person: Id) => Id | undefined): Chronicled[] {
  const { id, name, drill, affected, widened = [] } = of;
  const later = new Set(widened.flatMap(({ towns }) => towns));
  const line = (did: 'opened' | 'widened' | 'closed', at: number, by: Id, towns: readonly Id[], n = 0): Chronicled => ({
    key: `incident/${id}/${did}/${n}`, at, by, org: orgOf(by) ?? '', about: towns, kind: 'decision', href: `/incident/${id}`,
    says: ({ t, beside }, names) => t(did === 'widened' ? 'note.incident.widened' : drill ? did === 'opened' ? 'note.incident.drillOpened' : 'note.incident.drillClosed' : `note.incident.${did}`, { name, towns: beside(towns.map(names.org)) }),
  });
  return [
    line('opened', of.openedAt, of.openedBy, affected.filter((town) => !later.has(town))),
    ...widened.map((one, i) => line('widened', one.at, one.by, one.towns, i)),
    ...(of.closedAt === undefined ? [] : [line('closed', of.closedAt, of.closedBy ?? of.openedBy, affected)]),
  ];
}

/** The same, of whatever this room holds. */
export const incidentTells: Tells<Incident> = { noun: incidentNoun.noun, told: (value, incident, orgOf) => (value.id === incident ? incidentChronicled(value, orgOf) : []) };
