import type { Finds } from '@noroshi/foundations/found';
import { contact, type Contact } from './contact.ts';

/** Whom one rings outside the house, among those who are found by name and number. */
export const contactFound: Finds<Contact> = {
  noun: contact.noun, shelf: 'person',
  things: ({ id, name, kana, desk, person, personKana, phones, email, place, note, removed }) => [{
    id, words: removed ? '' : [name, kana, desk, person, personKana, ...phones.map(({ number }) => number), email, place, note].filter(Boolean).join('\n'),
  }],
  shows: ({ id, name, desk, person }, _thing, { t }) => ({ title: [name, desk, person].filter(Boolean).join(' ') || t('note.keeping.redacted'), href: `/contacts/${id}` }),
};
