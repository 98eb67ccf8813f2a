import { chaseFacts } from '@noroshi/features/chase';
import { congestionFacts } from '@noroshi/features/congestion';
import { directoryFacts } from '@noroshi/features/directory';
import { incidentFacts } from '@noroshi/features/incident';
import { requestFacts } from '@noroshi/features/request';
import { talkFacts } from '@noroshi/features/talk';
import { filesFacts } from '@noroshi/foundations/files';
import { assemble, feature } from '@noroshi/foundations/sync';

/**
 * The house as a device holds it: what can become true. Deeds come with the pages that do them, so that the first
 * screen does not wait for all of them. A test compares it with the whole house.
 */
export const house = assemble([filesFacts, directoryFacts, talkFacts, incidentFacts, requestFacts, chaseFacts, congestionFacts].map((room) => feature(room.name, room)));
