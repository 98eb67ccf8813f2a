import { refused } from '@noroshi/foundations/kernel';
import { clockShape } from '@noroshi/features/incident';
import { command, happens, type Effect } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { changesBetween } from './changes.ts';
import { checkContent } from './check-content.ts';
import { about, wind } from './clock.ts';
import { detailsShape, lineIdShape, lineWords, mostLines, type Line } from './content.ts';
import { revised, type DispatchRequest } from './dispatch-request.ts';
import { addressed, andThen, asIf, isOpen, mayAsk, needsOf, streamsOf, tell } from './rules.ts';
import { sumsOf } from './sums.ts';
import { checkReport, filesBetween, needsReport } from './what-belongs.ts';

const input = z.strictObject({
  ...addressed,
  /** The revision this one was written upon. */
  sees: z.int().check(z.minimum(1)),
  /** Lines that change, by their number, and new ones without. Lines not named stay as they are. */
  lines: z.optional(z.array(z.strictObject({ id: z.optional(lineIdShape), ...lineWords })).check(z.maxLength(mostLines))),
  /** Lines no longer needed. What was promised for them shows as surplus. */
  withdraw: z.optional(z.array(lineIdShape).check(z.maxLength(mostLines))),
  /** All details as they are from now on. */
  details: z.optional(detailsShape),
  clockMinutes: z.optional(clockShape),
});

/** The lines as they will be. New ones get the next free number. */
function linesAfter(now: DispatchRequest, { lines = [], withdraw = [] }: z.output<typeof input>): Line[] {
  const changed = new Map(lines.flatMap(({ id, ...words }) => (id === undefined ? [] : [[id, words] as const])));
  const kept = now.lines.map((line): Line => {
    const words = changed.get(line.id);
    return { ...(words ? { id: line.id, ...words } : line), ...(withdraw.includes(line.id) ? { withdrawn: true } : {}) };
  });
  const fresh = lines.filter((line) => line.id === undefined).map(({ id: _none, ...words }, i) => ({ id: now.lines.length + i + 1, ...words }));
  return [...kept, ...fresh];
}

const contentAfter = (now: DispatchRequest, said: z.output<typeof input>) => ({
  lines: linesAfter(now, said), details: said.details ?? now.details, clockMinutes: said.clockMinutes ?? now.clockMinutes,
});

/** 変更 第n報: the asker says it better. What changed is marked, old and new. */
export const revise = command('request.revise', {
  about: 'Changes a request or adds to it: a new revision. More to ask for begins again with the primary supporter and its clock.',
  input,
  streams: streamsOf,
  needs: (said, actor) => ({ ...needsOf(said, actor), ...needsReport(said.details) }),
  may(actor, here, said) {
    const open = isOpen(here);
    if (!open.ok) return open;
    const now = here.request!;
    const verdict = mayAsk(actor, now);
    if (!verdict.ok) return verdict;
    if (said.sees !== now.rev) return refused('request.revisedMeanwhile', { rev: now.rev });
    const unknown = [...(said.lines ?? []).flatMap((l) => l.id ?? []), ...(said.withdraw ?? [])].find((id) => !now.lines.some((l) => l.id === id));
    if (unknown !== undefined) return refused('request.lineNotFound', { line: unknown });
    const after = contentAfter(now, said);
    if (after.lines.length > mostLines) return refused('request.tooManyLines', { max: mostLines });
    if (after.lines.every((line) => line.withdrawn)) return refused('request.lastLine');
    if (changesBetween(now, after).length === 0) return refused('request.nothingChanged');
    const told = checkReport(now.details, after.details, here.report);
    return told.ok ? checkContent(after.lines, after.details) : told;
  },
  then(said, { request, mine }, actor, when): Effect[] {
    const now = request!;
    const effect = happens(revised, { request: now.id, ...contentAfter(now, said) }, about(now));
    const after = asIf(now, [effect], actor, when);
    const asked = Object.entries(after.stages).some(([line, stage]) => stage.tier === 'primary' && stage.since === when.now && now.stages[line]?.since !== when.now);
    return [
      ...andThen(now, [effect, ...filesBetween(now.id, now.details, after.details, about(now)), tell(now, 'revised', { rev: after.rev, by: mine, needed: sumsOf(after).total.needed }, when)], actor, when, { mine: mine?.name ?? '' }),
      ...(asked ? [wind(now, when.now + after.clockMinutes * 60_000, 'clock/again')] : []),
    ];
  },
});
