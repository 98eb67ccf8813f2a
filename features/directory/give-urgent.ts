import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { mayRule, mayTend } from './may-administer.ts';
import { thePerson, urgentGiven } from './person.ts';

/** Whoever is no guest sends as urgent from the start: it is taken from someone who wakes others without need, and given back. */
export const giveUrgent = command('directory.giveUrgent', {
  about: 'Takes from a person the right to send as urgent, or gives it back. Whoever is no guest has it from the start.',
  input: z.strictObject({ id: idShape, given: z.boolean() }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ who: thePerson(input.id) }),
  may(actor, { who }) {
    const verdict = who?.role === 'administrator' ? mayRule(actor) : mayTend(actor, who?.org);
    if (!verdict.ok) return verdict;
    if (!who) return refused('directory.notFound');
    // What another took is not taken back by oneself.
    if (who.id === actor.person) return refused('directory.notYourself');
    if (who.role === 'guest') return refused('directory.guestNeverUrgent');
    return allowed;
  },
  then: (input) => [happens(urgentGiven, input)],
});
