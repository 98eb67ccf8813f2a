import { help as incident } from '@noroshi/features/incident/help';
import { help as request } from '@noroshi/features/request/help';
import { help as talk } from '@noroshi/features/talk/help';
import type { Topic } from '@noroshi/foundations/help';
import type { Key } from '@noroshi/foundations/i18n';
import { own } from './shell/help/own.tsx';

/** What each room says of its screens, in the order of all that is explained. No screen needs it, so it comes when someone asks, as `more.ts` does. */
export const explained: readonly { readonly room: string; readonly under: Key; readonly topics: readonly Topic[] }[] = [
  { room: 'shell', under: 'help.everyday', topics: own },
  { room: 'talk', under: 'nav.talk', topics: talk },
  { room: 'request', under: 'nav.request', topics: request },
  { room: 'incident', under: 'incident.page.list', topics: incident },
];
