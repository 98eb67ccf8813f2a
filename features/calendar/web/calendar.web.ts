/** The screens of the calendar. */
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import type { WebRoom } from '@noroshi/foundations/web';

/** The deeds that carry what someone wrote, and which times each is about: refused, they come back into the form. */
const written = { putAppointment: 'new', amendAppointment: 'all', amendOne: 'one', amendFollowing: 'following' };
interface Said { readonly calendar: string; readonly appointment?: string; readonly on?: string }
const pageOf = ({ calendar, appointment, on }: Said, scope: string): string => (appointment ? `&calendar=${calendar}&appointment=${appointment}&scope=${scope}${on ? `&on=${on}` : ''}` : '');

/** @param meet has the room here before a screen of it is drawn, or what waits in the outbox is laid over what is held */
export function calendarWeb(meet: () => Promise<void>): WebRoom {
  // One door for all of its screens: what stands behind it is chosen where it is drawn.
  const load = async () => (await meet(), import('./screens.ts'));
  return {
    name: 'calendar',
    pages: ['/calendar', '/calendar/:page', '/calendar/:calendar/:appointment'].map((path) => ({ path, load })),
    undone: Object.fromEntries(Object.entries(written).map(([deed, scope]) => [`calendar.${deed}`, { words: async () => ({ default: (await load()).SentAppointment }), mend: ({ id, input }: OutboxItem) => `/calendar/write?again=${id}${pageOf(input as Said, scope)}` }])),
    // By itself: Home is opened far more often than this room.
    homeNotes: [async () => (await meet(), import('./HomeNote.tsx'))],
  };
}
