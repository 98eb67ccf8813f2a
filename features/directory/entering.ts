import { happens, workspaceStream, type Effect, type When } from '@noroshi/foundations/sync';
import type { Organization } from './organization.ts';
import { cardOf, personAdded, type Person } from './person.ts';
import { handedOver, postAdded, type Post } from './post.ts';

/**
 * What happens when someone comes into the directory, with the desk they sit at.
 * @param stands whether that desk is already there, empty
 */
export function entering(who: Person, org: Organization, desk: Omit<Post, 'holder'> | undefined, stands: boolean, when: When): Effect[] {
  const held = desk && { ...desk, holder: who.id };
  const effects: Effect[] = [happens(personAdded, who)];
  if (held) effects.push(stands ? happens(handedOver, { post: held.id, to: who.id }) : happens(postAdded, held));
  // A guest sees the rooms they are invited to and nothing else: neither the directory nor a count.
  if (who.role !== 'guest') effects.push({ joins: who.id, card: cardOf(who, org, held), history: true, on: workspaceStream });
  if (held) effects.push({ later: when.now, step: `seat/${held.id}`, command: 'talk.seatPost', input: { post: held.id } });
  return effects;
}
