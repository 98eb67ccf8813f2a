import type { Id } from '@noroshi/foundations/kernel';
import type { Organization } from '@noroshi/features/directory';
import * as z from 'zod/mini';
import { clockShape, dayShape, type PlanRow, type PlanWords, type Supporter } from './support-plan.ts';

const names = z.array(z.string());

/**
 * The part of a prefecture's file that tells who supports whom, by names as they stand in the directory (or by code).
 * `published` pairs are told in public, with ranks or without; `assumedPlan` is what we assume where nothing is told.
 * The rest of the file is others' matter.
 */
export const planFileShape = z.object({
  published: z.optional(z.array(z.object({
    affected: z.string(),
    primary: z.optional(names),
    secondary: z.optional(names),
    /** Supporters told without ranks: taken in the order in which they stand. */
    supporters: z.optional(names),
  }))),
  /** A prefecture's own plan, nothing assumed. */
  plan: z.optional(z.object({ name: z.string(), from: dayShape, clockMinutes: z.optional(clockShape), rows: z.array(z.object({ affected: z.string(), supporters: names })) })),
  assumedPlan: z.optional(z.object({ name: z.string(), from: dayShape, rows: z.array(z.object({ affected: z.string(), supporters: names })) })),
});
export type PlanFile = z.output<typeof planFileShape>;

/** A plan as read from a file, and the names in it that the directory does not know. */
export interface PlanRead {
  readonly words: PlanWords;
  readonly unknown: readonly string[];
}

/**
 * Reads a support plan from a file. A town's published supporters come first and bear no mark; those that are only
 * assumed follow, and are marked so. `undefined` where the file has no plan.
 */
export function planFromFile(file: PlanFile, organizations: readonly Organization[]): PlanRead | undefined {
  const head = file.plan ?? file.assumedPlan;
  if (!head) return undefined;
  const unknown = new Set<string>();
  const idOf = (name: string): Id[] => {
    const found = organizations.find((o) => o.name === name || o.code === name);
    if (!found) unknown.add(name);
    return found ? [found.id] : [];
  };
  const rows = new Map<Id, Supporter[]>();
  const add = (affected: string, supporters: readonly string[], assumed: boolean): void => {
    for (const town of idOf(affected)) {
      const row = rows.get(town) ?? [];
      rows.set(town, row);
      for (const org of supporters.flatMap(idOf)) if (!row.some((s) => s.org === org)) row.push({ org, assumed });
    }
  };
  for (const row of file.plan?.rows ?? []) add(row.affected, row.supporters, false);
  for (const { affected, primary = [], secondary = [], supporters = [] } of file.published ?? []) add(affected, [...primary, ...secondary, ...supporters], false);
  for (const row of file.assumedPlan?.rows ?? []) add(row.affected, row.supporters, true);
  return {
    words: { name: head.name, from: head.from, rows: [...rows].map(([affected, supporters]): PlanRow => ({ affected, supporters })), ...(file.plan?.clockMinutes === undefined ? {} : { clockMinutes: file.plan.clockMinutes }) },
    unknown: [...unknown],
  };
}
