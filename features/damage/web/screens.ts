/** All screens of this room: fetched together when the first of them is wanted, for whoever comes to one soon needs the next. */
import type { PageProps } from '@noroshi/foundations/web';
import { h, type ComponentChildren } from 'preact';
import DamagePage from './DamagePage.tsx';
import FormPage from './FormPage.tsx';
import PopulationPage from './PopulationPage.tsx';
import ReportPage from './ReportPage.tsx';
import SheetPage from './SheetPage.tsx';

export { default as SentReport } from './SentReport.tsx';
export { chronicles } from './chronicles.ts';
export { sees } from './sees.ts';

/** `/damage/report`; `/damage/form`; `/damage/population`; the sheet of a town; else the damage of an incident. */
export default function Screen({ params }: PageProps): ComponentChildren {
  if (params['incident'] === 'form') return h(FormPage, {});
  if (params['incident'] === 'population') return h(PopulationPage, {});
  return params['incident'] === 'report' ? h(ReportPage, {}) : h(params['organization'] ? SheetPage : DamagePage, { params });
}
