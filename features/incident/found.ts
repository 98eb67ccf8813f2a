import type { Finds } from '@noroshi/foundations/found';
import { incident, type Incident } from './disaster.ts';

/** Disasters and drills by their names and the towns that they hit. */
export const incidentFound: Finds<Incident> = {
  noun: incident.noun, shelf: 'incident',
  things: ({ id, name, openedAt, openedBy, affected }, _id, _words, names) => [{ id, at: openedAt, by: openedBy, words: [name, ...affected.map(names.org)].filter(Boolean).join('\n') }],
  shows: ({ id, name, drill }) => ({ title: name, href: `/incident/${id}`, drill }),
};
