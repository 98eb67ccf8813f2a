import { person, type Person } from '@noroshi/features/directory';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import type { Stair } from '@noroshi/foundations/sync/server';

/** A person as an actor, as of now; `undefined` for nobody and for a closed account. */
export function actorOf(stair: Stair, id: Id): Actor | undefined {
  const who = stair.memory.get(person.noun, id)?.value as Person | undefined;
  return who && !who.disabled ? { person: who.id, org: who.org, role: who.role } : undefined;
}
