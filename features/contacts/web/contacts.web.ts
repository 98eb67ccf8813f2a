/** The screens of the address book, and the star on the card of someone in it. */
import { mappedLater } from '@noroshi/foundations/sync/web';
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
    // Where nothing stands, nothing is fetched. What is owed is worked out beside what is watched: nothing is followed beyond a fetch.
    owes: (stair) => mappedLater(stair.together('contacts', async () => {
      const { actor: { role, org }, replica } = stair;
      // Whoever keeps no list is asked about none, and their Home reads none.
      if (role === 'guest' || (role === 'member' && (await replica.get<{ readonly kind: string }>('organization', org))?.kind !== 'prefecture')) return [[]];
      return Promise.all([replica.all('contact'), replica.all('incident'), replica.outbox.item.toArray()]);
    }), async ([held]) => (held && held.length > 0 ? (await load()).contactsOwe(stair) : [])),
    undone: {
      'contacts.put': { words, mend: ({ id }) => `/contacts/write?again=${id}` },
      'contacts.amend': { words, mend: ({ id, input }) => `/contacts/write?again=${id}&contact=${(input as { contact: string }).contact}` },
    },
  };
}
