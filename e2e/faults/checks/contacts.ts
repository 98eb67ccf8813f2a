import { contact, favourites, type Contact, type Favourites } from '@noroshi/features/contacts';
import type { Id } from '@noroshi/foundations/kernel';
import type { RoomCheck } from './story.ts';

/** Someone's favourites are the same on all of their devices and on nobody else's, and each contact is the one that was written last. */
export const checkContacts: RoomCheck = ({ events, views }, findings) => {
  const taken = new Map<Id, Id[]>();
  const written = new Map<Id, { times: number; number: string }>();
  for (const { kind, by, body } of events) {
    if (kind === 'contacts.favoured') taken.set(by, [...(taken.get(by) ?? []).filter((one) => one !== body.of), ...(body.on ? [body.of] : [])]);
    else if (kind === 'contacts.put') written.set(body.id, { times: 1, number: body.phones[0].number });
    else if (kind === 'contacts.amended') written.set(body.contact, { times: written.get(body.contact)!.times + 1, number: body.phones[0].number });
    else if (kind === 'contacts.removed') written.set(body.contact, { times: written.get(body.contact)!.times + 1, number: '' });
  }
  for (const { where, who, docs } of views) {
    const mine = docs<Favourites>(favourites.noun);
    for (const { id, value } of mine) {
      if (who && id !== who.person) findings.add('leaked', `the favourites of ${id} are ${where}`);
      if (value.of.join() !== (taken.get(id) ?? []).join()) findings.add('wrongSums', `the favourites of ${id} ${where}: ${value.of.join()}, by hand ${(taken.get(id) ?? []).join()}`);
    }
    if (who && taken.has(who.person) && mine.every(({ id }) => id !== who.person)) findings.add('wrongSums', `the favourites of ${who.person} are not ${where}`);
    for (const { id, value: { rev, phones } } of docs<Contact>(contact.noun)) {
      const due = written.get(id);
      if (due?.times !== rev || due.number !== (phones[0]?.number ?? '')) findings.add('wrongSums', `contact ${id} ${where}: version ${rev} with ${phones[0]?.number}, by hand ${due?.times} with ${due?.number}`);
    }
  }
};
