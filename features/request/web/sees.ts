import type { Id, Moment } from '@noroshi/foundations/kernel';
import { clock, joined, mapped, type LowerEnd, type Watched } from '@noroshi/foundations/sync/web';
import type { Seen, Sight, SightSums } from '@noroshi/foundations/web';
import { nameIn, organization, person, type Organization, type Person } from '@noroshi/features/directory';
import type { DispatchRequest } from '../dispatch-request.ts';
import { added, addUp, standing, sumsOf } from '../sums.ts';
import { dutyOfOrg, isOver } from './duties.ts';
import { actsOn } from './acts.ts';
import { readRequests } from './known.ts';
import { furthestOf } from './lies.ts';

export { chronicles } from './chronicles.ts';

/** What requests tell of an incident: what each hit town is short of and with whom it lies, who is late, who weighs, who helps. */
export const sees = (stair: LowerEnd, incident: Id): Watched<Seen> =>
  mapped(joined([stair.together(`request/sees/${incident}`, () => read(stair, incident)), clock(5_000)] as const), ([{ requests, towns, people }]) => ({
    sights: sightsOf(requests, towns, stair.now()).map((sight) => ({ ...sight, ...actsOn(stair, sight, requests, { towns, people }) })),
    ...(requests.length > 0 && { sums: sumsAt(requests, '/request') }),
    sumsOf: new Map([...Map.groupBy(requests, ({ org }) => org)].map(([org, open]) => [org, sumsAt(open, pathOf(open))])),
  }));

async function read(stair: LowerEnd, incident: Id): Promise<{ requests: readonly DispatchRequest[]; towns: ReadonlyMap<Id, Organization>; people: ReadonlyMap<Id, Person> }> {
  const requests = (await readRequests(stair)).map(({ now }) => now).filter((one) => one.incident === incident && !isOver(one));
  const [towns, hands] = await Promise.all([
    stair.replica.all<Organization>(organization.noun),
    Promise.all(requests.flatMap(({ inHand }) => (inHand ? [stair.replica.get<Person>(person.noun, inHand.by)] : []))),
  ]);
  return { requests, towns: new Map(towns.map((doc) => [doc.value.id, doc.value])), people: new Map(hands.flatMap((one) => (one ? [[one.id, one] as const] : []))) };
}

const sumsAt = (requests: readonly DispatchRequest[], href: string): SightSums => ({ ...addUp(requests.map((one) => sumsOf(one).total)), href });
const pathOf = (requests: readonly DispatchRequest[]): string => (requests.length === 1 ? `/request/${requests[0]!.id}` : '/request');

/** @param requests those of one incident that are not over */
export function sightsOf(requests: readonly DispatchRequest[], towns: ReadonlyMap<Id, Organization>, now: Moment): Sight[] {
  const hit = [...Map.groupBy(requests, (one) => one.org)].map(([org, open]): Sight => {
    const { short } = addUp(open.map((one) => sumsOf(one).total));
    const furthest = furthestOf(open);
    const since = Math.min(...open.map((one) => one.at));
    if (short === 0 || !furthest) return { org, state: 'served', since, href: pathOf(open) };
    const { primary } = furthest.one.supporters;
    const raised = Math.min(...open.flatMap((one) => sumsOf(one).lines.filter((l) => l.short > 0).map(({ line }) => one.stages[line.id]?.raised ?? one.at)));
    return { org, state: 'short', n: short, since: raised, href: pathOf(open), says: ({ t, language }) => t(`request.home.${furthest.stage.tier}`, { org: nameIn(towns.get(primary), language) }) };
  });
  const helping = [...Map.groupBy(requests.flatMap((one) => [one.supporters.primary, ...one.supporters.secondaries, ...(one.invited ?? []).map(({ org }) => org)].map((org) => ({ org, one }))), ({ org }) => org)];
  return [...hit, ...helping.flatMap(([org, asked]) => helps(org, asked.map(({ one }) => one), towns, now))];
}

/** How a supporter stands to the requests that name it: late before all, then what it sends, then what it weighs. */
function helps(org: Id, asked: readonly DispatchRequest[], towns: ReadonlyMap<Id, Organization>, now: Moment): Sight[] {
  const late = asked.flatMap((one) => {
    const duty = dutyOfOrg(one, org);
    return duty?.owes === 'answer' && duty.due !== undefined && duty.due <= now ? [{ one, due: duty.due }] : [];
  });
  const answers = asked.flatMap((one) => Object.values(one.answers).filter((answer) => answer.org === org));
  const sent = answers.filter((answer) => standing(answer) > 0);
  const weighed = answers.filter((answer) => answer.considering);
  const to = (of: readonly DispatchRequest[]) => ({ t, language, beside }: Parameters<NonNullable<Sight['says']>>[0]): string => t('situation.towards', { towns: beside([...new Set(of.map((one) => nameIn(towns.get(one.org), language)))]) });
  const from = (of: typeof answers) => asked.filter((one) => of.some((answer) => Object.values(one.answers).includes(answer)));
  return [
    ...late.map(({ one, due }): Sight => ({ org, state: 'late', since: due, says: to([one]), href: `/request/${one.id}` })),
    ...(sent.length > 0 ? [{ org, state: 'helps' as const, n: added(sent, standing), since: Math.min(...sent.map(({ at }) => at)), says: to(from(sent)), href: '/request' }] : []),
    ...(weighed.length > 0 ? [{ org, state: 'considers' as const, n: added(weighed, ({ considering }) => considering!.count), since: Math.min(...weighed.map(({ at }) => at)), says: to(from(weighed)), href: '/request' }] : []),
  ];
}
