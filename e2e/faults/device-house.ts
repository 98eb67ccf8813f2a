import { congestionFacts } from '@noroshi/features/congestion';
import { directoryFacts } from '@noroshi/features/directory';
import { incidentFacts } from '@noroshi/features/incident';
import { requestFacts } from '@noroshi/features/request';
import { talkFacts } from '@noroshi/features/talk';
import { filesFacts } from '@noroshi/foundations/files';
import { assembleForDevice, feature, type House } from '@noroshi/foundations/sync';
import { house as held, late } from '../../apps/web/house.ts';

const atOnce = [filesFacts, directoryFacts, talkFacts, incidentFacts, requestFacts, congestionFacts].map((room) => feature(room.name, room));

/**
 * The house as a device has it that has just been turned on: what comes late has not come yet, and comes with the first that
 * is heard or done of it. Each device has one of its own, since what has come stays.
 * @throws where it is not the house that goes out to devices
 */
export function deviceHouse(): House {
  const house = assembleForDevice(atOnce, late);
  if (house.knows !== held.knows) throw new Error('a device of a round does not know what a device in the field knows');
  return house;
}
