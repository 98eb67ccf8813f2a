import type { PageProps } from '@noroshi/foundations/web';
import AppointmentPage from './AppointmentPage.tsx';
import CalendarPage from './CalendarPage.tsx';
import OpenCalendarPage from './OpenCalendarPage.tsx';
import SettingsPage from './SettingsPage.tsx';
import WritePage from './WritePage.tsx';

/** Which screen of the calendar is asked for: an appointment, the place where one writes, the opening and the tending of a calendar; else what is when. */
export default function Screens({ params }: PageProps) {
  const { page, appointment } = params;
  if (appointment !== undefined) return <AppointmentPage params={params} />;
  return page === 'write' ? <WritePage /> : page === 'open' ? <OpenCalendarPage /> : page === 'settings' ? <SettingsPage /> : <CalendarPage />;
}
