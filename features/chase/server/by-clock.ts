import { systemActor, type Id } from '@noroshi/foundations/kernel';
import type { Deed } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';

/** Puts a command of the clock to the stair. @returns why it is not to be done any more, mostly because it was done. @throws ComeBackLater */
export async function byClock<I>({ stair, report }: { readonly stair: Stair; readonly report: (error: unknown, what: string) => void }, deed: Deed<I, any> & { deed: string }, id: Id, input: I): Promise<string | undefined> {
  const answer = await stair.submit(systemActor, { id, name: deed.deed, input });
  if (!answer.ok && answer.code.startsWith('input.')) report(new Error(`${deed.deed}: ${answer.code} ${JSON.stringify(answer.params)}`), 'chasing');
  return answer.ok ? undefined : answer.code;
}
