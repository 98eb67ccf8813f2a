import { person, type Person } from '@noroshi/features/directory';
import type { Chronicled } from '@noroshi/foundations/chronicled';
import type { LowerEnd, Watched } from '@noroshi/foundations/sync/web';
import { cardNoun } from '../card-noun.ts';
import type { PhoneCard } from '../card.ts';
import { cardChronicled } from '../chronicled.ts';

/** Who was rung about what belongs to an incident, and what became of it. */
export const chronicles = (stair: LowerEnd, incident: string): Watched<readonly Chronicled[]> => stair.together(`chase/chronicles/${incident}`, async () => {
  const [cards, people] = await Promise.all([stair.replica.all<PhoneCard>(cardNoun), stair.replica.all<Person>(person.noun)]);
  const orgs = new Map(people.map(({ value }) => [value.id, value.org]));
  return cards.flatMap(({ value }) => (value.incident === incident ? cardChronicled(value, (id) => orgs.get(id)) : []));
});
