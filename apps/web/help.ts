import { help as account } from '@noroshi/features/account/help';
import { help as board } from '@noroshi/features/board/help';
import { help as calendar } from '@noroshi/features/calendar/help';
import { help as call } from '@noroshi/features/call/help';
import { help as chase } from '@noroshi/features/chase/help';
import { help as chronology } from '@noroshi/features/chronology/help';
import { help as congestion } from '@noroshi/features/congestion/help';
import { help as contacts } from '@noroshi/features/contacts/help';
import { help as damage } from '@noroshi/features/damage/help';
import { help as directory } from '@noroshi/features/directory/help';
import { help as drill } from '@noroshi/features/drill/help';
import { help as federation } from '@noroshi/features/federation/help';
import { help as incident } from '@noroshi/features/incident/help';
import { help as keeping } from '@noroshi/features/keeping/help';
import { help as past } from '@noroshi/features/past/help';
import { help as record } from '@noroshi/features/record/help';
import { help as request } from '@noroshi/features/request/help';
import { help as rota } from '@noroshi/features/rota/help';
import { help as search } from '@noroshi/features/search/help';
import { help as setup } from '@noroshi/features/setup/help';
import { help as situation } from '@noroshi/features/situation/help';
import { help as survey } from '@noroshi/features/survey/help';
import { help as talk } from '@noroshi/features/talk/help';
import { help as wake } from '@noroshi/features/wake/help';
import { help as welcome } from '@noroshi/features/welcome/help';
import type { Topic } from '@noroshi/foundations/help';
import type { Key } from '@noroshi/foundations/i18n';
import { own } from './shell/help/own.tsx';

/** What each room says of its screens, in the order of all that is explained. No screen needs it, so it comes when someone asks, as `more.ts` does. */
export const explained: readonly { readonly room: string; readonly under: Key; readonly topics: readonly Topic[]; readonly inside?: true }[] = [
  { room: 'shell', under: 'help.everyday', topics: own },
  { room: 'talk', under: 'nav.talk', topics: talk },
  // A guest's device has pages for requests, and never one to show.
  { room: 'request', under: 'nav.request', topics: request, inside: true },
  { room: 'incident', under: 'incident.page.list', topics: incident },
  { room: 'situation', under: 'situation.title', topics: situation },
  { room: 'damage', under: 'damage.title', topics: damage },
  { room: 'chronology', under: 'chronology.title', topics: chronology },
  { room: 'drill', under: 'drill.title', topics: drill },
  { room: 'board', under: 'board.title', topics: board },
  { room: 'survey', under: 'survey.entry', topics: survey },
  { room: 'calendar', under: 'calendar.title', topics: calendar },
  { room: 'rota', under: 'rota.title', topics: rota },
  { room: 'call', under: 'call.title', topics: call },
  { room: 'chase', under: 'chase.title', topics: chase },
  { room: 'contacts', under: 'people.title', topics: contacts },
  { room: 'directory', under: 'help.directory.under', topics: directory },
  { room: 'search', under: 'search.title', topics: search },
  { room: 'congestion', under: 'congestion.title', topics: congestion },
  { room: 'account', under: 'help.account', topics: account },
  { room: 'wake', under: 'wake.title', topics: wake },
  { room: 'welcome', under: 'welcome.title', topics: welcome },
  { room: 'setup', under: 'setup.title', topics: setup },
  { room: 'past', under: 'past.title', topics: past },
  { room: 'record', under: 'record.title', topics: record },
  { room: 'keeping', under: 'keeping.title', topics: keeping },
  { room: 'federation', under: 'federation.title', topics: federation },
];
