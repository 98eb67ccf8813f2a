import type { Finds } from '@noroshi/foundations/found';
import { request, type DispatchRequest } from './dispatch-request.ts';
import { detailFields, dutyInWords, inWords, lineFields, pledgeInWords } from './in-words.ts';

/** Of these nobody looks for the words: they name other things, or are a time. */
const unsearched: readonly string[] = ['damageReport', 'files', 'requestedAt'];

/** Requests by their number, who asks, what for, and what was answered. */
export const requestFound: Finds<DispatchRequest> = {
  noun: request.noun, shelf: 'request',
  things({ id, at, by, no, org, lines, details, answers, escalations, closed }, _id, words, names) {
    const said = (of: object, fields: readonly string[]): string[] => fields.flatMap((field) => {
      const value = (of as Record<string, unknown>)[field];
      return value === undefined || unsearched.includes(field) ? [] : [inWords(field, value, words)];
    });
    return [{ id, at, by, words: [
      no, names.org(org), ...lines.flatMap((line) => [dutyInWords(line, words), ...said(line, lineFields)]), ...said(details, detailFields),
      ...Object.values(answers).flatMap((answer) => [names.org(answer.org), ...pledgeInWords(answer.pledge, words).map(({ says }) => says), answer.declined?.text]),
      ...escalations.map(({ reason }) => reason), closed?.reason,
    ].filter(Boolean).join('\n') }];
  },
  shows: ({ id, no, org, lines, drill }, _thing, words, names) => ({
    title: [no, names.org(org), words.beside(lines.filter((line) => !line.withdrawn).map((line) => `${dutyInWords(line, words)} ${words.t('request.people', { n: line.count })}`))].filter(Boolean).join(' '),
    href: `/request/${id}`, drill,
  }),
};
