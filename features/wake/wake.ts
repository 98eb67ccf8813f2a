/** Whether and where a person can be woken, and what wakes them. */
import { feature } from '@noroshi/foundations/sync';
import { confirm, mine, sync, tryOut } from './device.ts';
import { reach, wakeStandings } from './reach.ts';
import { muteRoom, setHours } from './wishes.ts';

export { confirm, deviceStates, mine, sync, tryOut, type DeviceState, type Hours, type Mine } from './device.ts';
export { reach, wakeStandings, type WakeStanding } from './reach.ts';
export { mostMutes, muteRoom, setHours } from './wishes.ts';
export { isQuiet, whether, type Wishes } from './whether.ts';
export { says } from './says.ts';

export const wake = feature('wake', { doors: [sync, mine, tryOut, confirm, muteRoom, setHours, reach, wakeStandings] });
