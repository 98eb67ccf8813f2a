import type { Refusal } from '@noroshi/foundations/kernel';
import type { Door, Question } from '@noroshi/foundations/sync';

/**
 * Asks the server a question, or asks at one of its doors. Both need the line: what this device holds is read from the replica.
 * @param nameless asks without a session: the server does not learn from it who asks
 * @returns the answer, or why there is none; `line.away` where nobody answered
 */
export async function ask<I, O>(of: Question<I, O> | Door<I, O>, input: I, { nameless = false }: { readonly nameless?: boolean } = {}): Promise<{ readonly ok: true; readonly value: O } | Refusal> {
  try {
    const answer = await fetch(`/api/${'door' in of ? of.door : of.question}`, { method: 'POST', ...(nameless ? { credentials: 'omit' } : {}), headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) });
    const told = (await answer.json()) as { code?: string; params?: Refusal['params'] };
    if (answer.ok) return { ok: true, value: told as O };
    return { ok: false, code: told.code ?? 'command.unknown', ...(told.params ? { params: told.params } : {}) };
  } catch {
    return { ok: false, code: 'line.away' };
  }
}
