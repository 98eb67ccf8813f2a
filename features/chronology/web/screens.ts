/** All screens of this room: fetched together when the first of them is wanted, for whoever comes to one soon needs the next. */
import type { PageProps } from '@noroshi/foundations/web';
import { h, type ComponentChildren } from 'preact';
import EntryPage from './EntryPage.tsx';
import ListPage from './ListPage.tsx';
import WritePage from './WritePage.tsx';

export { default as SentEntry } from './SentEntry.tsx';
export { instructionsOwed } from './owes.ts';

/** `/chronology/write`; one line of an incident; else the list. */
export default function ChronologyPage({ params }: PageProps): ComponentChildren {
  return params['incident'] === 'write' ? h(WritePage, {}) : h(params['entry'] ? EntryPage : ListPage, { params });
}
