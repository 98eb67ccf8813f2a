/** The screens of 安否確認・参集・アンケート. */
import { mappedLater } from '@noroshi/foundations/sync/web';
import type { WebRoom } from '@noroshi/foundations/web';

/** @param meet has the room here before a screen of it is drawn, or what waits in the outbox is laid over what is held */
export function surveyWeb(meet: () => Promise<void>): WebRoom {
  const load = async () => (await meet(), import('./screens.ts'));
  return {
    name: 'survey',
    inside: true,
    pages: ['/survey', '/survey/:survey', '/survey/:survey/:part'].map((path) => ({ path, load })),
    undone: { 'survey.answer': { words: async () => ({ default: (await load()).SentAnswer }), mend: ({ id }) => `/survey/again/${id}` } },
    // Where nobody was asked anything, nothing is fetched. What is owed is worked out beside what is watched: nothing is followed beyond a fetch.
    owes: (stair) => mappedLater(stair.together('survey', () => Promise.all([stair.replica.all('survey'), stair.replica.all('incident'), stair.replica.outbox.item.toArray()])), async ([asked]) => (asked.length > 0 ? (await meet(), (await import('./owes.ts')).surveyOwes(stair)) : [])),
    aboutIncident: [async () => ({ default: (await load()).AskOffer })],
    // By itself: Home is opened far more often than this room.
    homeNotes: [async () => (await meet(), import('./HomeNote.tsx'))],
  };
}
