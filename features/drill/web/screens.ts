/** All screens of this room: fetched together when the first of them is wanted. */
import type { PageProps } from '@noroshi/foundations/web';
import { h, type ComponentChildren } from 'preact';
import DeskPage from './DeskPage.tsx';
import ListPage from './ListPage.tsx';
import ResultPage from './ResultPage.tsx';
import StartPage from './StartPage.tsx';

export { pointsOwed } from './owes.ts';

/** `/drills`; `/drills/start`; of one drill its desk, or its result. */
export default function DrillPage({ params }: PageProps): ComponentChildren {
  const { drill, part } = params;
  if (drill === undefined) return h(ListPage, {});
  return drill === 'start' ? h(StartPage, {}) : h(part === 'result' ? ResultPage : DeskPage, { key: drill, incident: drill });
}
