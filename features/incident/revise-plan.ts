import { allowed, refused, type Actor, type Verdict } from '@noroshi/foundations/kernel';
import { organization, theOrganization, type Organization } from '@noroshi/features/directory';
import { room, type Room } from '@noroshi/features/talk';
import { command, happens, workspaceStream, type Many } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { checkPlan } from './check-plan.ts';
import { latestPlan, plan, planRevised, planWordsShape, type Plan } from './support-plan.ts';

/** Who may write the plan: the prefecture's administrators and managers. */
export function mayRevisePlan(actor: Actor, org: Organization | undefined): Verdict {
  if (actor.role === 'system') return allowed;
  const tends = actor.role === 'administrator' || actor.role === 'manager';
  return tends && org?.kind === 'prefecture' ? allowed : refused('plan.notAllowed');
}

/** The prefecture writes the next version of the support plan. Older versions are kept. */
export const revisePlan = command('incident.revisePlan', {
  about: 'Writes the next version of the support plan: per municipality its supporters in order, the first is primary. Names the version it was written from.',
  input: z.strictObject({
    /** The newest version the writer saw; 0 when there was none. Two who write at once do not overwrite each other. */
    seen: z.int().check(z.minimum(0)),
    ...planWordsShape.def.shape,
  }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (_input, actor) => ({
    mine: theOrganization(actor.org),
    plans: { many: plan.noun } as Many<Plan>,
    organizations: { many: organization.noun } as Many<Organization>,
    rooms: { many: room.noun, stream: '*' } as Many<Room>,
  }),
  may(actor, { mine, plans, organizations, rooms }, input) {
    const verdict = mayRevisePlan(actor, mine);
    if (!verdict.ok) return verdict;
    const latest = latestPlan(plans);
    if ((latest?.revision ?? 0) !== input.seen) return refused('plan.changedSince', { name: latest?.name ?? '' });
    const [first] = checkPlan(input, organizations, rooms);
    return first ? refused(first.code, first.params) : allowed;
  },
  then: ({ seen, ...words }) => [happens(planRevised, { revision: seen + 1, ...words })],
});
