import { refused } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream, type Many } from '@noroshi/foundations/sync';
import { mayRule } from './may-administer.ts';
import { organization, organizationAdded, organizationAmended, organizationShape, theOrganization, type Organization } from './organization.ts';

const all = (): Many<Organization> => ({ many: organization.noun });

/** An organization comes into the directory. */
export const addOrganization = command('directory.addOrganization', {
  about: 'Adds a prefecture, a municipality or an outside body to the directory.',
  input: organizationShape,
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ same: theOrganization(input.id), others: all() }),
  may(actor, { same, others }, input) {
    const verdict = mayRule(actor);
    if (!verdict.ok) return verdict;
    if (same) return refused('directory.alreadyThere');
    if (input.code && others.some((o) => o.code === input.code)) return refused('directory.codeTaken', { code: input.code });
    return verdict;
  },
  then: (input) => [happens(organizationAdded, input)],
});

/** An organization's names or place change. */
export const amendOrganization = command('directory.amendOrganization', {
  about: 'Changes the names, code or place of an organization.',
  input: organizationShape,
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ now: theOrganization(input.id), others: all() }),
  may(actor, { now, others }, input) {
    const verdict = mayRule(actor);
    if (!verdict.ok) return verdict;
    if (!now) return refused('directory.notFound');
    if (input.code && others.some((o) => o.code === input.code && o.id !== input.id)) return refused('directory.codeTaken', { code: input.code });
    return verdict;
  },
  then: (input) => [happens(organizationAmended, input)],
});
