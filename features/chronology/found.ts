import type { Finds } from '@noroshi/foundations/found';
import { entry, type Entry } from './entry.ts';

/** The lines that people wrote. What the house did by itself is found where it was done. */
export const chronologyFound: Finds<Entry> = {
  noun: entry.noun, shelf: 'chronology',
  things: ({ id, at, by, no, content, from, to, place, unit, town }, _id, { t }, names) => [{
    id, at, by, words: [t('chronology.no', { no }), content, from, to, place, unit, town && names.org(town)].filter(Boolean).join('\n'),
  }],
  shows: ({ id, no, incident, kind, drill }, _thing, { t }) => ({ title: `${t('chronology.no', { no })} ${t(`chronology.kind.${kind}`)}`, href: `/chronology/${incident}/${id}`, drill }),
};
