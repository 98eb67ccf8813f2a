import type { Told } from '@noroshi/foundations/asked';
import type { Incident } from '@noroshi/features/incident';

/** Whether it told of an incident that is over: a false alarm, ended after a minute, asks nobody any more. What was asked meanwhile goes on. */
export const isCalledOff = (tells: Told | undefined, incident: Pick<Incident, 'closedAt'> | undefined): boolean => tells?.announces === true && incident?.closedAt !== undefined;
