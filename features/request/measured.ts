import type { Measured } from '@noroshi/foundations/measured';
import { request, type DispatchRequest } from './dispatch-request.ts';
import { sumsOf } from './sums.ts';

const acts: Readonly<Record<string, 'request' | 'decide'>> = { 'request.sent': 'request', 'request.revised': 'request', 'request.committed': 'decide', 'request.declined': 'decide' };

/** What a drill is measured by in a request: who asked, who decided, who arrived, and how many were short for how long. */
export const measuredRequest: Measured = {
  act({ kind, org, body }) {
    const act = acts[kind] ?? (kind === 'request.moved' && body.step === 'arrived' ? 'arrive' : undefined);
    return act && { act, org: act === 'arrive' ? body.org : org };
  },
  asks: {
    noun: request,
    stands(one: DispatchRequest) {
      const { short, committed } = sumsOf(one).total;
      return { no: one.no, org: one.org, incident: one.incident, committed, short, over: one.closed !== undefined };
    },
  },
};
