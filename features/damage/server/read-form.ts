import * as z from 'zod/mini';
import type { Form } from '../form.ts';
import { formFileShape, pathSays, problemsOf, type FormFile, type FormProblem } from '../form-set.ts';
import { placesIn } from './json-places.ts';

/** Reads a form out of a file, or says all that is wrong with it and in which line. */
export function readForm(text: string, earlier: readonly Form[]): { readonly file: FormFile } | { readonly problems: readonly FormProblem[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    // Engines say it in their own ways: `position 17`, `line 3`, or not at all.
    const [position, line] = [/position (\d+)/, /line (\d+)/].map((said) => said.exec(String(error))?.[1]);
    return { problems: [{ path: '', code: 'notJson', line: line ? Number(line) : position ? text.slice(0, Number(position)).split('\n').length : undefined }] };
  }
  const lines = placesIn(text);
  const read = z.safeParse(formFileShape, json);
  const problems = read.success ? problemsOf(read.data, earlier) : read.error.issues.map((issue): FormProblem => {
    const path = pathSays(issue.path as (string | number)[]);
    if (issue.code === 'unrecognized_keys') return { path, code: 'unknownItem', what: issue.keys.join(', ') };
    return { path, code: issue.code === 'invalid_type' && !lines.has(path) ? 'missing' : 'badValue' };
  });
  if (read.success && problems.length === 0) return { file: read.data };
  return { problems: problems.map((one) => ({ ...one, line: lineOf(lines, one.path) })) };
}

/** Where it stands, or what it should stand in. */
function lineOf(lines: ReadonlyMap<string, number>, path: string): number | undefined {
  for (let at = path; ; at = at.replace(/(\.[^.[]*|\[\d+\])$/, '')) {
    const line = lines.get(at);
    if (line !== undefined || at === '' || !/[.[]/.test(at)) return line ?? lines.get('');
  }
}
