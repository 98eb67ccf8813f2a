import { refused, type Refusal } from '@noroshi/foundations/kernel';
import type * as z from 'zod/mini';
import { wrongCharacters } from './wrong-characters.ts';

/**
 * Reads what was sent against its shape: the one entry for commands, questions and doors.
 * @returns the input as the shape knows it, or the first thing wrong with it
 */
export function readInput<T>(shape: z.ZodMiniType<T>, input: unknown): { readonly ok: true; readonly value: T } | Refusal {
  const parsed = shape.safeParse(input);
  if (!parsed.success) return firstProblem(parsed.error, input);
  const at = wrongCharacters(parsed.data, '');
  return at === undefined ? { ok: true, value: parsed.data } : refused('input.wrongCharacters', { at });
}

/** The first thing wrong with an input, as a word and a place in it; the language files hold the sentence. */
export function firstProblem(error: z.core.$ZodError, input: unknown): Refusal {
  const issue = error.issues[0]!;
  const at = issue.path.map(String).join('.') || '·';
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? refused('input.tooShort', { at, min: Number(issue.minimum) })
        : refused('input.tooSmall', { at, min: Number(issue.minimum) });
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? refused('input.tooLong', { at, max: Number(issue.maximum) })
        : refused('input.tooBig', { at, max: Number(issue.maximum) });
    case 'unrecognized_keys':
      return refused('input.unknownField', { at: issue.keys.join(', ').slice(0, 80) });
    default:
      return refused(isMissing(issue.path, input) ? 'input.missing' : 'input.wrong', { at });
  }
}

function isMissing(path: readonly PropertyKey[], input: unknown): boolean {
  let here = input;
  for (const key of path) {
    if (here === null || typeof here !== 'object') return false;
    here = (here as Record<PropertyKey, unknown>)[key];
  }
  return here === undefined;
}
