import { person, type Person } from '@noroshi/features/directory';
import type { Chronicled } from '@noroshi/foundations/chronicled';
import type { LowerEnd, Watched } from '@noroshi/foundations/sync/web';
import { incidentChronicled } from '../chronicled.ts';
import { incident, type Incident } from '../disaster.ts';

/** What became of the incident itself. */
export const chronicles = (stair: LowerEnd, wanted: string): Watched<readonly Chronicled[]> =>
  stair.together(`incident/chronicles/${wanted}`, async () => {
    const [of, people] = await Promise.all([stair.replica.get<Incident>(incident.noun, wanted), stair.replica.all<Person>(person.noun)]);
    return of ? incidentChronicled(of, (id) => people.find((one) => one.id === id)?.value.org) : [];
  });
