import type { DispatchRequest } from './dispatch-request.ts';
import { answersIn, isOver, type LineSums } from './sums.ts';

/** Whether a line has had its people and they have all gone home: nobody is there, whatever the sums say. (R44) */
export function isDeserted(request: DispatchRequest, { line, wave, short }: Pick<LineSums, 'line' | 'wave' | 'short'>): boolean {
  return short === 0 && isOver(answersIn(request, line, wave));
}
