import { canonical } from '@noroshi/foundations/kernel';
import { fieldsOf, saltLength } from '@noroshi/foundations/sync/server';
import { hex } from '../proof/bytes.ts';
import type { Field, LogEntry } from '../proof/form.ts';
import { Frontier } from '../proof/tree.ts';
import type { LoggedRow } from './export.store.ts';

/** Each field with its salt, or empty where its words are not shown. Of words that were emptied in the tables, nothing is left. */
export function fieldsShown(row: LoggedRow, body: Record<string, unknown>, left: Record<string, unknown>): Record<string, Field> {
  const names = [...fieldsOf(body), ...(row.emptied ?? [])].sort();
  const { length } = row.salt ?? [];
  if (!row.salt || !length || names.length * 32 !== row.commitments.length) return {};
  return Object.fromEntries(names.map((name, i) => {
    if (row.emptied?.includes(name) || canonical(body[name]) !== canonical(left[name])) return [name, {}];
    // From before each field had one of its own.
    const salt = length === names.length * saltLength ? row.salt!.subarray(i * saltLength, (i + 1) * saltLength) : row.salt!;
    return [name, { salt: hex(salt), value: body[name] }];
  }));
}

/** The whole subtrees that leaves make up, from left to right. */
export function subtrees(from: number, hashes: readonly Buffer[]): LogEntry[] {
  const entries: LogEntry[] = [];
  for (let at = from; at < from + hashes.length;) {
    let level = 0;
    while (level < 40 && at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= from + hashes.length) level += 1;
    const tree = new Frontier();
    for (let k = 0; k < 2 ** level; k++) tree.append(hashes[at - from + k]!);
    entries.push({ i: at, level, hash: hex(tree.root()) });
    at += 2 ** level;
  }
  return entries;
}
