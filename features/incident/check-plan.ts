import type { Id, Params } from '@noroshi/foundations/kernel';
import type { Organization } from '@noroshi/features/directory';
import { headquartersOf, isMunicipality, roomOf, type Place } from './roles-for.ts';
import type { PlanWords } from './support-plan.ts';

/** One thing that is wrong with a plan: its sentence is `refusal.<code>`, and where it stands in the matrix. */
export interface PlanProblem {
  readonly code: string;
  readonly params: Params;
  readonly affected?: Id;
  readonly supporter?: Id;
}

/**
 * All that is wrong with a support plan; empty when it may hold. That a supporter sits in the room where the town would
 * ask is demanded and not only advised: who cannot hear the request must not be counted upon, and in the night of the
 * flood nobody looks at an advice of last spring.
 */
export function checkPlan(plan: Pick<PlanWords, 'rows'>, organizations: readonly Organization[], rooms: readonly Place[]): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const known = new Map(organizations.map((o) => [o.id, o]));
  const headquarters = headquartersOf(organizations);
  if (!headquarters) problems.push({ code: 'plan.noHeadquarters', params: {} });

  const seen = new Set<Id>();
  for (const { affected, supporters } of plan.rows) {
    const town = known.get(affected);
    if (!town || !isMunicipality(town)) {
      problems.push({ code: 'plan.notAMunicipality', params: { town: town?.name ?? affected }, affected });
      continue;
    }
    const says = (code: string, more: Params = {}, supporter?: Id): void => {
      problems.push({ code: `plan.${code}`, params: { town: town.name, ...more }, affected, ...(supporter ? { supporter } : {}) });
    };
    if (seen.has(affected)) says('townTwice');
    seen.add(affected);
    if (supporters.length === 0) says('noSupporter');
    const room = roomOf(affected, rooms);
    if (!room) says('noRoom');
    else if (headquarters && !room.orgs.includes(headquarters.id)) says('headquartersOutside', { room: room.name, headquarters: headquarters.name });

    const helping = new Set<Id>();
    for (const { org } of supporters) {
      const supporter = known.get(org);
      if (!supporter) says('unknownSupporter', {}, org);
      else if (org === affected) says('supportsItself', {}, org);
      else if (supporter.kind === 'prefecture') says('prefectureSupports', { supporter: supporter.name }, org);
      else if (helping.has(org)) says('supporterTwice', { supporter: supporter.name }, org);
      else if (room && !room.orgs.includes(org)) says('outsideRoom', { supporter: supporter.name, room: room.name }, org);
      helping.add(org);
    }
  }
  for (const town of organizations) {
    if (isMunicipality(town) && !seen.has(town.id)) problems.push({ code: 'plan.noSupporter', params: { town: town.name }, affected: town.id });
  }
  return problems;
}
