import type { Id, Moment } from '@noroshi/foundations/kernel';
import { hasAnswered } from '../clock.ts';
import type { DispatchRequest, Stage } from '../dispatch-request.ts';
import { answerOf, predictedFor, stateOf, sumsOf } from '../sums.ts';

/** What an organization is to one request. */
export type Part = 'asker' | 'primary' | 'secondary' | 'headquarters' | 'other';

export function partOf({ org: asker, supporters }: DispatchRequest, org: Id): Part {
  if (org === asker) return 'asker';
  if (org === supporters.primary) return 'primary';
  if (supporters.secondaries.includes(org)) return 'secondary';
  return org === supporters.headquarters ? 'headquarters' : 'other';
}

/** What an organization owes a request now. */
export interface Duty {
  /** `answer`: a number or 不可, by `due`. `receive`: 受領. `accept`: 受諾. `stepIn`: the prefecture, where it is late or short. */
  readonly owes: 'answer' | 'receive' | 'accept' | 'stepIn';
  readonly due?: Moment;
  readonly since: Moment;
  /** How many it is about. */
  readonly count: number;
}

export const isOver = (request: DispatchRequest): boolean => request.closed !== undefined || stateOf(request) === 'done';

/** The one thing that is owed first, if any. */
export function dutyOfOrg(request: DispatchRequest, org: Id): Duty | undefined {
  if (isOver(request)) return undefined;
  const part = partOf(request, org);
  const lines = sumsOf(request).lines;
  const stage = (line: number): Stage | undefined => request.stages[line];
  if (part === 'asker') {
    const offers = Object.values(request.answers).filter((a) => a.count > 0 && a.accepted?.rev !== a.rev);
    return offers.length === 0 ? undefined : { owes: 'accept', since: Math.min(...offers.map((a) => a.at)), count: offers.reduce((sum, a) => sum + a.count, 0) };
  }
  const tier = part === 'primary' ? 'primary' : part === 'secondary' ? 'secondaries' : part === 'headquarters' ? 'headquarters' : undefined;
  const mine = lines.filter(({ line, short }) => short > 0 && stage(line.id)?.tier === tier && (tier === 'headquarters' || !hasAnswered(request, org, line.id)));
  if (mine.length > 0) {
    const stages = mine.map(({ line }) => stage(line.id)!);
    const dues = stages.flatMap((s) => s.due ?? []);
    return { owes: tier === 'headquarters' ? 'stepIn' : 'answer', since: Math.min(...stages.map((s) => s.since)), count: mine.reduce((sum, l) => sum + l.short, 0), ...(dues.length > 0 ? { due: Math.min(...dues) } : {}) };
  }
  if (part === 'secondary' && !request.receipts[org]) {
    const { coming } = predictedFor(request, org);
    if (coming > 0) return { owes: 'receive', since: request.at, count: coming };
  }
  return undefined;
}

/** Until when an organization has time, if a clock of its runs. */
export function dueFor(request: DispatchRequest, org: Id): Moment | undefined {
  return dutyOfOrg(request, org)?.due;
}

/** What an organization said to a line, in the wave the line is in. */
export const saidTo = (request: DispatchRequest, line: number, org: Id, wave: number) => answerOf(request, line, org, wave);
