import type { Words } from '@noroshi/foundations/i18n';
import type { Line } from '../content.ts';
import type { DispatchRequest } from '../dispatch-request.ts';
import { fieldName, inWords } from '../in-words.ts';

/** Kind of staff, skills and the rest of a line, in one quiet row. */
export function needsOfLine(line: Line, words: Words): string {
  return words.beside([
    ...(['jobType', 'skills', 'skillsText', 'genderNeed', 'shift'] as const).map((field) => line[field] && inWords(field, line[field], words)),
    line.substitutes && `${fieldName('substitutes', words)}：${line.substitutes}`,
  ]);
}

/** The fields of one line, or of the request itself, that its newest revision changed. A line that is new is changed in all. */
export function changedIn(request: DispatchRequest, line?: number): { has(field: string): boolean } {
  const changes = request.revisions.at(-1)!.changes.filter((change) => change.line === line);
  const all = changes.some(({ field }) => field === 'line');
  return { has: (field) => all || changes.some((change) => change.field === field) };
}
