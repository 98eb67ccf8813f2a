import type { DispatchRequest, Stage } from '../dispatch-request.ts';
import { sumsOf } from '../sums.ts';

/** The furthest a need has been passed on comes first: that is where someone has to look. */
const tiers = ['headquarters', 'secondaries', 'primary'] as const;

/** With whom what is missing lies now: the request and the stage of the line that has gone furthest. Nothing where nothing is short. */
export function furthestOf(open: readonly DispatchRequest[]): { one: DispatchRequest; stage: Stage } | undefined {
  const waiting = open.flatMap((one) => sumsOf(one).lines.filter((l) => l.short > 0).flatMap(({ line }) => (one.stages[line.id] ? [{ one, stage: one.stages[line.id]! }] : [])));
  return tiers.map((tier) => waiting.find(({ stage }) => stage.tier === tier)).find((found) => found !== undefined);
}
