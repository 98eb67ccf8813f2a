import type { Finds } from '@noroshi/foundations/found';
import { lineId, pageId, pastPage, type PastPage } from './page.ts';

/** What was said before, line by line. No device holds it: it is found on the server alone, and opened at its time. */
export const pastFound: Finds<PastPage> = {
  noun: pastPage.noun, shelf: 'past',
  things: ({ past, page, lines }) => lines.map(({ at, who, person, words }, i) => ({
    id: lineId(pageId(past, page), i), at, ...(person ? { by: person } : {}),
    words: words ? [who, words.title, words.text, words.comments].filter(Boolean).join('\n') : '',
  })),
  opens: (line, at, place) => `/past/${place}?line=${line}&at=${at ?? 0}`,
};
