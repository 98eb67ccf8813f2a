import type { WebRoom } from '@noroshi/foundations/web';

export { nameFor, readBook, type Book } from './book.ts';
export { sorted } from './sorted.ts';
export { BookPage } from './BookPage.tsx';
export { letters, save } from './file.ts';
export { NumbersField, PhonesField, type PhoneDraft } from './PhonesField.tsx';
export { readPhones } from './read-phones.ts';
export { useNames } from './use-names.ts';
export { UrgentRight } from './UrgentRight.tsx';

/** The address book, and its administration. */
export const directoryWeb: WebRoom = {
  name: 'directory',
  inside: true,
  pages: [
    { path: '/people/:person', load: () => import('./PersonPage.tsx') },
    { path: '/people/:person/edit', load: () => import('./EditPersonPage.tsx') },
    { path: '/admin/posts', load: () => import('./PostsPage.tsx') },
    { path: '/admin/table', load: () => import('./TablePage.tsx') },
    { path: '/admin/organizations', load: () => import('./OrganizationsPage.tsx') },
    { path: '/admin/organizations/:organization', load: () => import('./OrganizationPage.tsx') },
  ],
};
