import { accountWeb } from '@noroshi/features/account/web';
import { boardWeb } from '@noroshi/features/board/web';
import { calendarWeb } from '@noroshi/features/calendar/web';
import { callWeb } from '@noroshi/features/call/web';
import { chaseWeb } from '@noroshi/features/chase/web';
import { chronologyWeb } from '@noroshi/features/chronology/web';
import { contactsWeb } from '@noroshi/features/contacts/web';
import { congestionWeb } from '@noroshi/features/congestion/web';
import { damageWeb } from '@noroshi/features/damage/web';
import { directoryWeb } from '@noroshi/features/directory/web';
import { drillWeb } from '@noroshi/features/drill/web';
import { federationWeb } from '@noroshi/features/federation/web';
import { keepingWeb } from '@noroshi/features/keeping/web';
import { pastWeb } from '@noroshi/features/past/web';
import { recordWeb } from '@noroshi/features/record/web';
import { rotaWeb } from '@noroshi/features/rota/web';
import { searchWeb } from '@noroshi/features/search/web';
import { setupWeb } from '@noroshi/features/setup/web';
import { situationWeb } from '@noroshi/features/situation/web';
import { wakeWeb } from '@noroshi/features/wake/web';
import { welcomeWeb } from '@noroshi/features/welcome/web';
import { surveyWeb } from '@noroshi/features/survey/web';
import type { WebRoom } from '@noroshi/foundations/web';
import { firstRooms, house } from './features.ts';

const meet = (late: string) => (): Promise<void> => house.late!.meet(late);

/** What asks for an answer and who holds the line, with the rooms that they speak of. */
async function whatIsChased(): Promise<typeof import('../asked.ts') & typeof import('../duty.ts')> {
  const [asks, holds] = await Promise.all([import('../asked.ts'), import('../duty.ts'), ...['chase', 'rota', 'survey'].map((late) => meet(late)())]);
  return { ...asks, ...holds };
}

/** The screens of each room. The order is that of their entries on a page. */
export const rooms: readonly WebRoom[] = [
  ...firstRooms,
  situationWeb,
  damageWeb(meet('damage')),
  chronologyWeb(meet('chronology')),
  boardWeb(meet('board')),
  surveyWeb(meet('survey')),
  calendarWeb(meet('calendar')),
  callWeb(meet('call')),
  chaseWeb(whatIsChased),
  rotaWeb(meet('rota')),
  contactsWeb(meet('contacts')),
  directoryWeb,
  congestionWeb,
  searchWeb(async () => (await Promise.all(['damage', 'board', 'chronology', 'calendar', 'contacts'].map((late) => meet(late)())), import('../found.ts'))),
  accountWeb,
  wakeWeb,
  welcomeWeb,
  setupWeb,
  pastWeb(meet('past')),
  recordWeb(meet('record')),
  federationWeb(meet('federation')),
  keepingWeb(meet('keeping')),
  { name: 'more', offers: () => import('./more.ts') },
  drillWeb(meet('drill')),
];
