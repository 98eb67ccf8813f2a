import type { Redacts } from '@noroshi/foundations/redacts';
import { request, type Answer, type DispatchRequest, type Entry } from './dispatch-request.ts';

/** What people wrote in their own words, however deep it lies. What was chosen from a list, a time or a number is none. */
const chosen = new Set(['means', 'basis', 'damageReport', 'startDate', 'endDate', 'lodging', 'bring', 'priority', 'confirmed', 'jobType', 'skills', 'file', 'kind', 'type', 'sha256']);
const wordsIn = (value: unknown): string[] => (typeof value === 'string' ? [value] : Array.isArray(value) ? value.flatMap(wordsIn)
  : value && typeof value === 'object' ? Object.entries(value).flatMap(([field, one]) => (chosen.has(field) ? [] : wordsIn(one))) : []);

const reasonOf = (one: Entry): boolean => one.did !== 'committed';
const wordless = (all: readonly Entry[], goes: (one: Entry) => boolean): Entry[] => all.map((one) => {
  if (one.text === undefined || !goes(one)) return one;
  const { text: _text, ...rest } = one;
  return rest;
});
const answersOf = (now: DispatchRequest, change: (one: Answer) => Answer): DispatchRequest['answers'] => Object.fromEntries(Object.entries(now.answers).map(([key, one]) => [key, change(one)]));

/**
 * Lines and numbers stay, since people are counted by them, and so do all steps. What goes is what a town wrote beside them
 * (with what it carried), who comes with their telephone numbers, and why something was declined, called off or taken up.
 */
export const requestRedacts: Redacts<DispatchRequest> = {
  noun: request, inRoom: true, filesWith: 'text',
  fields: { text: ['details'], people: ['pledge'], reasons: ['text', 'words', 'request.moved.reason', 'request.escalated.reason', 'request.closed.reason'], files: [] },
  says({ details, answers, log, escalations, closed, revisions }, part) {
    const was = revisions.flatMap(({ changes }) => changes.flatMap(({ line, field, from }) => (line === undefined && field !== 'clockMinutes' && !chosen.has(field) ? wordsIn(from) : [])));
    if (part === 'text') return [...new Set([...wordsIn(details), ...was])];
    if (part === 'people') return [...new Set([...Object.values(answers).flatMap(({ pledge }) => wordsIn(pledge)), ...log.flatMap((one) => (reasonOf(one) ? [] : one.text ?? []))])];
    return part === 'reasons' ? [...new Set([
      ...log.flatMap((one) => (reasonOf(one) ? one.text ?? [] : [])), ...Object.values(answers).flatMap(({ declined }) => declined?.text ?? []), ...escalations.flatMap(({ reason, words }) => [reason, words].filter((one) => one !== undefined)), closed?.reason ?? [],
    ].flat())] : [];
  },
  without(now, parts) {
    let left = now;
    if (parts.has('text')) left = { ...left, details: {}, revisions: left.revisions.map((one) => ({ ...one, changes: one.changes.filter(({ line, field }) => line !== undefined || field === 'clockMinutes') })) };
    if (parts.has('people')) left = { ...left, answers: answersOf(left, (one) => ({ ...one, pledge: {} })), log: wordless(left.log, (one) => !reasonOf(one)) };
    if (!parts.has('reasons')) return left;
    const { closed, ...open } = left;
    return {
      ...open, log: wordless(left.log, reasonOf), ...(closed ? { closed: { as: closed.as, by: closed.by, org: closed.org, at: closed.at } } : {}),
      escalations: left.escalations.map(({ to, by, org, at }) => ({ to, by, org, at })),
      answers: answersOf(left, ({ declined, ...one }) => ({
        ...one, ...(declined ? { declined: { reason: declined.reason, ...(declined.withdrawn ? { withdrawn: true } : {}) } } : {}),
      })),
    };
  },
  bearing: ({ at, log, incident, drill }) => ({ at: Math.max(at, log.at(-1)?.at ?? 0), incident, drill }),
  href: (_now, id) => `/request/${id}`,
};
