import type { WebRoom } from '@noroshi/foundations/web';

/** Coming in, one's devices, one's password. */
export const accountWeb: WebRoom = {
  name: 'account',
  iconApart: [() => import('./CarryOver.tsx')],
  pages: [
    { path: '/admin/people', load: () => import('./PeopleAdminPage.tsx') },
    { path: '/admin/people/new', load: () => import('./NewPersonPage.tsx') },
    { path: '/admin/people/:person', load: () => import('./PersonAdminPage.tsx') },
    { path: '/account/devices', load: () => import('./DevicesPage.tsx') },
    { path: '/account/password', load: () => import('./PasswordPage.tsx') },
  ],
};
