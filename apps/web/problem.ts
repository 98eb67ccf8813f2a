import { wrongCharacters } from '@noroshi/foundations/sync';

/**
 * Stands in for the check of shapes in the built application, as shapes.ts does for the shapes: whatever is asked of one, it
 * finds well-formed, so there is no first problem to name. What no table can hold is found here too.
 */
export function readInput<T>(_shape: unknown, value: T) {
  const at = wrongCharacters(value, '');
  return at === undefined ? { ok: true, value } as const : { ok: false, code: 'input.wrongCharacters', params: { at } } as const;
}
