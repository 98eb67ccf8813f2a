/** The screens of the address book, and the star on the card of someone in it. */
import type { WebRoom } from '@noroshi/foundations/web';

/** @param meet has the room here before a screen of it is drawn, or what waits in the outbox is laid over what is held */
export function contactsWeb(meet: () => Promise<void>): WebRoom {
  const load = async () => (await meet(), import('./screens.ts'));
  const words = async () => ({ default: (await load()).SentContact });
  return {
    name: 'contacts',
    inside: true,
    pages: ['/people', '/contacts/:contact'].map((path) => ({ path, load })),
    aboutPerson: [async () => ({ default: (await load()).PersonStar })],
    undone: {
      'contacts.put': { words, mend: ({ id }) => `/contacts/write?again=${id}` },
      'contacts.amend': { words, mend: ({ id, input }) => `/contacts/write?again=${id}&contact=${(input as { contact: string }).contact}` },
    },
  };
}
