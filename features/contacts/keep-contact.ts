import { theOrganization, type Organization } from '@noroshi/features/directory';
import { allowed, idShape, refused, type Actor, type Verdict } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { contactAmended, contactConfirmed, contactPut, contactRemoved, contentShape, theContact, theCount, type Contact, type Content } from './contact.ts';
import { mayKeep } from './may-keep.ts';

/** As many stand in one list; a device holds all lists whole. */
export const mostContacts = 1_000;

/** What is wrong with a contact: it must have a way by which it is reached. (AB2) */
export const checkContent = ({ phones, email }: Pick<Content, 'phones' | 'email'>): Verdict => (phones.length === 0 && email === undefined ? refused('contacts.noWay') : allowed);

/** Of which organization's list, which contact, and which of its revisions the writer had before them. Named together, since a rule looks them up at once. */
const one = { org: idShape, contact: idShape, sees: z.int().check(z.minimum(1)) };
const facts = ({ org, contact: id }: { org: string; contact: string }) => ({ of: theOrganization(org), now: theContact(id) });

/** Whether it is this person's to keep, and stands as they saw it. */
function checkSeen(actor: Actor, { of, now }: { of: Organization | undefined; now: Contact | undefined }, { sees }: { sees: number }): Verdict {
  const verdict = mayKeep(actor, of);
  if (!verdict.ok) return verdict;
  if (!now || now.org !== of!.id) return refused('contacts.notFound');
  if (now.removed) return refused('contacts.gone');
  return now.rev === sees ? allowed : refused('contacts.changedMeanwhile');
}

/** 連絡先を加える. */
export const putContact = command('contacts.put', {
  about: 'Puts someone outside the house into the contacts of an organization: a ministry, a hospital, a power company. All inside see it.',
  input: z.strictObject({ id: idShape, org: idShape, ...contentShape.def.shape }),
  streams: () => [workspaceStream],
  needs: ({ id, org }) => ({ of: theOrganization(org), same: theContact(id), count: theCount(org) }),
  may(actor, { of, same, count }, input) {
    const verdict = mayKeep(actor, of);
    if (!verdict.ok) return verdict;
    if (same) return refused('command.idTaken');
    return (count?.n ?? 0) >= mostContacts ? refused('contacts.tooMany', { most: mostContacts }) : checkContent(input);
  },
  then: (input) => [happens(contactPut, input)],
});
export type Put = z.output<typeof putContact.input>;

/** 直す. Whoever looked it over and wrote it anew has checked it, too. */
export const amendContact = command('contacts.amend', {
  about: 'Writes a contact anew, whole. Names what the writer had before them, so that nobody writes unseen over what a colleague has just written.',
  input: z.strictObject({ ...one, ...contentShape.def.shape }),
  streams: () => [workspaceStream],
  needs: facts,
  may(actor, known, input) {
    const verdict = checkSeen(actor, known, input);
    return verdict.ok ? checkContent(input) : verdict;
  },
  then: ({ org: _org, sees: _sees, ...said }) => [happens(contactAmended, said)],
});

/** 消す. */
export const removeContact = command('contacts.remove', {
  about: 'Takes a contact out. Its words leave what goes out to devices; that it stood there stays.',
  input: z.strictObject(one),
  streams: () => [workspaceStream],
  needs: facts,
  may: checkSeen,
  then: ({ org, contact }) => [happens(contactRemoved, { org, contact })],
});

/** まだ合っています: it was looked at, and is as it stands. */
export const confirmContact = command('contacts.confirm', {
  about: 'Says that a contact is still right as it stands; it is asked again a year later.',
  input: z.strictObject(one),
  streams: () => [workspaceStream],
  needs: facts,
  may: checkSeen,
  then: ({ contact }) => [happens(contactConfirmed, { contact })],
});
