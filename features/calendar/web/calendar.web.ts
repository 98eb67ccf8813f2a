/** The screens of the calendar. */
import type { WebRoom } from '@noroshi/foundations/web';

/** @param meet has the room here before a screen of it is drawn, or what waits in the outbox is laid over what is held */
export function calendarWeb(meet: () => Promise<void>): WebRoom {
  // One door for all of its screens: what stands behind it is chosen where it is drawn.
  const load = async () => (await meet(), import('./screens.ts'));
  return {
    name: 'calendar',
    pages: ['/calendar', '/calendar/:page', '/calendar/:calendar/:appointment'].map((path) => ({ path, load })),
    undone: { 'calendar.putAppointment': { words: async () => ({ default: (await load()).SentAppointment }), mend: ({ id }) => `/calendar/write?again=${id}` } },
    homeNotes: [async () => ({ default: (await load()).HomeNote })],
  };
}
