import type { Id } from '@noroshi/foundations/kernel';
import { ask, useLine } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { score, type Score } from '../questions.ts';

/** While a drill runs and someone looks, the server is asked this often (milliseconds). */
const askEvery = 5_000;

/**
 * The score of a drill: worked out on the server, asked for again while it changes. What was told last stays when there is no line.
 * @param changed what tells this device that it is another by now
 * @returns the score, or the code of why there is none
 */
export function useScore(incident: Id | undefined, over: boolean, changed?: unknown): Score | string | undefined {
  const { state } = useLine();
  const [told, tell] = useState<{ readonly of: Id; readonly is: Score | string }>();
  useEffect(() => {
    if (incident === undefined || state !== 'open') return undefined;
    let wanted = true;
    const look = async (): Promise<void> => {
      if (document.hidden) return;
      const answer = await ask(score, { incident });
      if (wanted && (answer.ok || answer.code !== 'line.away')) tell({ of: incident, is: answer.ok ? answer.value : answer.code });
    };
    void look();
    const timer = over ? undefined : setInterval(() => void look(), askEvery);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [incident, over, state, changed]);
  return told?.of === incident ? told?.is : undefined;
}
