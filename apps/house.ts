import { account } from '@noroshi/features/account';
import { boards } from '@noroshi/features/board';
import { calendars } from '@noroshi/features/calendar';
import { calls } from '@noroshi/features/call';
import { chaseOf } from '@noroshi/features/chase';
import { chronology } from '@noroshi/features/chronology';
import { contacts } from '@noroshi/features/contacts';
import { congestionOrders } from '@noroshi/features/congestion';
import { damage } from '@noroshi/features/damage';
import { directory } from '@noroshi/features/directory';
import { drills } from '@noroshi/features/drill';
import { federation } from '@noroshi/features/federation';
import { incidents } from '@noroshi/features/incident';
import { past } from '@noroshi/features/past';
import { record } from '@noroshi/features/record';
import { requests } from '@noroshi/features/request';
import { rotas } from '@noroshi/features/rota';
import { search } from '@noroshi/features/search';
import { setup } from '@noroshi/features/setup';
import { situations } from '@noroshi/features/situation';
import { surveys } from '@noroshi/features/survey';
import { talk } from '@noroshi/features/talk';
import { wake } from '@noroshi/features/wake';
import { files } from '@noroshi/foundations/files';
import { assembleForServer } from '@noroshi/foundations/sync';
import { asked } from './asked.ts';
import { keeping } from './keeping.ts';

/** Every room of the house, named once for both shores. */
export const features = [files, directory, account, talk, incidents, requests, calls, contacts, damage, chronology, boards, calendars, rotas, chaseOf(asked), surveys, past, federation, congestionOrders, search, setup, situations, wake, record, keeping, drills];

export const house = assembleForServer(features);
