import type { Told } from '@noroshi/foundations/asked';
import type { Incident } from '@noroshi/features/incident';
import type { Room } from '@noroshi/features/talk';

/** Whether it told of an incident that is over: a false alarm, ended after a minute, asks nobody any more. What was asked meanwhile goes on. */
export const isCalledOff = (tells: Told | undefined, incident: Pick<Incident, 'closedAt'> | undefined): boolean => tells?.announces === true && incident?.closedAt !== undefined;

/** The same as the room knows it, for a rule that is handed no more: it has learnt of each incident that its talk tells of, and that it is over. */
export const isCalledOffIn = (room: Pick<Room, 'incidents'>, tells: Told): boolean => tells.announces === true && !room.incidents.some(({ incident }) => incident === tells.incident);
