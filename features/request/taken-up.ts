import type { DispatchRequest } from './dispatch-request.ts';

/** Whether what is short was taken up (上申) since the need last rose: a need that rose since may be taken up anew. (R43) */
export function isTakenUp({ escalations, stages }: DispatchRequest, to: 'prefecture' | 'nation'): boolean {
  const raised = Math.max(0, ...Object.values(stages).map((stage) => stage.raised));
  return escalations.some((one) => one.to === to && one.at >= raised);
}
