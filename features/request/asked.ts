import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Asked } from '@noroshi/foundations/asked';
import { hasAnswered } from './clock.ts';
import { considered, passedOn, received, request, sent, supportersFollowed, type DispatchRequest } from './dispatch-request.ts';
import { sumsOf } from './sums.ts';

/** Whether an organization's last word is wanted on some line: the primary's on each that is short, a secondary's once it lies with them. (R50, R56) */
function isWanted(of: DispatchRequest, org: Id): boolean {
  const { primary, secondaries } = of.supporters;
  return sumsOf(of).lines.some(({ line, short }) => {
    const stage = of.stages[line.id];
    if (short === 0 || !stage) return false;
    if (org === primary) return !hasAnswered(of, org, line.id, { ...stage, since: stage.raised });
    return stage.tier === 'secondaries' && secondaries.includes(org) && !hasAnswered(of, org, line.id, stage);
  });
}

/** When an organization last said that it has the request in hand: 受領 or 検討中. */
function inHandSince(of: DispatchRequest, org: Id): Moment | undefined {
  const said = Object.values(of.answers).filter((answer) => answer.org === org && answer.considering).map(({ at }) => at);
  const receipt = of.receipts[org]?.at;
  const all = receipt === undefined ? said : [...said, receipt];
  return all.length === 0 ? undefined : Math.max(...all);
}

/**
 * A request asks the people of the primary, later those of the secondaries. One of them speaks for all. Whoever has said
 * 受領 or 検討中 has it in hand and is given time; the request's own clock runs on all the same.
 */
export const askedRequest: Asked<DispatchRequest> = {
  noun: request.noun,
  begins({ kind, id, org, body }) {
    if (kind === sent.kind) return { thing: id };
    if (kind === supportersFollowed.kind || (kind === passedOn.kind && body.to === 'secondaries')) return { thing: body.request };
    return kind === received.kind || kind === considered.kind ? { thing: body.request, needsTime: { org } } : undefined;
  },
  stands(of, { org }) {
    if (of.closed || !isWanted(of, org)) return 'free';
    const needsTime = inHandSince(of, org);
    return needsTime === undefined ? 'owes' : { needsTime };
  },
  tells: (of) => ({
    by: of.by, at: of.at, incident: of.incident, drill: of.drill,
    line: ({ t }) => t('request.asks', { no: of.no, n: sumsOf(of).total.short }), path: `/request/${of.id}`,
  }),
};
