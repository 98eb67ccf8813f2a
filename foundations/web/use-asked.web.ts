import type { Question } from '@noroshi/foundations/sync';
import { ask } from './ask.web.ts';
import { useLine } from './stair.web.ts';
import { useEffect, useState } from 'preact/hooks';

type Told<O> = Awaited<ReturnType<typeof ask<unknown, O>>>;

/**
 * What the server answers to a question now; asked anew when the line comes back, and when `again` is called. What was
 * answered stays until the next answer is here.
 */
export function useAsked<I, O>(of: Question<I, O>, input: I): { readonly told: Told<O> | undefined; readonly again: () => void } {
  const online = useLine().state === 'open';
  const [told, tell] = useState<Told<O>>();
  const [times, count] = useState(0);
  const key = JSON.stringify(input);
  useEffect(() => {
    let current = true;
    void ask(of, input).then((answer) => { if (current) tell(answer); });
    return () => { current = false; };
  }, [of, key, online, times]);
  return { told, again: () => count(times + 1) };
}
