import type { Organization } from '../organization.ts';

/** The prefecture first, then towns by their code as the ministry orders them, then those from outside. */
export function sorted(organizations: readonly Organization[]): Organization[] {
  const floor = (o: Organization): number => (o.kind === 'prefecture' ? 0 : o.kind === 'outside' ? 2 : 1);
  return organizations.toSorted((a, b) => floor(a) - floor(b) || (a.code ?? '9').localeCompare(b.code ?? '9') || a.name.localeCompare(b.name, 'ja'));
}
