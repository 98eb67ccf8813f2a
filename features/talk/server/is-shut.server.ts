import { person, type Person } from '@noroshi/features/directory';
import type { Id } from '@noroshi/foundations/kernel';
import type { Stair } from '@noroshi/foundations/sync/server';

/** Whether somebody's account is closed: they keep their place in a room and can neither read nor answer, so nobody waits for them. */
export const isShut = ({ memory }: Stair, id: Id): boolean => (memory.get(person.noun, id)?.value as Person | undefined)?.disabled === true;
