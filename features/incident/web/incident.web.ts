/** The screens of a disaster and of the support plan. */
import type { WebRoom } from '@noroshi/foundations/web';
import { IncidentBand } from './IncidentBand.tsx';

export const incidentWeb: WebRoom = {
  name: 'incident',
  inside: true,
  pages: [
    { path: '/incident', load: () => import('./IncidentsPage.tsx') },
    { path: '/incident/open', load: () => import('./OpenPage.tsx') },
    { path: '/incident/:incident', load: () => import('./IncidentPage.tsx') },
    { path: '/incident/:incident/widen', load: () => import('./WidenPage.tsx') },
    { path: '/plan', load: () => import('./PlanPage.tsx') },
    { path: '/plan/edit', load: () => import('./PlanEditPage.tsx') },
  ],
  cards: { incident: () => import('./IncidentCard.tsx') },
  bands: [IncidentBand],
  sees: () => import('./chronicles.ts'),
};
