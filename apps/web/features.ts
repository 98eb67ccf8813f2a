import { incidentWeb } from '@noroshi/features/incident/web';
import { requestWeb } from '@noroshi/features/request/web';
import { talkWeb } from '@noroshi/features/talk/web';
import type { WebRoom } from '@noroshi/foundations/web';

export { house } from './house.ts';

/** The rooms of which something stands on the first screens. */
export const firstRooms: readonly WebRoom[] = [talkWeb, requestWeb, incidentWeb];
