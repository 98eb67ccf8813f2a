import type { Finds } from '@noroshi/foundations/found';
import { nameIn, organization, type Organization } from './organization.ts';
import { person, type Person } from './person.ts';
import { post, type Post } from './post.ts';

/** People by their names and telephones. A priority line is no word to look for: its number is not passed on. */
export const personFound: Finds<Person> = {
  noun: person.noun, shelf: 'person',
  things: ({ id, name, kana, org, phones, email, disabled }, _id, _words, names) => [{
    id, words: disabled ? '' : [name, kana, names.org(org), ...phones.filter(({ priority }) => !priority).map(({ number }) => number), email].filter(Boolean).join('\n'),
  }],
  shows: ({ id, name, org }, _thing, _words, names) => ({ title: [names.org(org), name].filter(Boolean).join(' '), href: `/people/${id}` }),
};

/** Desks by their titles. One opens who sits there. */
export const postFound: Finds<Post> = {
  noun: post.noun, shelf: 'person',
  things: ({ id, org, title }, _id, _words, names) => [{ id, words: [title, names.org(org)].filter(Boolean).join('\n') }],
  shows: ({ org, title, holder }, _thing, _words, names) => ({ title: [names.org(org), title, holder && names.person(holder)].filter(Boolean).join(' '), href: holder ? `/people/${holder}` : '/people' }),
};

/** Organizations by their names. */
export const organizationFound: Finds<Organization> = {
  noun: organization.noun, shelf: 'organization',
  things: ({ id, name, kana, romaji }) => [{ id, words: [name, kana, romaji].filter(Boolean).join('\n') }],
  shows: (value, _thing, { language }) => ({ title: nameIn(value, language), href: '/people' }),
};
