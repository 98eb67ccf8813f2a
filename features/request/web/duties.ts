import type { Id, Moment } from '@noroshi/foundations/kernel';
import { hasAnswered } from '../has-answered.ts';
import type { Answer, DispatchRequest, Stage } from '../dispatch-request.ts';
import { added, answerOf, home, isCut, predictedFor, standing, stateOf, sumsOf, type LineSums } from '../sums.ts';

/** What an organization is to one request. */
export type Part = 'asker' | 'primary' | 'secondary' | 'headquarters' | 'invited' | 'other';

export function partOf({ org: asker, supporters, invited }: DispatchRequest, org: Id): Part {
  if (org === asker) return 'asker';
  if (org === supporters.primary) return 'primary';
  if (supporters.secondaries.includes(org)) return 'secondary';
  if (org === supporters.headquarters) return 'headquarters';
  return invited?.some((one) => one.org === org) ? 'invited' : 'other';
}

/** Whether an organization is the headquarters of a request. It may be its primary as well, where the plan has nobody else left. (I4) */
export const leads = ({ supporters }: DispatchRequest, org: Id): boolean => org === supporters.headquarters;

/** What an organization owes a request now. */
export interface Duty {
  /** `answer`: a number or 不可, by `due`. `receive`: 受領. `accept`: 受諾. `stepIn`: the prefecture, where it is late or short. */
  readonly owes: 'answer' | 'receive' | 'accept' | 'stepIn';
  readonly due?: Moment;
  readonly since: Moment;
  /** How many it is about. */
  readonly count: number;
}

/**
 * When the time of the primary ran out on a line that has gone on without its word. It still owes that word: the clock
 * stops only when every line is committed or declined. (R56)
 */
export function overdue(request: DispatchRequest, line: number): Moment | undefined {
  const stage = request.stages[line];
  if (!stage || stage.tier === 'primary') return undefined;
  return request.log.find(({ did, at, because, parts }) => did === 'passedOn' && because === 'late' && at >= stage.raised && parts?.some((one) => one.line === line))?.at;
}

/** Whether the primary has spoken on a line since the need last rose, and is looking no further: what it said before the line went on counts. */
export function hasSpoken(request: DispatchRequest, { line, wave }: Pick<LineSums, 'line' | 'wave'>): boolean {
  const said = answerOf(request, line.id, request.supporters.primary, wave);
  return said !== undefined && !said.considering && said.at >= request.stages[line.id]!.raised;
}

export const isOver = (request: DispatchRequest): boolean => request.closed !== undefined || stateOf(request) === 'done';

/** What has been committed and not yet accepted in the number that stands. Where all of it has come and gone home, or its wave was cut, nothing is left to accept. */
export const offersOf = (request: DispatchRequest): Answer[] =>
  Object.values(request.answers).filter((a) => a.count > 0 && !isCut(request, a) && a.accepted?.rev !== a.rev && (standing(a) === 0 || home(a) < standing(a)));

/** The one thing that is owed first, if any. */
export function dutyOfOrg(request: DispatchRequest, org: Id): Duty | undefined {
  if (isOver(request)) return undefined;
  const part = partOf(request, org);
  const lines = sumsOf(request).lines;
  const stage = (line: number): Stage | undefined => request.stages[line];
  if (part === 'asker') {
    const offers = offersOf(request);
    return offers.length === 0 ? undefined : { owes: 'accept', since: Math.min(...offers.map((a) => a.at)), count: added(offers, (a) => a.count) };
  }
  const turn = { primary: 'primary', secondary: 'secondaries' }[part as string];
  const short = lines.filter((l) => l.short > 0);
  const late = (l: LineSums): Moment | undefined => (part === 'primary' && !hasSpoken(request, l) ? overdue(request, l.line.id) : undefined);
  let owes: Duty['owes'] = 'answer';
  let mine = short.filter((l) => late(l) !== undefined || (stage(l.line.id)?.tier === turn && !hasAnswered(request, org, l.line.id)));
  // Asked beyond the plan: without a clock, from then on.
  const beyond = request.invited?.find((one) => one.org === org)?.at;
  if (part === 'invited') mine = short.filter((l) => !hasAnswered(request, org, l.line.id, { ...stage(l.line.id)!, since: Math.max(beyond!, stage(l.line.id)!.raised) }));
  // Where the prefecture is the primary it owes its own answer first, and then what falls to it as headquarters (I4), or
  // is taken up to it, wherever that lies. (R43)
  if (mine.length === 0 && leads(request, org)) {
    owes = 'stepIn';
    const isTakenUp = request.escalations.some(({ to }) => to === 'prefecture');
    mine = short.filter((l) => stage(l.line.id) && (isTakenUp || stage(l.line.id)!.tier === 'headquarters'));
  }
  if (mine.length > 0) {
    if (part === 'invited') return { owes, since: beyond!, count: added(mine, (l) => l.short) };
    const stages = mine.map((l) => ({ since: late(l) ?? stage(l.line.id)!.since, due: late(l) ?? stage(l.line.id)!.due }));
    const dues = stages.flatMap((s) => s.due ?? []);
    return { owes, since: Math.min(...stages.map((s) => s.since)), count: added(mine, (l) => l.short), ...(owes === 'answer' && dues.length > 0 ? { due: Math.min(...dues) } : {}) };
  }
  if (part === 'secondary' && !request.receipts[org]) {
    const { coming } = predictedFor(request, org);
    if (coming > 0) return { owes: 'receive', since: request.at, count: coming };
  }
  return undefined;
}
