import { canonical } from '@noroshi/foundations/kernel';
import type { Details, Line } from './content.ts';

/** One field that a revision changed: old and new. `line` where it is a line's. A new line has no `from`. */
export interface Change {
  readonly line?: number;
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

interface Content { readonly lines: readonly Line[]; readonly details: Details; readonly clockMinutes: number }

/** What differs between two contents of a request, field by field, in the order of the lines and then of the fields' names. */
export function changesBetween(before: Content, after: Content): Change[] {
  const changes: Change[] = [];
  for (const line of after.lines) {
    const was = before.lines.find((l) => l.id === line.id);
    if (!was) changes.push({ line: line.id, field: 'line', to: line });
    else changes.push(...fields(was, line).map((change) => ({ line: line.id, ...change })));
  }
  return [...changes, ...fields(before.details, after.details), ...fields({ clockMinutes: before.clockMinutes }, { clockMinutes: after.clockMinutes })];
}

/** What was taken out of the record is as if it had never been said. */
function fields(before: object = {}, after: object = {}): Change[] {
  const was = before as Record<string, unknown>;
  const is = after as Record<string, unknown>;
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted()
    .filter((field) => canonical(was[field]) !== canonical(is[field]))
    .map((field) => ({ field, ...(was[field] === undefined ? {} : { from: was[field] }), ...(is[field] === undefined ? {} : { to: is[field] }) }));
}
