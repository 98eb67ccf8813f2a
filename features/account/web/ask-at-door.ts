import type { Refusal } from '@noroshi/foundations/kernel';
import type { Door } from '@noroshi/foundations/sync';

/** What came of a visit: an answer, or a refusal in words. */
export type Visited<O> = { readonly ok: true; readonly value: O } | Refusal;

/** Nobody answered: the line is down, or the server is being mended. */
const away: Refusal = { ok: false, code: 'line.away' };

/** Stands at a door of the server and asks. Doors need the line: nothing of them is kept in an outbox. */
export async function askAtDoor<I, O>({ door }: Door<I, O>, input: I): Promise<Visited<O>> {
  try {
    const answer = await fetch(`/api/${door}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input),
    });
    const said = (await answer.json()) as { code?: string; params?: Refusal['params'] };
    if (answer.ok) return { ok: true, value: said as O };
    return { ok: false, code: said.code ?? `http.${answer.status}`, ...(said.params ? { params: said.params } : {}) };
  } catch {
    return away;
  }
}
