import { incident, type Incident } from '@noroshi/features/incident';
import type { PlusEntry } from '@noroshi/foundations/web';
import { canAsk } from '../can-ask.ts';

/** What one can put into a talk. */
export const plus: readonly PlusEntry[] = [{
  label: 'request.plus', icon: 'people',
  href: (room) => `/request/new?room=${room}`,
  when: async (stair, room) => stair.actor.role !== 'guest' && (await stair.replica.all<Incident>(incident.noun)).some((doc) => canAsk(doc.value, stair.actor.org, room)),
}];
