import { theOrganization } from '@noroshi/features/directory';
import { allowed, refused } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { declared, theCongestion } from './order.ts';

/** Says for everyone that lines are choked, or that they are free again. */
export const declareCongestion = command('congestion.declare', {
  about: 'Asks every device to carry less (回線混雑モード), or lets go of that. Only the prefecture.',
  input: z.strictObject({ on: z.boolean() }),
  streams: () => [workspaceStream],
  offline: false,
  needs: (_input, actor) => ({ mine: theOrganization(actor.org), now: theCongestion() }),
  may(actor, { mine, now }, { on }) {
    if (actor.role === 'guest' || mine?.kind !== 'prefecture') return refused('congestion.prefectureOnly');
    return (now?.on ?? false) === on ? refused(on ? 'congestion.already' : 'congestion.notOn') : allowed;
  },
  then: ({ on }) => [happens(declared, { on })],
});
