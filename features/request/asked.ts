import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Asked } from '@noroshi/foundations/asked';
import { hasAnswered } from './has-answered.ts';
import { committed, considered, declined, escalated, invited, passedOn, received, request, revised, sent, supportersFollowed, type DispatchRequest } from './dispatch-request.ts';
import { sumsOf } from './sums.ts';

/** When a line came to its primary: the need rose, or the plan's order moved on to them. */
const cameToPrimary = ({ log, supporters: { primary } }: DispatchRequest, raised: Moment): Moment =>
  Math.max(raised, log.findLast(({ did, to }) => did === 'followed' && to === primary)?.at ?? raised);

/** Whether headquarters has seen to a line since the need rose: someone took it on, or it went up to the nation. (R57, R43) */
const seenTo = ({ inHand, escalations, supporters: { headquarters } }: DispatchRequest, raised: Moment): boolean =>
  (inHand !== undefined && inHand.at >= raised) || escalations.some(({ org, at }) => org === headquarters && at >= raised);

/**
 * The moments at which lines came to an organization that still wait for its last word: to the primary each that is short,
 * to a secondary once it lies with them, to whom headquarters asked beyond the plan, to headquarters what nobody before it filled, and what the town took up to it,
 * wherever that lies. (R43, R50, R52, R56)
 */
function waitingSince(of: DispatchRequest, org: Id): Moment[] {
  const { primary, secondaries, headquarters } = of.supporters;
  const takenUp = of.escalations.findLast(({ to }) => to === 'prefecture')?.at ?? -1;
  return sumsOf(of).lines.flatMap(({ line, short }) => {
    const stage = of.stages[line.id];
    if (short === 0 || !stage) return [];
    const { tier, since, raised } = stage;
    const beyond = of.invited?.find((one) => one.org === org)?.at;
    const came = [
      ...(beyond === undefined ? [] : [Math.max(beyond, raised)]),
      ...(org === primary ? [cameToPrimary(of, raised)] : []),
      ...(tier === 'secondaries' && secondaries.includes(org) ? [since] : []),
      ...(org === headquarters && !seenTo(of, raised) ? [...(tier === 'headquarters' ? [since] : []), ...(takenUp >= raised ? [takenUp] : [])] : []),
    ];
    return came.filter((at) => !hasAnswered(of, org, line.id, { ...stage, since: at }));
  });
}

/** When an organization last said anything: 受領, or an answer to some line. */
function lastWord({ answers, receipts }: DispatchRequest, org: Id): Moment | undefined {
  const said = Object.values(answers).filter((answer) => answer.org === org).map(({ at }) => at);
  const receipt = receipts[org]?.at;
  const all = receipt === undefined ? said : [...said, receipt];
  return all.length === 0 ? undefined : Math.max(...all);
}

/**
 * A request asks the people of the primary, later those of the secondaries, at last headquarters. One of them speaks for
 * all. Whoever has said something since the last line came to them (受領, 検討中, a number for another line) has it in hand
 * and is given time; the request's own clock runs on all the same.
 */
export const askedRequest: Asked<DispatchRequest> = {
  noun: request.noun,
  begins({ kind, id, org, body }) {
    if (kind === sent.kind) return { thing: id };
    if (kind === escalated.kind) return body.to === 'prefecture' ? { thing: body.request } : undefined;
    if (kind === invited.kind || kind === revised.kind || kind === supportersFollowed.kind || kind === passedOn.kind) return { thing: body.request };
    const speaks = kind === received.kind || kind === considered.kind || kind === committed.kind || kind === declined.kind;
    return speaks ? { thing: body.request, needsTime: { org } } : undefined;
  },
  stands(of, { org }) {
    const waiting = of.closed ? [] : waitingSince(of, org);
    if (waiting.length === 0) return 'free';
    const said = lastWord(of, org);
    return said === undefined || said < Math.max(...waiting) ? 'owes' : { needsTime: said };
  },
  since: (of, { org }) => Math.max(...waitingSince(of, org)),
  tells: (of) => ({
    by: of.by, at: of.at, incident: of.incident, drill: of.drill,
    line: ({ t }) => t('request.asks', { no: of.no, n: sumsOf(of).total.short }), path: `/request/${of.id}`,
  }),
};
