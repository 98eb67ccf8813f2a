import { theOrganization } from '@noroshi/features/directory';
import { allowed, idShape, refused, type Id } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream, type Effect, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { sameContent } from './check-cards.ts';
import { contactAmended, contactPut, contentShape, theContact, theCount, type Contact } from './contact.ts';
import { checkContent, mostContacts } from './keep-contact.ts';
import { mayKeep } from './may-keep.ts';

/** So many go in at once; a file of more goes in bit by bit. */
export const mostAtOnce = 50;

/** 取り込む: cards of a file, each under an id that follows from it, so that the same file twice makes each contact once. (AB9) */
export const importContacts = command('contacts.import', {
  about: 'Puts contacts from a file into the list of an organization. One that is there is written anew; one that was taken out there stays out.',
  input: z.strictObject({ org: idShape, contacts: z.array(z.strictObject({ id: idShape, ...contentShape.def.shape })).check(z.minLength(1), z.maxLength(mostAtOnce)) }),
  streams: () => [workspaceStream],
  needs: ({ org, contacts }) => ({ of: theOrganization(org), count: theCount(org), ...Object.fromEntries(contacts.map(({ id }) => [`@${id}`, theContact(id)])) as Record<`@${Id}`, Ref<Contact>> }),
  may(actor, facts, { org, contacts }) {
    const { of, count } = facts;
    const verdict = mayKeep(actor, of);
    if (!verdict.ok) return verdict;
    const held = contacts.map(({ id }) => (facts as Readonly<Record<`@${Id}`, Contact | undefined>>)[`@${id}`]);
    if (new Set(contacts.map(({ id }) => id)).size < contacts.length || held.some((one) => one && one.org !== org)) return refused('command.idTaken');
    if ((count?.n ?? 0) + held.filter((one) => !one).length > mostContacts) return refused('contacts.tooMany', { most: mostContacts });
    return contacts.map(checkContent).find(({ ok }) => !ok) ?? allowed;
  },
  then({ org, contacts }, facts): Effect[] {
    return contacts.flatMap(({ id, ...content }): Effect[] => {
      const before = (facts as Readonly<Record<`@${Id}`, Contact | undefined>>)[`@${id}`];
      if (!before) return [happens(contactPut, { id, org, ...content })];
      return before.removed || sameContent(before, content) ? [] : [happens(contactAmended, { contact: id, ...content })];
    });
  },
});
